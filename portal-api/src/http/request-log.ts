// SPDX-License-Identifier: Apache-2.0
// One log line per request: who asked from where, and how it ended; the law wants that kept. Nothing in it names a
// person or opens a session. The request id is ours, never the caller's, and stands in the answer.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { lossyDestination, WAITING_LIMIT_BYTES } from '@inkseal/service-kit';
import type { RequestHandler } from 'express';
import { type DestinationStream, type Logger, pino } from 'pino';

const SECRET_PATHS = [
  'req.headers',
  'res.headers',
  '*.phone',
  '*.password',
  '*.passwordRepeat',
  '*.name',
  '*.idNumber',
  '*.email',
  '*.address',
  'phone',
  'password',
  'idNumber',
  'email',
];

/** Asked every few seconds by those who watch over the service. */
const UNLOGGED = new Set(['/healthz', '/readyz', '/metrics']);

const requestIds = new WeakMap<IncomingMessage, string>();

/** Errors of parsers and of the database may quote values in their messages, so only class, code and stack frames stay. */
function serializeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...('code' in error ? { code: error.code } : {}),
    ...('constraint' in error ? { constraint: error.constraint } : {}),
    stack: frames.slice(0, 12).join('\n'),
    ...(error.cause ? { cause: serializeError(error.cause) } : {}),
  };
}

const STANDARD_OUTPUT = { dest: 1, sync: false, maxLength: WAITING_LIMIT_BYTES };

/** Writes to standard output unless another destination is given. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, redact: SECRET_PATHS, serializers: { err: serializeError }, base: { service: 'portal' } };
  return pino(options, destination ?? lossyDestination(pino.destination(STANDARD_OUTPUT)));
}

/** One line when the answer is over, or the connection gone. Written by hand: a look-up costs little more than this. */
export function requestLog(logger: Logger): RequestHandler {
  // Every member below is chosen here, so there is nothing to look for and black out.
  const lines = logger.child({}, { redact: [] });
  return (req, res, next) => {
    const id = randomUUID();
    const { method } = req;
    // Query strings may hold what a user searched for.
    const path = pathOf(req.originalUrl);
    requestIds.set(req, id);
    res.setHeader('X-Request-Id', id);
    if (!UNLOGGED.has(path)) {
      const startedAt = performance.now();
      res.once('close', () => {
        const { statusCode } = res;
        const responseTime = Math.round(performance.now() - startedAt);
        const line = { req: { id, method, path }, res: { statusCode }, ip: req.ip, responseTime };
        if (statusCode >= 500) lines.error(line, 'request failed');
        else lines.info(line, res.writableFinished ? 'request completed' : 'request aborted');
      });
    }
    next();
  };
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

export function requestIdOf(req: IncomingMessage): string {
  return requestIds.get(req) ?? '';
}
