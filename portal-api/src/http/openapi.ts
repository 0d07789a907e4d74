// SPDX-License-Identifier: Apache-2.0
// The OpenAPI 3.1 document, made of the operations that are served, with everything they may answer.
import { type DescribedOperation, describePaths, problemSchemaOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ERROR_CODES, FIELD_CODES } from '../errors.ts';
import { describeWithProblems, type Operation, operation } from './operation.ts';

const problemSchema = problemSchemaOf(
  ERROR_CODES,
  z.object({
    field: z.string(),
    code: z.enum(FIELD_CODES),
    characters: z.string().optional(),
    megapixels: z.int().optional(),
  }),
);

export interface Served {
  /** Need no session and no CSRF token. */
  open: readonly Operation[];
  /** Run with session and CSRF token. */
  session: readonly Operation[];
  /** What routers serve that read the body by themselves: uploads. */
  bodies: readonly DescribedOperation[];
}

export function openApiDocument({ open, session, bodies }: Served) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Inkseal portal',
      version: '1',
      description: 'Sessions are cookies; unsafe methods need the header X-CSRF-Token with the token of GET /csrf.',
    },
    servers: [{ url: '/api/v1' }],
    paths: {
      ...OPERATIONS,
      ...describePaths([
        ...[...open, documentApi.read].map((each) => describeWithProblems(each, { isOpen: true })),
        ...bodies,
        ...session.map((each) => describeWithProblems(each, { isOpen: false })),
      ]),
    },
    components: { schemas: { Problem: problemSchema } },
  });
}

/** Served with the others, and described like them. */
export const documentApi = {
  read: operation({
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    access: 'anyone',
    media: 'application/json',
  }),
};

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

function beside(operations: Readonly<Record<string, ZodOpenApiOperationObject>>): ZodOpenApiPathsObject {
  const gets = Object.entries(operations).map(([path, described]) => ({ method: 'get' as const, path, described }));
  const servers = [{ url: '/' }];
  return Object.fromEntries(Object.entries(describePaths(gets)).map(([path, item]) => [path, { servers, ...item }]));
}
