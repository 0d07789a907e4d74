// SPDX-License-Identifier: Apache-2.0
// The OpenAPI 3.1 document, made of the endpoints themselves.
import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { ERROR_CODES, FIELD_CODES } from '../errors.ts';
import { type Endpoint, pathsOf } from './endpoint.ts';

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(ERROR_CODES),
    instance: z.string().meta({ description: 'The request id, also in the logs' }),
    details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    errors: z
      .array(z.object({ field: z.string(), code: z.enum(FIELD_CODES), characters: z.string().optional() }))
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

export function openApiDocument(endpoints: readonly Endpoint[]) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Inkseal portal',
      version: '1',
      description: 'Sessions are cookies; unsafe methods need the header X-CSRF-Token with the token of GET /csrf.',
    },
    servers: [{ url: '/api/v1' }],
    paths: pathsOf(endpoints),
    components: { schemas: { Problem: problemSchema } },
  });
}
