// SPDX-License-Identifier: Apache-2.0
// What concerns the registry as a whole: batches and the trust file.
import { z } from 'zod';
import { answers, problems } from './openapi-parts.ts';
import type { LedgerPorts } from './ports.ts';
import { parse, type Route, sendJson } from './route.ts';
import { batchPageSchema, batchSchema, pageQuery } from './schemas.ts';

const TRUST_MEDIA_TYPE = 'application/vnd.inkseal.trust+json;v=1';

export function registryRoutes(ports: LedgerPorts): Route[] {
  return [listBatches(ports), readBatch(ports), trust(ports)];
}

function listBatches(ports: LedgerPorts): Route {
  return {
    method: 'get',
    path: '/v1/batches',
    scope: 'read',
    operation: {
      operationId: 'listBatches',
      summary: 'Batches in the order of their numbers',
      requestParams: { query: pageQuery.strict() },
      responses: { ...answers(200, 'A page', batchPageSchema), ...problems('invalid-request') },
    },
    async answer({ request, response }) {
      sendJson(response, 200, await ports.listBatches(parse(pageQuery.strict(), request.query)));
    },
  };
}

const batchPath = z.object({
  batch: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .meta({ description: 'Batch id', example: '7' }),
});

function readBatch(ports: LedgerPorts): Route {
  return {
    method: 'get',
    path: '/v1/batches/{batch}',
    scope: 'read',
    operation: {
      operationId: 'readBatch',
      summary: 'Read one batch',
      requestParams: { path: batchPath },
      responses: { ...answers(200, 'The batch', batchSchema), ...problems('invalid-request', 'batch-not-found') },
    },
    async answer({ request, response }) {
      sendJson(response, 200, await ports.batchById(BigInt(parse(batchPath, request.params).batch)));
    },
  };
}

function trust(ports: LedgerPorts): Route {
  return {
    method: 'get',
    path: '/v1/trust',
    operation: {
      operationId: 'readTrust',
      summary: 'The trust file of this network, to be compared with what the validators publish',
      security: [],
      responses: {
        '200': { description: 'The trust file', content: { [TRUST_MEDIA_TYPE]: { schema: { type: 'object' } } } },
        ...problems('chain-unavailable'),
      },
    },
    async answer({ response }) {
      const bytes = await ports.trustFile();
      response.setHeader('Content-Type', TRUST_MEDIA_TYPE);
      response.setHeader('Cache-Control', 'no-cache');
      response.end(bytes);
    },
  };
}
