// SPDX-License-Identifier: Apache-2.0
// Pieces of OpenAPI that every route uses.
import type { z } from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import type { ErrorCode } from '../errors.ts';
import { PROBLEMS } from './problems.ts';
import { problemSchema } from './schemas.ts';

/** A JSON request body. */
export function json(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** A JSON answer. */
export function answers(status: 200 | 202, description: string, schema: z.ZodType): ZodOpenApiResponsesObject {
  return { [`${status}`]: { description, content: { 'application/json': { schema } } } };
}

/** Problem answers by status; codes that share one are described together. */
export function problems(...codes: ErrorCode[]): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, sharing]) => [
      `${status}`,
      {
        description: sharing.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('. '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
