// SPDX-License-Identifier: Apache-2.0
// One log line per request: who asked from where, and how it ended; the law wants that kept. Nothing in it names a
// person or opens a session. The request id is ours, never the caller's, and stands in the answer.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type DestinationStream, type Logger, pino } from 'pino';
import { pinoHttp } from 'pino-http';

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

/** Writes to standard output unless another destination is given. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, redact: SECRET_PATHS, serializers: { err: serializeError }, base: { service: 'portal' } };
  return destination ? pino(options, destination) : pino(options);
}

export function requestLog(logger: Logger) {
  return pinoHttp({
    logger,
    genReqId: (_req, res) => {
      const id = randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    // Query strings may hold what a user searched for.
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        path: url.split('?')[0],
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      err: serializeError,
    },
    customProps: (req) => ('ip' in req ? { ip: req.ip } : {}),
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    autoLogging: { ignore: (req) => req.url === '/healthz' || req.url === '/readyz' || req.url === '/metrics' },
  });
}

export function requestIdOf(req: IncomingMessage): string {
  return String(req.id);
}
