// SPDX-License-Identifier: Apache-2.0
// Builds the service out of its parts. The only place that constructs things and lets a domain know another one.
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createStoppableServer, type StoppableServer } from '@inkseal/service-kit';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  accountEndpoints,
  consoleSms,
  createAccountStore,
  createAccounts,
  createLoginFailures,
  createLoginLock,
  createReferrerTries,
  createSmsCodes,
  SMS_TOPIC,
  seedReviewer,
  smsTopic,
} from './accounts/index.ts';
import { composeOperations } from './compose-operations.ts';
import { composeOrders } from './compose-orders.ts';
import type { Config } from './config.ts';
import { readOrMakeKeyFile } from './crypto/key-file.ts';
import { createVault, type Vault } from './crypto/vault.ts';
import { type Database, openDatabase } from './db/database.ts';
import { bindMasterKeys } from './db/master-key.ts';
import { migrate } from './db/migrate.ts';
import { isDatabaseUnavailable } from './db/outage.ts';
import { DomainError, StartError } from './errors.ts';
import { type Fonts, openFonts, printCheckEndpoints } from './fonts/index.ts';
import { createApp } from './http/app.ts';
import { createRateLimits } from './http/rate-limits.ts';
import { createSessions } from './http/sessions.ts';
import { createIdentityFormStore, createIdentityStore, identityEndpoints } from './identity/index.ts';
import { createLedgerClient } from './ledger/ledger-client.ts';
import { startOutboxWorker } from './queue/outbox-worker.ts';
import { waitForRoom } from './queue/wait-for-room.ts';
import { openSite } from './site/index.ts';
import type { ContentStore } from './storage/content-store.ts';
import { openDiskStore } from './storage/disk-store.ts';
import { lockFolder } from './storage/folder-lock.ts';
import { createKuboStore } from './storage/kubo-store.ts';
import {
  type OriginalSource,
  openUploads,
  readOriginal,
  requireUpload,
  sendOriginal,
  tusRoutes,
} from './uploads/index.ts';
import { canHaveThumbnail, createWorkStore, createWorks, type Originals, workEndpoints } from './works/index.ts';

/** Longest that a request waits for Redis to count it; memory counts then. */
const COUNT_TIMEOUT_MS = 250;

export interface Portal {
  server: Server;
  db: Database;
  vault: Vault;
  /** What the passing of time does to orders and payments; also done by itself, all the time. */
  sweep(now: Date): Promise<void>;
  /** Refuses new requests, and settles when those that are under way have been answered or their time is up. */
  stopServer(): Promise<void>;
  /** Ends the workers first, so that nothing uses what is closed after. The server is stopped before. */
  close(): Promise<void>;
}

/** A predecessor that has answered its last request still stops its workers. */
const LOCK_GRACE_MS = 5_000;

/** Holds the data folder for as long as the portal is open. */
export async function composePortal(config: Config, logger: Logger): Promise<Portal> {
  makeDataFolder(config);
  const lock = await lockFolder(config.dataFolder, config.http.stopWithinMs + LOCK_GRACE_MS);
  try {
    const portal = await composeParts(config, logger);
    return { ...portal, close: () => portal.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function composeParts(config: Config, logger: Logger): Promise<Portal> {
  const vault = await prepare(config);
  const { db, redis, limits, sessions } = openPlatform(config, vault, logger);
  const store = await openContentStore(config);
  const fonts = openFonts({ folder: config.fontFolder });
  const uploads = await composeUploads(config, { db, vault, store, rateLimit: limits.handler('upload') });
  const accounts = composeAccounts(config, db, vault);
  const http = newServer(config, logger);
  const ledger = createLedgerClient({ url: config.ledgerUrl, apiKeyFile: config.ledgerApiKeyFile });
  const operations = composeOperations({ config, db, logger, ledger, uploads, source: { store, vault } });
  const { onDamage } = operations;
  const originals = originalsOf(db, { store, vault, onDamage });
  const shared = { config, db, vault, store, fonts, limits, ledger, originals, logger, onDamage };
  const orders = composeOrders({ ...shared, sweeps: accounts.sweeps, address: () => tcpAddressOf(http.server) });
  if (config.seedReviewerFile) await seedReviewer(db, accounts.store, config.seedReviewerFile);

  const app = createApp({
    config,
    logger,
    limits,
    sessions,
    loadMember: accounts.store.loadMember,
    openEndpoints: orders.openEndpoints,
    endpoints: [
      ...accounts.endpoints,
      ...composeIdentity(db, vault, fonts),
      ...uploads.endpoints,
      ...composeWorks(db, originals, fonts),
      ...orders.endpoints,
      ...operations.endpoints,
    ],
    bodyRouters: [uploads.router],
    bodyRoutes: tusRoutes,
    pages: orders.pages,
    site: openSite(config.webFolder),
    readiness: operations.readiness,
    isStopping: http.isStopping,
    metrics: operations.metrics,
  });
  const worker = startOutboxWorker({
    db,
    topics: waitForRoom({ ...accounts.topics, ...uploads.topics, ...orders.topics }),
    limits: config.parking,
    onFailure: ({ error, ...job }) => logger.warn({ err: error, ...job }, 'outbox handler failed'),
    onParked: (job) => logger.error({ alert: 'parked-work', ...job }, 'work failed too often and waits for staff'),
  });
  const periodics = orders.start();
  const scrub = operations.startScrub();
  http.serve(app);
  return {
    server: http.server,
    db,
    vault,
    stopServer: http.stop,
    sweep: orders.sweep,
    async close() {
      await Promise.all([periodics.stop(), scrub.stop()]);
      await worker.stop();
      await uploads.close();
      sessions.close();
      redis?.disconnect();
      await db.close();
    },
  };
}

/** The outbox listens on a session of its own. */
const SINGLE_SESSIONS = 1;

/** What every request and every domain stands on. */
function openPlatform(config: Config, vault: Vault, logger: Logger) {
  const db = openDatabase(config.databaseUrl, {
    maxConnections: config.databaseConnections - SINGLE_SESSIONS,
    onConnectionLost: (err) => logger.warn({ err }, 'database connection lost'),
  });
  const counting = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: COUNT_TIMEOUT_MS };
  const redis = config.redisUrl ? new Redis(config.redisUrl, counting) : undefined;
  redis?.on('error', (err) => logger.warn({ err }, 'redis'));
  const limits = createRateLimits({ redis, scale: config.rateLimitScale });
  const sessions = createSessions({
    db,
    secret: vault.derive('session'),
    isHttps: config.isHttps,
    onStoreError: (err) => logger.warn({ err }, 'session store'),
  });
  return { db, redis, limits, sessions };
}

/** A connection on which nothing moves for so long is cut off; an upload keeps what came, and may resume. */
const SILENCE_MS = 60_000;

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

function tcpAddressOf(server: Server): AddressInfo | undefined {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address : undefined;
}

function makeDataFolder({ dataFolder }: Config): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StartError('data-folder-unusable', dataFolder, cause);
  }
}

/** Everything that must hold before anything runs. */
async function prepare(config: Config): Promise<Vault> {
  const vault = createVault(readOrMakeKeyFile(config.keyFile));
  try {
    await migrate(config.databaseUrl);
    await bindMasterKeys(config.databaseUrl, vault);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const isOutage = error instanceof DomainError || isDatabaseUnavailable(error);
    throw new StartError(isOutage ? 'database-unreachable' : 'start-failed', 'the database could not be set up', error);
  }
  return vault;
}

function openContentStore({ kuboRpcUrl, dataFolder }: Config): Promise<ContentStore> {
  return kuboRpcUrl
    ? Promise.resolve(createKuboStore(kuboRpcUrl))
    : openDiskStore(path.join(dataFolder, 'blocks'), { isAlone: true }).catch((cause) => {
        throw new StartError('data-folder-unusable', dataFolder, cause);
      });
}

function composeUploads(
  { dataFolder, uploadLimits, kuboRpcUrl }: Config,
  parts: Pick<Parameters<typeof openUploads>[0], 'db' | 'vault' | 'store' | 'rateLimit'>,
) {
  // Blocks on disk are a second copy beside the container; Kubo keeps its own elsewhere.
  const copies = kuboRpcUrl ? 1 : 2;
  return openUploads({ ...parts, folder: path.join(dataFolder, 'uploads'), limits: uploadLimits, copies });
}

function composeAccounts({ dataFolder, isHttps, rateLimitScale }: Config, db: Database, vault: Vault) {
  const store = createAccountStore(db, vault);
  const smsCodes = createSmsCodes({ db, vault, addressScale: rateLimitScale });
  const referrerTries = createReferrerTries({ db, vault, addressScale: rateLimitScale });
  const [loginLock, loginFailures] = [createLoginLock(db, vault), createLoginFailures(db, vault)];
  const accounts = createAccounts({ db, store, smsCodes, loginLock, loginFailures, referrerTries });
  const send = consoleSms(path.join(dataFolder, 'sms-outbox.jsonl'));
  return {
    store,
    endpoints: accountEndpoints({ accounts, store, isHttps }),
    topics: { [SMS_TOPIC]: smsTopic(db, vault, send) },
    sweeps: { 'record-login-failures': loginFailures.record },
  };
}

function composeIdentity(db: Database, vault: Vault, fonts: Fonts) {
  const [store, forms] = [createIdentityStore(db, vault), createIdentityFormStore(db, vault)];
  return identityEndpoints({ db, store, forms, fonts });
}

/** Works, and what their forms ask while somebody types. */
function composeWorks(db: Database, originals: Originals, fonts: Fonts) {
  const store = createWorkStore(db);
  return [...workEndpoints({ works: createWorks(db, store, fonts), store, originals }), ...printCheckEndpoints(fonts)];
}

/** Files for readers whose right to them was looked at before. */
function originalsOf(db: Database, source: OriginalSource): Originals {
  return {
    send: async (uploadId, req, res) => sendOriginal(source, await requireUpload(db, uploadId), req, res),
    async readImage(uploadId) {
      const upload = await requireUpload(db, uploadId);
      if (!canHaveThumbnail(upload)) throw new DomainError('file-not-found');
      return async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of readOriginal(source, upload)) chunks.push(chunk);
        return Buffer.concat(chunks);
      };
    },
  };
}
