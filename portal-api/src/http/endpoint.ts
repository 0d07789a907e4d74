// SPDX-License-Identifier: Apache-2.0
// An endpoint is defined once: the same definition mounts the route, guards it and describes it in the OpenAPI
// document. What `run` returns is the JSON answer.
import { refuseOtherMethods } from '@inkseal/service-kit';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { DomainError, type ErrorCode, type FieldError } from '../errors.ts';
import { type Described, describeOperation } from './describe-operation.ts';
import { type Access, requireAccess } from './members.ts';
import type { LimitName, RateLimits } from './rate-limits.ts';
import { parseFields } from './validation.ts';

const JSON_LIMIT_BYTES = 256 * 1024;

type Method = 'get' | 'post' | 'put' | 'delete';

export interface EndpointDefinition<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  method: Method;
  /** Below /api/v1, such as `/works/{id}`. */
  path: string;
  summary: string;
  access: Access;
  limit?: LimitName;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Takes the body as bytes instead. */
  bytes?: { mediaTypes: readonly string[]; limitBytes: number };
  /** Without it the endpoint answers 204, or writes to `res` by itself when `media` is given. */
  answer?: Answer;
  /** What `run` writes to `res` by itself. */
  media?: string | readonly string[];
  /** It answers to the header Range. */
  hasRanges?: boolean;
  /** 200 unless given. */
  status?: number;
  /** Codes of its own that it may answer with. */
  errors?: readonly ErrorCode[];
  /** Further faults of a body that is refused already, so that a form names everything at once. */
  moreFaults?(body: unknown): Promise<readonly FieldError[]>;
  run(request: EndpointRequest<Params, Query, Body>): Promise<z.input<Answer> | undefined>;
}

export interface EndpointRequest<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
  /** Empty unless the definition asks for bytes. */
  bytes: Buffer;
  req: Request;
  res: Response;
}

/** What the document says of one method of one path, whoever serves it. */
export interface DescribedEndpoint {
  method: Method | 'head' | 'patch' | 'options';
  path: string;
  description: Described;
}

export interface Endpoint extends DescribedEndpoint {
  method: Method;
  /** `usualLimit` is for an endpoint that has none of its own. */
  mount(router: Router, limits: RateLimits, usualLimit?: LimitName): void;
}

export function endpoint<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodUndefined,
>(definition: EndpointDefinition<Params, Query, Body, Answer>): Endpoint {
  const { method, path, access, body, bytes } = definition;
  return {
    method,
    path,
    description: describeOperation(definition),
    mount(router, limits, usualLimit) {
      const limit = definition.limit ?? usualLimit;
      const handlers: RequestHandler[] = [];
      if (limit) handlers.push(limits.handler(limit));
      handlers.push(requireAccess(access));
      if (body) handlers.push(express.json({ limit: JSON_LIMIT_BYTES }));
      if (bytes) {
        handlers.push(limits.bodies(bytes.limitBytes));
        handlers.push(express.raw({ type: [...bytes.mediaTypes], limit: bytes.limitBytes }));
      }
      router[method](expressPath(path), ...handlers, (req, res) => answer(definition, req, res));
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
  const paths = [...new Set(endpoints.map((each) => each.path))];
  for (const path of paths.toSorted(literalFirst)) {
    const here = endpoints.filter((each) => each.path === path);
    for (const each of here) each.mount(router, limits, usualLimit);
    const methods = here.map((each) => each.method);
    refuseOtherMethods(router, expressPath(path), methods);
  }
}

/** `/lookup/trust` before `/lookup/{number}`, so that no parameter takes what has a name. */
function literalFirst(one: string, other: string): number {
  const sortable = (path: string) => path.replaceAll('{', '\u{10ffff}');
  return sortable(one) < sortable(other) ? -1 : 1;
}

async function answer<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  definition: EndpointDefinition<P, Q, B, A>,
  req: Request,
  res: Response,
): Promise<void> {
  const result = await definition.run(await parseWithMore(definition, req, res));
  if (definition.media) return;
  if (result === undefined) res.status(204).end();
  else res.status(definition.status ?? 200).json(result);
}

/** What only the database knows to be wrong is named together with what the schema finds. */
async function parseWithMore<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  definition: EndpointDefinition<P, Q, B, A>,
  req: Request,
  res: Response,
): Promise<EndpointRequest<P, Q, B>> {
  try {
    return parseRequest(definition, req, res);
  } catch (error) {
    if (!definition.moreFaults || !(error instanceof DomainError) || error.code !== 'invalid-request') throw error;
    const more = await definition.moreFaults(req.body);
    throw new DomainError('invalid-request', {}, { errors: [...error.errors, ...more] });
  }
}

function parseRequest<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  { params, query, body, bytes }: EndpointDefinition<P, Q, B, A>,
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
