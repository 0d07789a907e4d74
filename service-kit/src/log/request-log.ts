// SPDX-License-Identifier: Apache-2.0
// One log line per request: who asked from where, and how it ended; the law wants that kept. Neither headers nor bodies
// nor query strings are logged: they hold keys, digests and what people searched for. The id of the line is that of the
// request's trace.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { newSpan, type Span, traceIds, within } from '../tracing/trace.ts';
import { type Tracer, UNTRACED } from '../tracing/tracer.ts';

/** Asked every few seconds by those who watch over a service; they would drown everything else. */
const UNLOGGED = new Set(['/healthz', '/readyz', '/metrics']);

/** Gives each request its id, in the answer as well as in the log, and a line when the answer is over or cut off. */
export function requestLog(logger: Logger, tracer: Tracer = UNTRACED): RequestHandler {
  const spans = new WeakMap<IncomingMessage, Span>();
  const log = pinoHttp<Request>({
    // Each member of these lines is chosen here, so there is nothing to look for and black out.
    logger: logger.child({}, { redact: [] }),
    genReqId: (req) => spans.get(req)?.traceId ?? '',
    autoLogging: { ignore: isUnlogged },
    wrapSerializers: false,
    serializers: {
      req: (req: Request) => ({ id: req.id, method: req.method, path: pathOf(req) }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      // The error itself was logged where it was turned into an answer.
      err: () => undefined,
    },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    customProps: ({ ip }) => ({ ip }),
    customAttributeKeys: { reqId: 'requestId' },
    // Whoever ends the answer may do so outside of the span.
    customSuccessObject: (req, _res, line) => ({ ...line, ...traceIds(spans.get(req)) }),
    customErrorObject: (req, _res, _error, line) => ({ ...line, ...traceIds(spans.get(req)) }),
    quietReqLogger: true,
  });
  return (req, res, next) => {
    // Never the caller's: an id in the log is one that we made.
    const span = newSpan({ name: req.method, kind: 'server', facts: { 'http.request.method': req.method } });
    spans.set(req, span);
    res.setHeader('X-Request-Id', span.traceId);
    res.once('close', () => endSpan(isUnlogged(req) ? UNTRACED : tracer, span, res));
    within(span, () => log(req, res, next));
  };
}

function endSpan(tracer: Tracer, span: Span, { headersSent, statusCode }: ServerResponse): void {
  if (headersSent) span.facts['http.response.status_code'] = statusCode;
  span.hasFailed = statusCode >= 500;
  tracer.end(span);
}

export function requestIdOf(req: IncomingMessage): string {
  return String(req.id ?? '');
}

const isUnlogged = (req: Request): boolean => UNLOGGED.has(pathOf(req));

function pathOf({ originalUrl, url }: Request): string {
  const whole = originalUrl ?? url;
  const end = whole.indexOf('?');
  return end < 0 ? whole : whole.slice(0, end);
}
