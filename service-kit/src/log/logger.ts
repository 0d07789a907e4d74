// SPDX-License-Identifier: Apache-2.0
// One JSON line per event on standard output, with the trace it belongs to. What may name a person or open a door is blacked
// out by its name.
import { type DestinationStream, type Logger, pino } from 'pino';
import { z } from 'zod';
import { traceIds } from '../tracing/trace.ts';
import { lossyDestination, WAITING_LIMIT_BYTES } from './lossy-destination.ts';

/** As a member of a logged object, and one level below it. */
const SECRETS = [
  'address',
  'apiKey',
  'authorization',
  'email',
  'headers',
  'idNumber',
  'key',
  'name',
  'password',
  'passwordRepeat',
  'phone',
  'token',
];

const STANDARD_OUTPUT = { dest: 1, sync: false, maxLength: WAITING_LIMIT_BYTES };

export interface LoggerOptions {
  /** On each line, so that the lines of several services can be told apart. */
  readonly service: string;
  readonly level: string;
  /** Messages of errors may quote what is personal: then only class, code and stack frames are logged. */
  readonly hidesMessages?: boolean;
  /** Standard output unless given. */
  readonly destination?: DestinationStream | undefined;
}

export function createLogger({ service, level, hidesMessages = false, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    mixin: () => traceIds(),
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: SECRETS.flatMap((name) => [name, `*.${name}`]),
    serializers: { err: hidesMessages ? withoutMessage : pino.stdSerializers.err },
  };
  return pino(options, destination ?? lossyDestination(pino.destination(STANDARD_OUTPUT)));
}

function withoutMessage(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...('code' in error ? { code: error.code } : {}),
    ...('constraint' in error ? { constraint: error.constraint } : {}),
    ...(error instanceof z.ZodError ? { at: placesOf(error) } : {}),
    stack: frames.slice(0, 12).join('\n'),
    ...(error.cause ? { cause: withoutMessage(error.cause) } : {}),
  };
}

/** Which columns or fields are not as they must be, and how. What somebody typed as a key is left out. */
function placesOf({ issues }: z.ZodError): string[] {
  const word = (part: PropertyKey) => (/^\w{1,40}$/.test(String(part)) ? String(part) : '?');
  return issues.map(({ path, code }) => `${path.map(word).join('.')}: ${code}`);
}
