// SPDX-License-Identifier: Apache-2.0
// What concerns the registry as a whole: its figures, batches and the trust file.
import { parseTrustFile, TRUST_MEDIA_TYPE, TRUST_MEDIA_TYPE_V2 } from '@inkseal/verifier';
import { z } from 'zod';
import type { LedgerPorts } from './ports.ts';
import { parse, type Route, route, sendJson } from './route.ts';
import { batchPageQuery, batchPageSchema, batchSchema, registryFiguresSchema } from './schemas.ts';

export function registryRoutes(ports: LedgerPorts): Route[] {
  return [figures(ports), listBatches(ports), readBatch(ports), trust(ports)];
}

function figures(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/registry',
      scope: 'read',
      id: 'readRegistry',
      summary: 'What the registry has done, in figures, with its newest batches and the health of its witnesses',
      outcome: 'The figures',
      answer: registryFiguresSchema,
    },
    async ({ response }) => {
      sendJson(response, 200, await ports.registryFigures());
    },
  );
}

const listQuery = batchPageQuery.strict();

function listBatches(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/batches',
      scope: 'read',
      id: 'listBatches',
      summary: 'Batches in the order of their numbers',
      query: listQuery,
      outcome: 'A page',
      answer: batchPageSchema,
      errors: ['invalid-request'],
    },
    async ({ request, response }) => {
      sendJson(response, 200, await ports.listBatches(parse(listQuery, request.query)));
    },
  );
}

const batchPath = z.object({
  batch: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .meta({ description: 'Batch id', example: '7' }),
});

function readBatch(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/batches/{batch}',
      scope: 'read',
      id: 'readBatch',
      summary: 'Read one batch',
      params: batchPath,
      outcome: 'The batch',
      answer: batchSchema,
      errors: ['invalid-request', 'batch-not-found'],
    },
    async ({ request, response }) => {
      sendJson(response, 200, await ports.batchById(BigInt(parse(batchPath, request.params).batch)));
    },
  );
}

function trust(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/trust',
      id: 'readTrust',
      summary: 'The trust file of this network, to be compared with what the validators publish',
      outcome: 'The trust file',
      media: [TRUST_MEDIA_TYPE, TRUST_MEDIA_TYPE_V2],
      errors: ['chain-unavailable'],
    },
    async ({ response }) => {
      const bytes = await ports.trustFile();
      response.setHeader('Content-Type', parseTrustFile(bytes).mediaType);
      response.setHeader('Cache-Control', 'no-cache');
      response.end(bytes);
    },
  );
}
