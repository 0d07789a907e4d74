// SPDX-License-Identifier: Apache-2.0
// The HTTP application: one table of routes, one way through them, one place where errors become answers.
import {
  joinTrace,
  onRoute,
  PERMISSIONS_POLICY,
  refuseOtherMethods,
  refuseUnknownRoutes,
  refuseWhen,
  requestLog,
  type Tracer,
} from '@inkseal/service-kit';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { DomainError } from '../errors.ts';
import { type Authorize, createAuthorize } from './authorize.ts';
import { entryRoutes } from './entries.routes.ts';
import type { Metrics } from './metrics.ts';
import { numberRoutes } from './numbers.routes.ts';
import { openApiDocument } from './openapi.ts';
import { operationsRoutes } from './operations.routes.ts';
import type { LedgerPorts, Principal } from './ports.ts';
import { problems } from './problems.ts';
import type { RateLimits } from './rate-limits.ts';
import { registryRoutes } from './registry.routes.ts';
import { type Route, type RouteOperation, route, sendJson } from './route.ts';

export interface AppDependencies {
  ports: LedgerPorts;
  limits: RateLimits;
  metrics: Metrics;
  logger: Logger;
  tracer?: Tracer;
  metricsToken?: string | undefined;
  /** Once true, every request is refused. */
  isStopping?: () => boolean;
}

export function createApp(dependencies: AppDependencies): Express {
  const { ports, limits, metrics, logger, tracer } = dependencies;
  const authorize = createAuthorize(ports.authenticate, limits);
  const app = express();
  app.set('etag', false);
  app.use(requestLog(logger, tracer), securityHeaders, refuseWhen(dependencies.isStopping));
  const routes = routeTable(dependencies);
  for (const each of routes) {
    const { method, path } = each.operation;
    const before = [onRoute(path), timed(each, metrics), ...bodyReaders(each, authorize)];
    app[method](expressPath(each), ...before, answering(each));
  }
  for (const [path, sharing] of Map.groupBy(routes, expressPath)) {
    const methods = sharing.map(({ operation }) => operation.method);
    refuseOtherMethods(app, path, methods);
  }
  app.use(refuseUnknownRoutes, problems.handler(logger));
  return app;
}

export function routeTable({
  ports,
  metrics,
  metricsToken,
}: Omit<AppDependencies, 'limits' | 'logger' | 'tracer'>): Route[] {
  const routes = [
    ...entryRoutes(ports, metrics),
    ...numberRoutes(ports),
    ...registryRoutes(ports),
    ...operationsRoutes(ports, metrics, metricsToken),
  ];
  // Made when somebody first asks for it.
  let document: object | undefined;
  const answer: Route['answer'] = async ({ response }) => {
    document ??= openApiDocument([...routes.map(({ operation }) => operation), describing]);
    sendJson(response, 200, document);
  };
  return [...routes, route(describing, answer)];
}

const describing: RouteOperation = {
  method: 'get',
  path: '/v1/openapi.json',
  id: 'describe',
  summary: 'This document',
  outcome: 'OpenAPI 3.1',
  media: 'application/json',
};

/** Whether this host is reached by https is the proxy's to know, and so is telling browsers to insist on it. */
const hardened = helmet({ strictTransportSecurity: false });

const securityHeaders: RequestHandler = (request, response, next) => {
  response.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
  hardened(request, response, next);
};

/** The key is checked before the body is read, so strangers cannot make us parse megabytes. */
function bodyReaders({ operation: { scope, maxBodyBytes } }: Route, authorize: Authorize): RequestHandler[] {
  const readers: RequestHandler[] = [];
  if (scope) {
    readers.push(async (request, response, next) => {
      response.locals.principal = await authorize(request, scope);
      joinTrace(request.get('traceparent'));
      next();
    });
  }
  if (maxBodyBytes !== undefined) {
    const options = { type: 'application/json', inflate: false, verify: requireUtf8 };
    readers.push(requireJson, express.json({ limit: maxBodyBytes, ...options }));
  }
  return readers;
}

const requireJson: RequestHandler = (request, _response, next) => {
  if (!request.is('application/json')) throw new DomainError('unsupported-media-type');
  next();
};

/** The parser would also read UTF-16 and UTF-32; JSON travels in UTF-8 alone (RFC 8259). */
function requireUtf8(_request: unknown, _response: unknown, _body: Buffer, charset: string): void {
  if (charset !== 'utf-8') throw new DomainError('unsupported-media-type');
}

function answering({ answer }: Route): RequestHandler {
  return async (request, response) => {
    // Express types locals as any; the reader above is what sets it.
    const principal = response.locals.principal as Principal;
    await answer({ request, response, principal });
  };
}

function timed({ operation: { method, path } }: Route, metrics: Metrics): RequestHandler {
  return (_request, response, next) => {
    const startedAt = performance.now();
    response.once('finish', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      metrics.requestTook(seconds, { method, route: path, status: String(response.statusCode) });
    });
    next();
  };
}

function expressPath({ operation: { path } }: Route): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
