// SPDX-License-Identifier: Apache-2.0
// Every setting of the service, read once at start. The only place that reads the environment.
// docs/configuration.md lists the same keys; a test keeps the two equal.
import {
  bigNumber,
  databaseUrl,
  parseJson,
  readSettings,
  serverSettings,
  tracingOf,
  urlOf,
  type Variables,
  wholeNumber,
} from '@inkseal/service-kit';
import { z } from 'zod';
import { chainOf, depthOf } from './chain-settings.ts';
import { LEAST_CONNECTIONS, shareConnections } from './db/connection-shares.ts';
import { StartError } from './errors.ts';

const MAX_BATCH_SIZE = 1_048_576;
/** Ten years. */
const MAX_RENEWAL_DAYS = 3_650;
const DAY_MS = 86_400_000;
/** A bundle carries no more tokens. */
const MAX_AUTHORITIES = 8;
/** A year: a promise for later is none. */
const MAX_ANCHOR_MINUTES = 525_600;

const authoritySetting = z.strictObject({
  url: urlOf('http:', 'https:').refine((url) => URL.canParse(url) && new URL(url).username === ''),
  certificateFile: z.string().min(1),
  policy: z
    .string()
    .regex(/^[012](\.(0|[1-9]\d{0,8})){1,9}$/)
    .optional(),
});

const finalityText = z.string().regex(/^(instant|depth:[1-9]\d{0,5})$/);

const secondChainSetting = z.strictObject({
  rpcUrls: z.array(urlOf('http:', 'https:')).min(1).max(8),
  keyFile: z.string().min(1),
  trustFile: z.string().min(1),
  finality: finalityText.default('instant'),
});

const witnessName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/);

/** Environment variables; the descriptions are the documentation. A key without default is required unless optional. */
export const environmentSchema = z.object({
  LEDGER_DATABASE_URL: databaseUrl.describe(
    'PostgreSQL URL of the ledger database; of several hosts (`host1:5432,host2`) the one that accepts writes is used',
  ),
  LEDGER_DATABASE_CONNECTIONS: wholeNumber(LEAST_CONNECTIONS, 1_000)
    .prefault('30')
    .describe('Most connections to PostgreSQL at once, from 20; each process has its own'),
  LEDGER_HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  LEDGER_PORT: wholeNumber(0, 65_535).prefault('8081').describe('Port to listen on; 0 picks a free one'),
  ...serverSettings,
  LEDGER_API_KEY_FILE: z.string().min(1).describe('Where the first API key is written at first start, mode 0600'),
  CHAIN_PROFILE: z
    .enum(['embedded', 'permissioned', 'evm'])
    .describe('What kind of chain it is; sets the next defaults'),
  CHAIN_RPC_URL: z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim()))
    .pipe(z.array(urlOf('http:', 'https:')).min(1))
    .describe('JSON-RPC URLs of the chain, separated by commas'),
  CHAIN_ID: bigNumber(1n, 2n ** 63n - 1n)
    .optional()
    .describe('Chain id to insist on'),
  CHAIN_FINALITY: z
    .string()
    .regex(/^(instant|durable-copy|depth:[1-9]\d{0,5})$/)
    .optional()
    .describe(
      '`instant`, `durable-copy` or `depth:N`; by profile: embedded durable-copy, permissioned instant, evm depth:12',
    ),
  CHAIN_CONSENSUS: z
    .enum(['qbft', 'none'])
    .optional()
    .describe('How headers are hashed and sealed; by profile: permissioned qbft, else none'),
  CHAIN_DURABLE_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Required with durable-copy: JSON {block, hash, at} of the last good copy of the chain'),
  ANCHOR_KEY_FILE: z.string().min(1).describe('File with the private key that anchors, and can do nothing else'),
  REVOKER_KEY_FILE: z.string().min(1).describe('File with the private key that revokes'),
  ADMIN_ADDRESS: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/)
    .describe("Address of the registry's administrator, used when the registry is deployed"),
  FIRST_NUMBER: bigNumber(1n, 2n ** 62n)
    .prefault('100000000000000001')
    .describe('First certificate number of a new registry'),
  BATCH_MAX_AGE_MS: wholeNumber(1, 3_600_000)
    .prefault('500')
    .describe('A batch is closed when its oldest entry is this old, ms'),
  BATCH_MAX_SIZE: wholeNumber(1, MAX_BATCH_SIZE)
    .prefault('4096')
    .describe('A batch is closed when it has this many entries'),
  REDIS_URL: urlOf('redis:', 'rediss:')
    .optional()
    .describe('Redis for the queue and the rate limits; without it PostgreSQL and memory serve'),
  RATE_LIMIT_REQUESTS: wholeNumber(1, 10_000_000).prefault('60000').describe('Requests per minute and API key'),
  RATE_LIMIT_FAILURES: wholeNumber(1, 10_000_000)
    .prefault('60')
    .describe('Unauthorised requests per minute and address'),
  TIMESTAMP_AUTHORITIES: z
    .string()
    .transform(parseJson)
    .pipe(z.record(witnessName, authoritySetting))
    .refine((authorities) => Object.keys(authorities).length <= MAX_AUTHORITIES)
    .optional()
    .describe(
      'Time-stamping authorities (RFC 3161) that countersign each batch, up to 8: JSON object of name and `{"url", "certificateFile", "policy"}`; the file has one PEM certificate, theirs or their issuer\'s, the policy is an OID and may be left out',
    ),
  WITNESS_CHAINS: z
    .string()
    .transform(parseJson)
    .pipe(z.record(witnessName, secondChainSetting))
    .optional()
    .describe(
      'Second chains that record the root of each batch: JSON object of name and `{"rpcUrls", "keyFile", "trustFile", "finality"}`; the trust file names that network alone and one registry on it, the key may anchor there, finality is `instant` or `depth:N`',
    ),
  RECEIPT_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File with the Ed25519 private key (32 bytes in hex) that signs acceptance receipts 受理回执; made at first start, mode 0600, but in production. Without the setting no receipts are given',
    ),
  RECEIPT_ANCHOR_WITHIN_MINUTES: wholeNumber(1, MAX_ANCHOR_MINUTES)
    .prefault('1440')
    .describe('Minutes from receiving an entry to the time by which its acceptance receipt promises the anchor'),
  FINAL_AFTER: z
    .enum(['commit', 'standby', 'archived'])
    .default('commit')
    .describe(
      'Where the rows of a batch have to be before it goes to the chain: committed, on the synchronous standby, or in the archived log; with the last two, a lost database loses nothing that was final',
    ),
  WITNESSES_REQUIRED: wholeNumber(0, MAX_AUTHORITIES)
    .prefault('0')
    .describe(
      'An entry is final only when so many authorities and second chains of consensus `qbft` have countersigned its batch',
    ),
  RENEWAL_BEFORE_DAYS: wholeNumber(0, MAX_RENEWAL_DAYS)
    .prefault('90')
    .describe("Days before the end of a certificate of a batch's tokens at which they are renewed; 0 renews none"),
  RENEW_TOKENS_UNTIL: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .optional()
    .describe('Tokens that were stored by this time (RFC 3339, UTC) are renewed now, as when an algorithm ages'),
  TRUST_REQUIRED_WITNESSES: wholeNumber(0, MAX_AUTHORITIES)
    .prefault('0')
    .describe('`requiredWitnesses` of the trust file, at most `WITNESSES_REQUIRED`; proofs with fewer fail under it'),
  TRUST_NAME: z.string().min(1).max(200).default('Inkseal').describe('Name in the trust file'),
  TRUST_ORGANISATIONS: z
    .string()
    .transform(parseJson)
    .pipe(z.record(z.string().regex(/^0x[0-9a-fA-F]{40}$/), z.string().min(1).max(200)))
    .transform((names) => new Map(Object.entries(names).map(([address, name]) => [address.toLowerCase(), name])))
    .optional()
    .describe('Who runs which validator, for the trust file: JSON object of address and organisation'),
  CRASH_AT: z
    .string()
    .regex(/^(claim|close|sign|send|result|proof|witness)(:[1-9]\d{0,5})?$/)
    .optional()
    .describe('Tests only: kill this process at the n-th passing of a stage, `stage[:n]`; refused in production'),
  NODE_ENV: z.string().optional().describe('`production` refuses what only tests may do'),
});

export type { Finality } from './chain-settings.ts';
export type Stage = 'claim' | 'close' | 'sign' | 'send' | 'result' | 'proof' | 'witness';

export type Config = Readonly<ReturnType<typeof shape>>;

/** Throws one `config-invalid` that names every wrong key. */
export function loadConfig(environment: Variables = process.env): Config {
  return Object.freeze(shape(readSettings(environmentSchema, environment)));
}

/** For commands that need the database and nothing else. */
export function loadDatabaseUrl(environment: Variables = process.env): string {
  return readSettings(environmentSchema.pick({ LEDGER_DATABASE_URL: true }), environment).LEDGER_DATABASE_URL;
}

const lossSettings = environmentSchema.pick({
  LEDGER_DATABASE_URL: true,
  CHAIN_PROFILE: true,
  CHAIN_RPC_URL: true,
  CHAIN_ID: true,
  CHAIN_FINALITY: true,
  CHAIN_CONSENSUS: true,
  CHAIN_DURABLE_FILE: true,
});

/** For the command that compares the database with the chain. */
export function loadLossSettings(environment: Variables = process.env) {
  const env = readSettings(lossSettings, environment);
  return { databaseUrl: env.LEDGER_DATABASE_URL, chain: chainOf(env) };
}

function shape(env: z.output<typeof environmentSchema>) {
  if (env.CRASH_AT && env.NODE_ENV === 'production')
    throw new StartError('config-invalid', 'CRASH_AT is for tests only');
  return {
    databaseUrl: env.LEDGER_DATABASE_URL,
    databaseConnections: Object.freeze({
      most: env.LEDGER_DATABASE_CONNECTIONS,
      ...shareConnections(env.LEDGER_DATABASE_CONNECTIONS),
    }),
    host: env.LEDGER_HOST,
    port: env.LEDGER_PORT,
    http: Object.freeze({ keepAliveMs: env.HTTP_KEEP_ALIVE_MS, stopWithinMs: env.HTTP_STOP_WITHIN_MS }),
    apiKeyFile: env.LEDGER_API_KEY_FILE,
    chain: chainOf(env),
    anchorKeyFile: env.ANCHOR_KEY_FILE,
    revokerKeyFile: env.REVOKER_KEY_FILE,
    adminAddress: env.ADMIN_ADDRESS,
    firstNumber: env.FIRST_NUMBER,
    batchMaxAgeMs: env.BATCH_MAX_AGE_MS,
    batchMaxSize: env.BATCH_MAX_SIZE,
    redisUrl: env.REDIS_URL,
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN,
    tracing: tracingOf(env),
    rateLimit: Object.freeze({
      requestsPerMinute: env.RATE_LIMIT_REQUESTS,
      failuresPerMinute: env.RATE_LIMIT_FAILURES,
    }),
    finalAfter: env.FINAL_AFTER,
    receipts: receiptsOf(env),
    witnesses: witnessesOf(env),
    trustName: env.TRUST_NAME,
    trustOrganisations: env.TRUST_ORGANISATIONS ?? new Map<string, string>(),
    crashAt: crashPointOf(env.CRASH_AT),
  };
}

function witnessesOf(env: z.output<typeof environmentSchema>) {
  const authorities = Object.entries(env.TIMESTAMP_AUTHORITIES ?? {}).map(([name, given]) => ({ name, ...given }));
  const chains = Object.entries(env.WITNESS_CHAINS ?? {}).map(([name, { finality, ...given }]) => ({
    name,
    ...given,
    finality: finality === 'instant' ? ({ kind: 'instant' } as const) : depthOf(finality),
  }));
  const all = [...authorities, ...chains];
  if (all.length > MAX_AUTHORITIES || new Set(all.map(({ name }) => name)).size < all.length)
    throw new StartError('config-invalid', `TIMESTAMP_AUTHORITIES and WITNESS_CHAINS: up to ${MAX_AUTHORITIES} names`);
  const { WITNESSES_REQUIRED: required, TRUST_REQUIRED_WITNESSES: requiredByTrust } = env;
  if (required > all.length)
    throw new StartError('config-invalid', 'WITNESSES_REQUIRED is more than TIMESTAMP_AUTHORITIES and WITNESS_CHAINS');
  if (requiredByTrust > required)
    throw new StartError('config-invalid', 'TRUST_REQUIRED_WITNESSES is more than WITNESSES_REQUIRED');
  const renewal = Object.freeze({
    beforeMs: env.RENEWAL_BEFORE_DAYS * DAY_MS,
    ...(env.RENEW_TOKENS_UNTIL && { until: env.RENEW_TOKENS_UNTIL }),
  });
  return Object.freeze({
    authorities: Object.freeze(authorities),
    chains: Object.freeze(chains),
    required,
    requiredByTrust,
    renewal,
  });
}

/** Undefined where no receipts are given. */
function receiptsOf(env: z.output<typeof environmentSchema>) {
  if (env.RECEIPT_KEY_FILE === undefined) return undefined;
  return Object.freeze({
    keyFile: env.RECEIPT_KEY_FILE,
    anchorWithinMs: env.RECEIPT_ANCHOR_WITHIN_MINUTES * 60_000,
    mayMakeKey: env.NODE_ENV !== 'production',
  });
}

function crashPointOf(text: string | undefined): { stage: Stage; passing: number } | undefined {
  if (!text) return undefined;
  const [stage, passing = '1'] = text.split(':');
  return { stage: stage as Stage, passing: Number(passing) };
}
