// SPDX-License-Identifier: Apache-2.0
// One log line per request: who asked from where, and how it ended; the law wants that kept. Neither headers nor bodies
// nor query strings are logged: they hold keys, digests and what people searched for.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Asked every few seconds by those who watch over a service; they would drown everything else. */
const UNLOGGED = new Set(['/healthz', '/readyz', '/metrics']);

/** Gives each request its id, in the answer as well as in the log, and a line when the answer is over or cut off. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp<Request>({
    // Each member of these lines is chosen here, so there is nothing to look for and black out.
    logger: logger.child({}, { redact: [] }),
    // Never the caller's: an id in the log is one that we made.
    genReqId: (_req, res) => {
      const id = randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (req) => UNLOGGED.has(pathOf(req)) },
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
    quietReqLogger: true,
  });
}

export function requestIdOf(req: IncomingMessage): string {
  return String(req.id ?? '');
}

function pathOf({ originalUrl, url }: Request): string {
  const whole = originalUrl ?? url;
  const end = whole.indexOf('?');
  return end < 0 ? whole : whole.slice(0, end);
}
