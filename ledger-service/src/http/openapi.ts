// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document, made of the very rows that are served.
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import { problems } from './openapi-parts.ts';
import type { Route } from './route.ts';

const COMMON_CODES = ['database-unavailable', 'not-ready', 'internal'] as const;
const KEY_CODES = ['unauthorized', 'forbidden', 'rate-limited'] as const;

export function openApiDocument(routes: readonly Route[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { method, path, scope, operation } of routes) {
    const common = scope ? problems(...COMMON_CODES, ...KEY_CODES) : problems(...COMMON_CODES);
    const whole = { ...operation, responses: { ...common, ...operation.responses } };
    paths[path] = { ...paths[path], [method]: whole, ...(method === 'get' ? { head: headOf(whole) } : {}) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Inkseal ledger',
      version: '1.0.0',
      description: 'Digests go in; certificate numbers and proofs that anyone can verify come out.',
    },
    security: [{ apiKey: [] }],
    paths,
    components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
  });
}

/** HEAD, which is answered wherever GET is: the same without bodies. */
function headOf(get: ZodOpenApiOperationObject): ZodOpenApiOperationObject {
  const responses = Object.entries(get.responses).map(([status, response]) => [
    status,
    { description: response && 'description' in response ? response.description : '' },
  ]);
  return {
    ...get,
    operationId: `${get.operationId}Head`,
    summary: `${get.summary}: its headers alone`,
    responses: Object.fromEntries(responses),
  };
}
