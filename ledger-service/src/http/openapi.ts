// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document, made of the operations that are served.
import { describeOperation, describePaths, problemSchemaOf, withProblems } from '@inkseal/service-kit';
import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { ERROR_CODES, type ErrorCode } from '../errors.ts';
import { PROBLEMS } from './problems.ts';
import type { RouteOperation } from './route.ts';

const COMMON_CODES: readonly ErrorCode[] = ['database-unavailable', 'store-unavailable', 'not-ready', 'internal'];
const KEY_CODES: readonly ErrorCode[] = ['unauthorized', 'forbidden', 'rate-limited'];

const problemSchema = problemSchemaOf(
  ERROR_CODES,
  z.object({ index: z.int().optional(), field: z.string(), code: z.string() }),
);

export function openApiDocument(operations: readonly RouteOperation[]) {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Inkseal ledger',
      version: '1.0.0',
      description: 'Digests go in; certificate numbers and proofs that anyone can verify come out.',
    },
    security: [{ apiKey: [] }],
    paths: describePaths(operations.map(describe)),
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
    },
  });
}

function describe(operation: RouteOperation) {
  const { method, path, scope, maxBodyBytes, errors = [] } = operation;
  const codes: ErrorCode[] = [...errors, ...COMMON_CODES];
  if (scope) codes.push(...KEY_CODES);
  if (maxBodyBytes !== undefined) codes.push('payload-too-large', 'unsupported-media-type');
  const described = withProblems(describeOperation(operation), codes, PROBLEMS);
  return { method, path, described: scope ? described : { ...described, security: [] } };
}
