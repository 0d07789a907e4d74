// SPDX-License-Identifier: Apache-2.0
// Every setting of the service, read once at start. The only place that reads the environment.
import path from 'node:path';
import {
  databaseUrl,
  readSettings,
  serverSettings,
  tracingOf,
  urlOf,
  type Variables,
  wholeNumber,
} from '@inkseal/service-kit';
import { z } from 'zod';
import { contentPlaceOf, contentStoreSettings } from './content-store-settings.ts';
import { documentSignerOf, documentSignerSettings, documentTimeStampOf } from './document-signer-settings.ts';
import { StartError } from './errors.ts';
import { identityCheckOf, identityCheckSettings } from './identity-check-settings.ts';
import { mailOf, mailSettings } from './mail-settings.ts';
import { malwareOf, malwareSettings } from './malware-settings.ts';
import { livePaymentsOf, paymentSettings } from './payment-settings.ts';
import { retentionOf, retentionSettings } from './retention-settings.ts';
import { smsOf, smsSettings } from './sms-settings.ts';
import { uploadLimitsOf, uploadPartsSetting, uploadSettings } from './upload-settings.ts';

export const CRASH_POINTS = [
  'payment',
  'submission-entry',
  'approval',
  'attestation-entry',
  'registration',
  'registration-entry',
  'event-entry',
  'pdf',
  'package',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Bounds of what administrators may also set while the portal runs. */
export const MAX_PRICE_FEN = 100_000_000;
export const MAX_FREE_CODES = 1_000;

/** Environment variables; the descriptions are the documentation. A key without default is required unless optional. */
export const environmentSchema = z.object({
  PORTAL_DATABASE_URL: databaseUrl.describe(
    'PostgreSQL URL of the portal database; of several hosts (`host1:5432,host2`) the one that accepts writes is used',
  ),
  PORTAL_DATABASE_CONNECTIONS: wholeNumber(12, 1_000)
    .prefault('20')
    .describe('Most connections to PostgreSQL at once, from 12; without Redis, six of them are for the queue'),
  PORTAL_HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  PORT: wholeNumber(0, 65_535).prefault('8080').describe('Port to listen on; 0 picks a free one'),
  ...serverSettings,
  PUBLIC_URL: urlOf('http:', 'https:')
    .optional()
    .describe('Address that users see; with https cookies are Secure. By default http on the host and port'),
  TRUST_PROXY: z
    .string()
    .min(1)
    .default('loopback')
    .describe('Proxies whose X-Forwarded headers count: addresses, subnets or `loopback`, separated by commas'),
  LEDGER_URL: urlOf('http:', 'https:').prefault('http://127.0.0.1:8081').describe('Address of the ledger'),
  LEDGER_API_KEY_FILE: z.string().min(1).describe('File with the API key of the ledger'),
  INKSEAL_DATA: z.string().min(1).describe('Folder for uploads, blocks and what the development drivers write'),
  INKSEAL_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Master key; made at first start, mode 0600. By default keys/portal-master-key.json in INKSEAL_DATA'),
  ...documentSignerSettings,
  ...uploadSettings,
  UPLOAD_PARTS: uploadPartsSetting,
  ...retentionSettings,
  ...contentStoreSettings,
  REDIS_URL: urlOf('redis:', 'rediss:')
    .optional()
    .describe('Redis for the queues and the rate limits; without it PostgreSQL and memory serve'),
  ...malwareSettings,
  ...smsSettings,
  ...mailSettings,
  ...paymentSettings,
  PAYMENT_AMOUNT_FEN: wholeNumber(1, MAX_PRICE_FEN)
    .prefault('3000')
    .describe('Price of an attestation, fen; until an administrator saves settings in the console'),
  REGISTRATION_AMOUNT_FEN: wholeNumber(0, MAX_PRICE_FEN)
    .prefault('3000')
    .describe('Price of a registration, fen, 0 for none; until an administrator saves settings in the console'),
  REGISTRATION_PREFIX: z
    .string()
    .regex(/^\p{Script=Han}{1,3}作登字$/u)
    .default('测作登字')
    .describe('How registration numbers begin: only the provincial bureau may give 鲁作登字 and its like'),
  ...identityCheckSettings,
  HOME_PROVINCE: z
    .string()
    .regex(/^[1-8]\d$/)
    .default('37')
    .describe('Province of the site, two digits of GB/T 2260: persons from elsewhere show a residence permit'),
  ORGANISATION_FOUR_EYES: z
    .enum(['true', 'false'])
    .default('false')
    .describe('`true`: two reviewers have to approve an organisation'),
  IDENTITY_FOUR_EYES: z
    .enum(['true', 'false'])
    .default('false')
    .describe('`true`: two reviewers have to approve a real name that staff review'),
  SEED_REVIEWER_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Makes a reviewer account and writes its credentials here, mode 0600: development only'),
  STAFF_SECURITY: z
    .enum(['relaxed', 'strict'])
    .optional()
    .describe(
      '`strict`: staff need a second step, and system, security and audit are administered by different accounts; always so in production, by default `relaxed` elsewhere',
    ),
  WEB_DIST: z
    .string()
    .min(1)
    .default(path.resolve(import.meta.dirname, '../../web/dist'))
    .describe('Folder of the built web pages; without pages there only the interface is served'),
  FONT_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder of further .ttf and .otf fonts for certificates, asked before the known fonts of the machine and after ours',
    ),
  RATE_LIMIT_SCALE: wholeNumber(1, 1_000_000)
    .prefault('1')
    .describe('Multiplies every budget per address, for sites whose users share one'),
  CAPTCHA_AFTER_CODES: wholeNumber(0, MAX_FREE_CODES)
    .prefault('3')
    .describe(
      'Codes to one telephone within a day after which the next one costs the browser a proof of work; until an administrator saves settings in the console',
    ),
  OUTBOX_MAX_ATTEMPTS: wholeNumber(1, 1_000)
    .prefault('10')
    .describe('Failed attempts after which work is parked for staff; outages do not count'),
  OUTBOX_MAX_INTERRUPTED: wholeNumber(1, 1_000)
    .prefault('5')
    .describe('Attempts in a row that ended with the process, after which work is parked for staff'),
  NTP_SERVERS: z
    .string()
    .regex(/^([\w.-]+(:\d{1,5})?)(,[\w.-]+(:\d{1,5})?){0,7}$/)
    .optional()
    .describe(
      'Time servers that this machine’s clock is compared with every ten minutes: up to 8 hosts, separated by commas, each with its port if that is not 123. Name three or more: the median counts',
    ),
  SCRUB_MIB_PER_SECOND: wholeNumber(1, 10_000)
    .prefault('8')
    .describe('MiB per second at which stored objects are read back to find damage'),
  SCRUB_EVERY_HOURS: wholeNumber(0, 8_760)
    .prefault('168')
    .describe('Hours from the end of one such pass to the start of the next'),
  CRASH_AT: z
    .string()
    .regex(new RegExp(`^(${CRASH_POINTS.join('|')})(:[1-9]\\d{0,5})?$`))
    .optional()
    .describe('Tests only: kill this process at the n-th passing of a point, `point[:n]`; refused in production'),
  NODE_ENV: z.string().optional().describe('`production` refuses everything that is for development or tests only'),
});

export type Config = Readonly<ReturnType<typeof shape>>;

/** Throws one `config-invalid` that names every wrong key. */
export function loadConfig(environment: Variables = process.env): Config {
  const settings = readSettings(environmentSchema, environment);
  refuseDevelopmentDrivers(settings);
  return Object.freeze(shape(settings));
}

const adminSchema = environmentSchema.pick({
  PORTAL_DATABASE_URL: true,
  INKSEAL_DATA: true,
  INKSEAL_KEY_FILE: true,
  STAFF_SECURITY: true,
  NODE_ENV: true,
});

/** What `admin-cli.ts` needs of the same settings. */
export function loadAdminConfig(environment: Variables = process.env) {
  const env = readSettings(adminSchema, environment);
  return { databaseUrl: env.PORTAL_DATABASE_URL, keyFile: keyFileOf(env), staff: staffRulesOf(env) };
}

type Environment = z.output<typeof environmentSchema>;

const keyFileOf = (env: Pick<Environment, 'INKSEAL_KEY_FILE' | 'INKSEAL_DATA'>) =>
  path.resolve(env.INKSEAL_KEY_FILE ?? path.join(env.INKSEAL_DATA, 'keys', 'portal-master-key.json'));

const staffRulesOf = (env: Pick<Environment, 'STAFF_SECURITY' | 'NODE_ENV'>) =>
  Object.freeze({ isStrict: env.NODE_ENV === 'production' || env.STAFF_SECURITY === 'strict' });

function shape(env: Environment) {
  const host = env.PORTAL_HOST.includes(':') ? `[${env.PORTAL_HOST}]` : env.PORTAL_HOST;
  const publicUrl = (env.PUBLIC_URL ?? `http://${host}:${env.PORT}`).replace(/\/+$/, '');
  return {
    databaseUrl: env.PORTAL_DATABASE_URL,
    databaseConnections: env.PORTAL_DATABASE_CONNECTIONS,
    host: env.PORTAL_HOST,
    port: env.PORT,
    http: Object.freeze({ keepAliveMs: env.HTTP_KEEP_ALIVE_MS, stopWithinMs: env.HTTP_STOP_WITHIN_MS }),
    publicUrl,
    isHttps: publicUrl.startsWith('https:'),
    trustProxy: env.TRUST_PROXY.split(',').map((each) => each.trim()),
    ledgerUrl: env.LEDGER_URL.replace(/\/+$/, ''),
    ledgerApiKeyFile: env.LEDGER_API_KEY_FILE,
    dataFolder: path.resolve(env.INKSEAL_DATA),
    keyFile: keyFileOf(env),
    documentSigner: documentSignerOf(env),
    documentTimeStamp: documentTimeStampOf(env),
    uploadLimits: Object.freeze(uploadLimitsOf(env)),
    uploadParts: env.UPLOAD_PARTS,
    retention: Object.freeze(retentionOf(env)),
    contentPlace: contentPlaceOf(env),
    redisUrl: env.REDIS_URL,
    malware: malwareOf(env),
    sms: Object.freeze(smsOf(env)),
    smtp: mailOf(env),
    identityCheck: identityCheckOf(env),
    livePayments: livePaymentsOf(env),
    paymentAmountFen: env.PAYMENT_AMOUNT_FEN,
    registrationAmountFen: env.REGISTRATION_AMOUNT_FEN,
    registrationPrefix: env.REGISTRATION_PREFIX,
    homeProvince: env.HOME_PROVINCE,
    organisationFourEyes: env.ORGANISATION_FOUR_EYES === 'true',
    identityFourEyes: env.IDENTITY_FOUR_EYES === 'true',
    seedReviewerFile: env.SEED_REVIEWER_FILE ? path.resolve(env.SEED_REVIEWER_FILE) : undefined,
    staff: staffRulesOf(env),
    webFolder: path.resolve(env.WEB_DIST),
    fontFolder: env.FONT_DIR ? path.resolve(env.FONT_DIR) : undefined,
    rateLimitScale: env.RATE_LIMIT_SCALE,
    captchaAfterCodes: env.CAPTCHA_AFTER_CODES,
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN,
    tracing: tracingOf(env),
    timeServers: timeServersOf(env.NTP_SERVERS),
    scrub: { bytesPerSecond: env.SCRUB_MIB_PER_SECOND * 1_048_576, everyMs: env.SCRUB_EVERY_HOURS * 3_600_000 },
    parking: { maxAttempts: env.OUTBOX_MAX_ATTEMPTS, maxInterrupted: env.OUTBOX_MAX_INTERRUPTED },
    crashAt: crashPointOf(env.CRASH_AT),
  };
}

function timeServersOf(text: string | undefined) {
  const named = text?.split(',') ?? [];
  return named.map((each) => {
    const [host = '', port = '123'] = each.split(':');
    return { host, port: Number(port) };
  });
}

function crashPointOf(text: string | undefined): { point: CrashPoint; passing: number } | undefined {
  if (!text) return undefined;
  const [name, passing = '1'] = text.split(':');
  const point = CRASH_POINTS.find((each) => each === name);
  return point && { point, passing: Number(passing) };
}

/** What needs no account with anybody must not face the world: codes in a file, free payments, known credentials. */
function refuseDevelopmentDrivers(env: Environment): void {
  const isLoopback = /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(env.PORTAL_HOST);
  if (env.NODE_ENV !== 'production' && isLoopback) return;
  const given: [string, boolean][] = [
    ['SMS_DRIVER=console', env.SMS_DRIVER === 'console'],
    ['MAIL_DRIVER=console', env.MAIL_DRIVER === 'console'],
    ['PAYMENT_DRIVER=sandbox', env.PAYMENT_DRIVER === 'sandbox'],
    ['SEED_REVIEWER_FILE', env.SEED_REVIEWER_FILE !== undefined],
    ['CRASH_AT', env.CRASH_AT !== undefined],
  ];
  const refused = given.filter(([, isGiven]) => isGiven).map(([name]) => name);
  if (refused.length === 0) return;
  throw new StartError(
    'development-driver-refused',
    `not allowed in production, or on an address other than loopback: ${refused.join(', ')}`,
  );
}
