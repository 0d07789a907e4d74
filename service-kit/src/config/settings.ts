// SPDX-License-Identifier: Apache-2.0
// How settings are read from the environment: kinds of values, the settings that both services have, and one error
// that names every wrong key.
import { z } from 'zod';
import { parseDatabaseUrl } from '../db/database-url.ts';
import { StartError } from '../errors.ts';

export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `not from ${min} to ${max}`);

export const bigNumber = (min: bigint, max: bigint) =>
  z
    .string()
    .regex(/^\d{1,20}$/)
    .transform(BigInt)
    .refine((value) => value >= min && value <= max, `not from ${min} to ${max}`);

export const urlOf = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `not a URL of ${protocols.join(' ')}`,
    );

export const databaseUrl = z.string().refine((value) => parseDatabaseUrl(value) !== undefined, 'not a PostgreSQL URL');

export const serverSettings = {
  HTTP_KEEP_ALIVE_MS: wholeNumber(1_000, 3_600_000)
    .prefault('90000')
    .describe(
      'How long an unused connection is kept, ms: longer than the proxy in front keeps it, or that answers 502',
    ),
  HTTP_STOP_WITHIN_MS: wholeNumber(0, 3_600_000)
    .prefault('30000')
    .describe('How long a stop waits for requests that are being answered, ms'),
  LOG_LEVEL: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .default('info')
    .describe('Least severe level that is logged'),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Bearer token for /metrics; without it only this machine may read them, and not through a proxy'),
  OTEL_EXPORTER_OTLP_ENDPOINT: urlOf('http:', 'https:')
    .optional()
    .describe(
      'OpenTelemetry collector: gets a span of each request and each piece of work at `/v1/traces` below this address (OTLP over HTTP, JSON). Without it nothing is exported',
    ),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .transform(parseHeaders)
    .pipe(z.record(z.string().regex(/^[\w-]+$/), z.string().regex(/^[\x20-\x7e]+$/)))
    .optional()
    .describe(
      'Headers for the collector, such as a token: `name=value`, separated by commas, the values percent-encoded',
    ),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/)
    .transform(Number)
    .prefault('1')
    .describe('Share of the traces that the collector gets, 0 to 1: the same for portal and ledger'),
};

/** Where spans go, and which. */
export interface Tracing {
  /** The collector takes them at `/v1/traces` below it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** From 0 to 1. */
  readonly sampledShare: number;
}

/** Undefined where no collector is set. */
export function tracingOf(env: z.output<z.ZodObject<typeof serverSettings>>): Tracing | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_HEADERS: headers = {} } = env;
  return url === undefined ? undefined : Object.freeze({ url, headers, sampledShare: env.OTEL_TRACES_SAMPLER_ARG });
}

/** Undefined, which the schema then refuses, for what is not percent-encoded. */
function parseHeaders(text: string): Record<string, string> | undefined {
  try {
    return Object.fromEntries(
      text.split(',').map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [name.trim(), decodeURIComponent(value.join('=').trim())];
      }),
    );
  } catch {
    return undefined;
  }
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Parses the environment or throws one `config-invalid` that names every wrong key. Values are not repeated: some are secret. */
export function readSettings<Schema extends z.ZodObject>(schema: Schema, variables: Variables): z.output<Schema> {
  // An empty variable is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const keys = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  throw new StartError('config-invalid', `missing or malformed: ${keys.join(', ')}`);
}
