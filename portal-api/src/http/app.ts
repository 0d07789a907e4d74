// SPDX-License-Identifier: Apache-2.0
// The HTTP application: what every request goes through, in this order. It knows no domain; compose.ts hands it
// the endpoints.
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import {
  type DescribedOperation,
  mayReadMetrics,
  PERMISSIONS_POLICY,
  refuseOtherMethods,
  refuseUnknownRoutes,
  refuseWhen,
  requestLog,
  type Tracer,
} from '@inkseal/service-kit';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { BASE, type Endpoint, endpoint, mountEndpoints } from './endpoint.ts';
import { identifyMember, type LoadMember } from './members.ts';
import { documentApi, openApiDocument } from './openapi.ts';
import { operation } from './operation.ts';
import { problems, RETRY_AFTER } from './problems.ts';
import type { RateLimits } from './rate-limits.ts';
import { csrfProtection, csrfTokenOf, type Sessions } from './sessions.ts';
import { boundBody } from './slow-bodies.ts';

export interface Readiness {
  ready: boolean;
  /** `count`: how many things are wrong. */
  parts: Readonly<Record<string, { ok: boolean; code?: ErrorCode; count?: number }>>;
}

/** Pages with session and CSRF token below a path of their own. */
export interface SessionPages {
  path: string;
  router: Router;
  /** Answers refusals in a shape that the pages understand. */
  onError: ErrorRequestHandler;
}

export interface AppOptions {
  config: Pick<Config, 'isHttps' | 'trustProxy' | 'metricsToken' | 'staff'>;
  logger: Logger;
  tracer?: Tracer;
  limits: RateLimits;
  sessions: Sessions;
  loadMember: LoadMember;
  /** Need no session and no CSRF token: look-ups, notifications of payment providers. */
  openEndpoints: readonly Endpoint[];
  /** Run with session and CSRF token. */
  endpoints: readonly Endpoint[];
  /** Run with session and CSRF token, and read the body by themselves: uploads. Mounted below /api/v1. */
  bodyRouters: readonly Router[];
  /** What these routers serve, for the document. */
  bodyRoutes?: readonly DescribedOperation[];
  /** Pages of domains, with session and CSRF token, each below its path. */
  sessionPages?: readonly SessionPages[];
  /** Pages of domains, without a session; asked after the API. */
  pages?: readonly Router[];
  /** The built web site; asked last. */
  site?: RequestHandler | undefined;
  readiness(): Promise<Readiness>;
  /** Once true, every request is refused. */
  isStopping?: () => boolean;
  metrics: Registry;
}

export function createApp(options: AppOptions): Express {
  const {
    config,
    logger,
    tracer,
    limits,
    sessions,
    loadMember,
    openEndpoints,
    endpoints,
    bodyRouters,
    pages = [],
    site,
  } = options;
  const app = express();
  app.disable('x-powered-by').disable('etag').set('trust proxy', config.trustProxy);
  app.use(requestLog(logger, tracer), securityHeaders(config.isHttps), boundBody, refuseWhen(options.isStopping));
  app.get('/healthz', (_req, res) => void res.json({ ok: true }));
  app.get('/readyz', async (_req, res) => {
    const readiness = await options.readiness();
    if (!readiness.ready) res.status(503).set('Retry-After', String(RETRY_AFTER));
    res.json(readiness);
  });
  app.get('/metrics', metricsGuard(config.metricsToken), async (_req, res) => {
    res.type(options.metrics.contentType).send(await options.metrics.metrics());
  });
  for (const path of ['/healthz', '/readyz', '/metrics']) refuseOtherMethods(app, path, ['GET']);

  const describe = () =>
    openApiDocument({
      open: openEndpoints.map((each) => each.operation),
      session: [csrfEndpoint, ...endpoints].map((each) => each.operation),
      bodies: options.bodyRoutes ?? [],
    });
  const open = express.Router();
  open.use(noStore);
  // One budget each: a look-up takes no point of the budget of members.
  mountEndpoints(open, [documentEndpoint(describe), ...openEndpoints], limits, 'request');

  const session = [
    limits.handler('request'),
    sessions.handler,
    csrfProtection,
    identifyMember(loadMember, config.staff),
  ];
  const api = express.Router();
  if (config.isHttps) api.use(requireHttps(logger));
  api.use(session);
  for (const router of bodyRouters) api.use(router);
  mountEndpoints(api, [csrfEndpoint, ...endpoints], limits);

  app.use(BASE, open, api, refuseUnknownRoutes);
  for (const { path, router, onError } of options.sessionPages ?? []) app.use(path, session, router, onError);
  for (const router of pages) app.use(router);
  if (site) app.use(site);
  app.use(refuseUnknownRoutes, problems.handler(logger));
  return app;
}

export const sessionApi = {
  csrf: operation({
    method: 'get',
    path: '/csrf',
    summary: "The session's CSRF token; a new one is needed after login and logout",
    access: 'anyone',
    answer: z.object({ token: z.string() }),
  }),
};

const csrfEndpoint = endpoint(sessionApi.csrf, async ({ req }) => ({ token: csrfTokenOf(req) }));

/** The document is made when somebody first asks for it: few do, and it is a good part of what starting a portal costs. */
function documentEndpoint(describe: () => object): Endpoint {
  let document: object | undefined;
  return endpoint(documentApi.read, async ({ res }) => {
    document ??= describe();
    res.json(document);
    return undefined;
  });
}

/** A browser keeps the session's cookie only when it comes over https. Where a proxy does not say that it did, nobody
 *  could log in, and nothing would tell why. */
function requireHttps(logger: Logger): RequestHandler {
  let isLogged = false;
  return (req, _res, next) => {
    if (req.secure) return next();
    if (!isLogged) logger.error({ proxy: req.socket.remoteAddress }, HTTPS_UNKNOWN);
    isLogged = true;
    throw new DomainError('https-required');
  };
}

const HTTPS_UNKNOWN =
  'PUBLIC_URL is https, but this request did not arrive as https, so no cookie can be set and nobody can log in: ' +
  'the proxy must send X-Forwarded-Proto, and TRUST_PROXY must name its address';

/** They are the same in every answer, so helmet works them out once. */
function securityHeaders(isHttps: boolean): RequestHandler {
  const req = new IncomingMessage(new Socket());
  const sample = new ServerResponse(req);
  helmetOf(isHttps)(req, sample, () => undefined);
  sample.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
  const headers = Object.entries(sample.getHeaders()).flatMap(([name, value]) =>
    value ? [[name, value] as const] : [],
  );
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}

function helmetOf(isHttps: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'none'"],
        'connect-src': ["'self'"],
        'font-src': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        // The review desk hands a PDF to the browser's own viewer.
        'frame-src': ["'self'", 'blob:'],
        'img-src': ["'self'", 'data:', 'blob:'],
        'object-src': ["'none'"],
        // The hashes that browsers compute are WebAssembly.
        'script-src': ["'self'", "'wasm-unsafe-eval'"],
        // The UI kit writes its styles at run time.
        'style-src': ["'self'", "'unsafe-inline'"],
        'worker-src': ["'self'", 'blob:'],
        ...(isHttps ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
  });
}

const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

function metricsGuard(token: string | undefined): RequestHandler {
  return (req, _res, next) => {
    if (!mayReadMetrics(req, token)) throw new DomainError('forbidden');
    next();
  };
}
