// SPDX-License-Identifier: Apache-2.0
// The OpenAPI 3.1 document, made of the endpoints themselves: everything that is served, and everything it may answer.
import { z } from 'zod';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ERROR_CODES, type ErrorCode, FIELD_CODES } from '../errors.ts';
import { finishOperation, headOf } from './describe-operation.ts';
import { type DescribedEndpoint, type Endpoint, endpoint } from './endpoint.ts';

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(ERROR_CODES),
    instance: z.string().meta({ description: 'The request id, also in the logs' }),
    details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    errors: z
      .array(
        z.object({
          field: z.string(),
          code: z.enum(FIELD_CODES),
          characters: z.string().optional(),
          megapixels: z.int().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

export interface Served {
  /** Need no session and no CSRF token. */
  open: readonly DescribedEndpoint[];
  /** Run with session and CSRF token. */
  session: readonly DescribedEndpoint[];
}

export function openApiDocument({ open, session }: Served) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Inkseal portal',
      version: '1',
      description: 'Sessions are cookies; unsafe methods need the header X-CSRF-Token with the token of GET /csrf.',
    },
    servers: [{ url: '/api/v1' }],
    paths: { ...OPERATIONS, ...pathsOf({ open: [...open, describing(() => ({}))], session }) },
    components: { schemas: { Problem: problemSchema } },
  });
}

/** Serves the document, which describes this as well. */
export function describing(document: () => object): Endpoint {
  return endpoint({
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    access: 'anyone',
    media: 'application/json',
    async run({ res }) {
      res.json(document());
      return undefined;
    },
  });
}

function pathsOf({ open, session }: Served): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  const add = ({ path, method, description }: DescribedEndpoint, sessionCodes: readonly ErrorCode[]) => {
    const operation = finishOperation(description, sessionCodes);
    paths[path] = { ...paths[path], [method]: operation, ...(method === 'get' ? { head: headOf(operation) } : {}) };
  };
  for (const each of open) add(each, []);
  for (const each of session) add(each, sessionCodesOf(each));
  return paths;
}

const SAFE_METHODS = ['get', 'head', 'options'];

function sessionCodesOf({ method }: DescribedEndpoint): readonly ErrorCode[] {
  return SAFE_METHODS.includes(method) ? ['https-required'] : ['https-required', 'csrf-invalid'];
}

const part = z.looseObject({ ok: z.boolean(), code: z.enum(ERROR_CODES).optional() });
const readinessContent = {
  'application/json': { schema: z.looseObject({ ready: z.boolean(), parts: z.record(z.string(), part) }) },
};
const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** For those who run it; they stand beside the interface, not below it. */
const OPERATIONS: ZodOpenApiPathsObject = beside({
  '/healthz': {
    summary: 'The process answers',
    responses: {
      200: { description: 'It does', content: { 'application/json': { schema: z.object({ ok: z.literal(true) }) } } },
    },
  },
  '/readyz': {
    summary: 'Whether it can do its work; each part named',
    responses: {
      200: { description: 'It can', content: readinessContent },
      503: { description: 'It cannot', content: readinessContent },
    },
  },
  '/metrics': {
    summary: 'Prometheus metrics: for this machine, not through a proxy, or with METRICS_TOKEN as bearer token',
    responses: {
      200: { description: 'Prometheus text', content: { 'text/plain': { schema: { type: 'string' as const } } } },
      403: { description: 'forbidden', content: problemContent },
    },
  },
});

function beside(operations: Readonly<Record<string, Parameters<typeof headOf>[0]>>): ZodOpenApiPathsObject {
  const servers = [{ url: '/' }];
  const items = Object.entries(operations).map(([path, get]) => [path, { servers, get, head: headOf(get) }]);
  return Object.fromEntries(items);
}
