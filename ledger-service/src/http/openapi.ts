// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document, made of the very rows that are served.
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { problems } from './openapi-parts.ts';
import type { Route } from './route.ts';

const COMMON_CODES = ['database-unavailable', 'store-unavailable', 'not-ready', 'internal'] as const;
const KEY_CODES = ['unauthorized', 'forbidden', 'rate-limited'] as const;

export function openApiDocument(routes: readonly Route[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { method, path, scope, operation } of routes) {
    const common = scope ? problems(...COMMON_CODES, ...KEY_CODES) : problems(...COMMON_CODES);
    const whole = { ...operation, responses: withBoth(common, operation.responses) };
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

/** Where both have a status, as 503, its description names the codes of both. */
function withBoth(common: ZodOpenApiResponsesObject, own: ZodOpenApiResponsesObject): ZodOpenApiResponsesObject {
  const shared = new Map(Object.entries(common));
  const merged = Object.entries(own).map(([status, response]) => {
    const descriptions = [shared.get(status), response].flatMap((each) =>
      each && 'description' in each ? [each.description] : [],
    );
    return [status, { ...response, description: descriptions.join('. ') }];
  });
  return { ...common, ...Object.fromEntries(merged) };
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
