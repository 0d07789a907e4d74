// SPDX-License-Identifier: Apache-2.0
// One JSON line per event on standard output. Headers and bodies are not logged: they hold keys and digests.
import { randomUUID } from 'node:crypto';
import { lossyDestination, WAITING_LIMIT_BYTES } from '@inkseal/service-kit';
import { type Logger, pino } from 'pino';
import { pinoHttp } from 'pino-http';

const REDACTED = [
  'authorization',
  'key',
  'apiKey',
  'token',
  'password',
  'headers',
  '*.authorization',
  '*.key',
  '*.apiKey',
  '*.token',
  '*.password',
  '*.headers',
];

/** Probes would drown everything else. */
const UNLOGGED = new Set(['/healthz', '/readyz', '/metrics']);

const STANDARD_OUTPUT = { dest: 1, sync: false, maxLength: WAITING_LIMIT_BYTES };

export function createLogger(level: string): Logger {
  const options = { level, base: { service: 'ledger' }, timestamp: pino.stdTimeFunctions.isoTime, redact: REDACTED };
  return pino(options, lossyDestination(pino.destination(STANDARD_OUTPUT)));
}

/** Gives every request its id and its log line. */
export function logRequests(logger: Logger) {
  return pinoHttp({
    logger,
    // Never taken from the caller: an id in the logs is one we made.
    genReqId: () => randomUUID(),
    autoLogging: { ignore: (request) => UNLOGGED.has(request.url ?? '') },
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({ id, method, url }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    quietReqLogger: true,
    // The error itself has been logged where it was turned into an answer.
    customErrorObject: (_request, _response, _error, line: object) => ({ ...line, err: undefined }),
  });
}
