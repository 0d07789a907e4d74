// SPDX-License-Identifier: Apache-2.0
// An endpoint is an operation and the code that runs it: here it is mounted, guarded, and its request parsed.
import { onRoute, refuseOtherMethods } from '@inkseal/service-kit';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { DomainError, type FieldError } from '../errors.ts';
import { requireAccess } from './members.ts';
import type { Operation } from './operation.ts';
import type { LimitName, RateLimits } from './rate-limits.ts';
import { parseFields } from './validation.ts';

/** All endpoints are mounted below it. */
export const BASE = '/api/v1';
const JSON_LIMIT_BYTES = 256 * 1024;

export interface EndpointRequest<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
  /** Empty unless the operation asks for bytes. */
  bytes: Buffer;
  req: Request;
  res: Response;
}

export interface Endpoint {
  readonly operation: Operation;
  /** `usualLimit` is for an endpoint that has none of its own. */
  mount(router: Router, limits: RateLimits, usualLimit?: LimitName): void;
}

interface More {
  /** Further faults of a body that is refused already, so that a form names everything at once. */
  moreFaults?(body: unknown): Promise<readonly FieldError[]>;
}

/** What `run` returns is the JSON answer; an operation with `media` writes to `res` by itself. */
export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  operation: Operation<P, Q, B, A>,
  run: (request: EndpointRequest<P, Q, B>) => Promise<z.input<A> | undefined>,
  { moreFaults }: More = {},
): Endpoint {
  const { method, path, access, body, bytes, media, status = 200 } = operation;
  const answer: RequestHandler = async (req, res) => {
    const request = await parseWithMore(
      () => parseRequest(operation, req, res),
      () => moreFaults?.(req.body),
    );
    const result = await run(request);
    if (media) return;
    if (result === undefined) res.status(204).end();
    else res.status(status).json(result);
  };
  return {
    operation,
    mount(router, limits, usualLimit) {
      const limit = operation.limit ?? usualLimit;
      const handlers: RequestHandler[] = [onRoute(`${BASE}${path}`)];
      if (limit) handlers.push(limits.handler(limit));
      handlers.push(requireAccess(access));
      if (body) handlers.push(express.json({ limit: JSON_LIMIT_BYTES }));
      if (bytes) {
        handlers.push(limits.bodies(bytes.limitBytes));
        handlers.push(express.raw({ type: [...bytes.mediaTypes], limit: bytes.limitBytes }));
      }
      router[method](expressPath(path), ...handlers, answer);
    },
  };
}

/** Mounts all, and answers 405 where the path exists and the method does not. */
export function mountEndpoints(
  router: Router,
  endpoints: readonly Endpoint[],
  limits: RateLimits,
  usualLimit?: LimitName,
): void {
  const paths = [...new Set(endpoints.map(({ operation }) => operation.path))];
  for (const path of paths.toSorted(literalFirst)) {
    const here = endpoints.filter(({ operation }) => operation.path === path);
    for (const each of here) each.mount(router, limits, usualLimit);
    const methods = here.map(({ operation }) => operation.method);
    refuseOtherMethods(router, expressPath(path), methods);
  }
}

/** `/lookup/trust` before `/lookup/{number}`, so that no parameter takes what has a name. */
function literalFirst(one: string, other: string): number {
  const sortable = (path: string) => path.replaceAll('{', '\u{10ffff}');
  return sortable(one) < sortable(other) ? -1 : 1;
}

/** What only the database knows to be wrong is named together with what the schema finds. */
async function parseWithMore<T>(
  parse: () => T,
  moreFaults: () => Promise<readonly FieldError[]> | undefined,
): Promise<T> {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid-request') throw error;
    const more = (await moreFaults()) ?? [];
    throw more.length > 0 ? new DomainError('invalid-request', {}, { errors: [...error.errors, ...more] }) : error;
  }
}

function parseRequest<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  { params, query, body, bytes }: Operation<P, Q, B, A>,
  req: Request,
  res: Response,
): EndpointRequest<P, Q, B> {
  const isRead = bytes ? Buffer.isBuffer(req.body) : !body || req.body !== undefined;
  if (!isRead && hasBody(req)) throw new DomainError('unsupported-media-type');
  return {
    params: parseIf(params, req.params),
    query: parseIf(query, req.query),
    body: parseIf(body, body ? (req.body ?? {}) : undefined),
    bytes: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
    req,
    res,
  };
}

/** Without a schema the part is `undefined`, which is what ZodUndefined says of it. */
function parseIf<S extends z.ZodType>(schema: S | undefined, input: unknown): z.output<S> {
  return schema ? parseFields(schema, input) : (undefined as z.output<S>);
}

function hasBody(req: Request): boolean {
  return Number(req.get('Content-Length') ?? 0) > 0 || req.get('Transfer-Encoding') !== undefined;
}

function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
