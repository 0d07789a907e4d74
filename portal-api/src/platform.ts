// SPDX-License-Identifier: Apache-2.0
// What every domain stands on: database, keys, stores, fonts, the ledger and the server. Opened in an order that lets a
// start fail before anything listens.
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  type Carrier,
  createStoppableServer,
  createTracer,
  isDatabaseUnavailable,
  openCarrier,
  type StoppableServer,
  type Tracer,
} from '@inkseal/service-kit';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type ClockWatch, watchClock } from './clock/index.ts';
import type { Config } from './config.ts';
import { crashPoints, type PassCrashPoint } from './crash-points.ts';
import { watchKeyFile } from './crypto/key-file.ts';
import { createVault, type Vault } from './crypto/vault.ts';
import { type Database, openDatabase } from './db/database.ts';
import { bindMasterKeys } from './db/master-key.ts';
import { migrate } from './db/migrate.ts';
import { type Delivery, openDelivery } from './delivery/delivery.ts';
import { type DocumentSigning, openDocumentSigning } from './document-signing/index.ts';
import { DomainError, StartError } from './errors.ts';
import { type Fonts, openFonts } from './fonts/index.ts';
import {
  createItemFailures,
  createScanCounts,
  createSmsTries,
  type ItemFailures,
  type ScanCounts,
  type SmsTries,
} from './http/metrics.ts';
import { createRateLimits, type RateLimits } from './http/rate-limits.ts';
import { createSessions, type Sessions } from './http/sessions.ts';
import { createLedgerClient, type LedgerClient } from './ledger/ledger-client.ts';
import { type OnItemFailure, reportItemFailures } from './queue/each-item.ts';
import { openContentStore, type RepairedStore } from './storage/open-content-store.ts';

/** Longest that a request waits for Redis to count it; memory counts then. */
const COUNT_TIMEOUT_MS = 250;
/** The session on which the outbox listens and holds its locks. */
const SINGLE_SESSIONS = 1;
/** On PostgreSQL: each of the three workers listens on one, and all share the rest. */
const QUEUE_CONNECTIONS = 6;
/** A connection on which nothing moves for so long is cut off; an upload keeps what came, and may resume. */
const SILENCE_MS = 60_000;

export interface Platform extends DocumentSigning {
  config: Config;
  logger: Logger;
  tracer: Tracer;
  vault: Vault;
  db: Database;
  carrier: Carrier;
  limits: RateLimits;
  sessions: Sessions;
  store: RepairedStore;
  fonts: Fonts;
  ledger: LedgerClient;
  delivery: Delivery;
  http: StoppableServer;
  /** Where users reach the portal; with PORT=0 it is known when the server listens. */
  publicUrl(): string;
  /** Where this process reaches itself. */
  ownUrl(): string;
  crash: PassCrashPoint;
  /** For work on many rows: a bad one is logged and counted, and the others go on. */
  onItemFailure: OnItemFailure;
  itemFailures: ItemFailures;
  smsTries: SmsTries;
  scans: ScanCounts;
  clock: ClockWatch;
  close(): Promise<void>;
}

/** The data folder is there, and shared. */
export async function openPlatform(config: Config, logger: Logger): Promise<Platform> {
  const vault = createVault(watchKeyFile(config.keyFile));
  const signing = await openDocumentSigning(config, logger);
  const db = await prepareDatabase(config, vault, logger);
  const carrier = openCarrier({
    redisUrl: config.redisUrl,
    databaseUrl: config.databaseUrl,
    prefix: `inkseal-${vault.derive('queue').toString('hex').slice(0, 16)}`,
    maxConnections: QUEUE_CONNECTIONS,
  });
  const redis = connectRedis(config, logger);
  const sessions = createSessions({
    db,
    secret: vault.derive('session'),
    isHttps: config.isHttps,
    onStoreError: (err) => logger.warn({ err }, 'session store'),
  });
  const http = newServer(config, logger);
  const ownUrl = () => ownUrlOf(config, http);
  const clock = watchClock(config.timeServers, logger);
  const tracer = createTracer({ service: 'inkseal-portal', tracing: config.tracing, logger });
  const [itemFailures, smsTries, scans] = [createItemFailures(), createSmsTries(), createScanCounts()];
  return {
    config,
    logger,
    tracer,
    vault,
    db,
    carrier,
    sessions,
    http,
    ownUrl,
    limits: createRateLimits({ redis, scale: config.rateLimitScale }),
    store: await openContent(config),
    fonts: openFonts({ folder: config.fontFolder }),
    ledger: createLedgerClient({ url: config.ledgerUrl, apiKeyFile: config.ledgerApiKeyFile, tracer }),
    ...signing,
    delivery: openDelivery(config, { logger, countSms: (labels) => smsTries.inc(labels) }),
    publicUrl: () => (config.port === 0 ? ownUrl() : config.publicUrl),
    crash: crashPoints(config.crashAt),
    itemFailures,
    smsTries,
    scans,
    clock,
    onItemFailure: reportItemFailures(logger, itemFailures),
    async close() {
      clock.close();
      sessions.close();
      redis?.disconnect();
      await carrier.close();
      await db.close();
      await tracer.stop();
    },
  };
}

/** Of the content store on disk. */
export const blocksOf = ({ dataFolder }: Pick<Config, 'dataFolder'>): string => path.join(dataFolder, 'blocks');

export function makeDataFolder({ dataFolder }: Config): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StartError('data-folder-unusable', dataFolder, cause);
  }
}

/** Everything that must hold before anything runs. */
async function prepareDatabase(config: Config, vault: Vault, logger: Logger): Promise<Database> {
  const db = openDatabase(config.databaseUrl, {
    maxConnections: config.databaseConnections - SINGLE_SESSIONS - (config.redisUrl ? 0 : QUEUE_CONNECTIONS),
    onConnectionLost: (err) => logger.warn({ err }, 'database connection lost'),
  });
  try {
    await migrate(config.databaseUrl);
    await bindMasterKeys(db, vault);
    return db;
  } catch (error) {
    await db.close();
    if (error instanceof StartError) throw error;
    const isOutage = error instanceof DomainError || isDatabaseUnavailable(error);
    throw new StartError(isOutage ? 'database-unreachable' : 'start-failed', 'the database could not be set up', error);
  }
}

function connectRedis({ redisUrl }: Config, logger: Logger): Redis | undefined {
  if (!redisUrl) return undefined;
  const options = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: COUNT_TIMEOUT_MS };
  const redis = new Redis(redisUrl, options);
  redis.on('error', (err) => logger.warn({ err }, 'redis'));
  return redis;
}

function newServer({ http }: Config, logger: Logger): StoppableServer {
  // A limit for a whole request would cut large uploads off: http/slow-bodies.ts bounds bodies instead.
  const stoppable = createStoppableServer({
    ...http,
    requestTimeout: 0,
    onError: (err) => logger.error({ err }, 'a connection could not be accepted'),
  });
  stoppable.server.timeout = SILENCE_MS;
  return stoppable;
}

function openContent({ contentPlace, dataFolder }: Config): Promise<RepairedStore> {
  return openContentStore(contentPlace, blocksOf({ dataFolder })).catch((cause) => {
    throw new StartError('data-folder-unusable', dataFolder, cause);
  });
}

function ownUrlOf({ host: name, port }: Config, { server }: StoppableServer): string {
  const host = name.includes(':') ? `[${name}]` : name;
  const address = server.address() as AddressInfo | null; // a TCP server's address is never a string
  return `http://${host}:${address?.port ?? port}`;
}
