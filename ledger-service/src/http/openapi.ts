// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document, made of the very rows that are served.
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import { problems } from './openapi-parts.ts';
import type { Route } from './route.ts';

export function openApiDocument(routes: readonly Route[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { method, path, scope, operation } of routes) {
    const common = scope
      ? problems('unauthorized', 'forbidden', 'rate-limited', 'database-unavailable')
      : problems('database-unavailable');
    paths[path] = { ...paths[path], [method]: { ...operation, responses: { ...common, ...operation.responses } } };
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
