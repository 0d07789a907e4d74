// SPDX-License-Identifier: Apache-2.0
// Builds the service out of its parts. The only place that constructs things and lets a domain know another one.
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { readOrMakeKeyFile } from './crypto/key-file.ts';
import { createVault, type Vault } from './crypto/vault.ts';
import { type Database, openDatabase } from './db/database.ts';
import { bindMasterKeys } from './db/master-key.ts';
import { migrate } from './db/migrate.ts';
import { isDatabaseUnavailable } from './db/outage.ts';
import { StartError } from './errors.ts';
import { createApp, type Readiness } from './http/app.ts';
import { createMetrics } from './http/metrics.ts';
import { createRateLimits } from './http/rate-limits.ts';
import { createSessions } from './http/sessions.ts';
import { startOutboxWorker } from './queue/outbox-worker.ts';

export interface Portal {
  server: Server;
  db: Database;
  vault: Vault;
  /** Ends the workers first, so that nothing uses what is closed after. The server is the caller's to close. */
  close(): Promise<void>;
}

/** `limitScale` multiplies the budgets per address: in tests everybody comes from one. */
export async function composePortal(
  config: Config,
  logger: Logger,
  { limitScale = 1 }: { limitScale?: number } = {},
): Promise<Portal> {
  const vault = await prepare(config);
  const db = openDatabase(config.databaseUrl, {
    onConnectionLost: (err) => logger.warn({ err }, 'database connection lost'),
  });
  const redis = config.redisUrl ? new Redis(config.redisUrl, { maxRetriesPerRequest: 1 }) : undefined;
  redis?.on('error', (err) => logger.warn({ err }, 'redis'));
  const sessions = createSessions({
    db,
    secret: vault.derive('session'),
    isHttps: config.isHttps,
    onStoreError: (err) => logger.warn({ err }, 'session store'),
  });

  const app = createApp({
    config,
    logger,
    limits: createRateLimits({ redis, scale: limitScale }),
    sessions,
    loadMember: async () => undefined,
    openEndpoints: [],
    endpoints: [],
    bodyRouters: [],
    readiness: () => readiness(db),
    metrics: createMetrics(db),
  });
  const worker = startOutboxWorker({
    db,
    topics: {},
    onFailure: ({ error, ...job }) => logger.warn({ err: error, ...job }, 'outbox handler failed'),
  });
  const server = createServer(app);
  // Node's limit for a whole request would cut large uploads off; the one for headers stays.
  server.requestTimeout = 0;
  return {
    server,
    db,
    vault,
    async close() {
      await worker.stop();
      sessions.close();
      redis?.disconnect();
      await db.close();
    },
  };
}

/** Everything that must hold before anything runs. */
async function prepare(config: Config): Promise<Vault> {
  try {
    mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StartError('data-folder-unusable', config.dataFolder, cause);
  }
  const vault = createVault(readOrMakeKeyFile(config.keyFile));
  try {
    await migrate(config.databaseUrl);
    await bindMasterKeys(config.databaseUrl, vault);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const isOutage = isDatabaseUnavailable(error instanceof Error && error.cause ? error.cause : error);
    throw new StartError(isOutage ? 'database-unreachable' : 'start-failed', 'the database does not answer', error);
  }
  return vault;
}

async function readiness(db: Database): Promise<Readiness> {
  const isDatabaseUp = await db.query('SELECT 1').then(
    () => true,
    () => false,
  );
  const database = isDatabaseUp ? { ok: true } : { ok: false, code: 'database-unavailable' as const };
  return { ready: isDatabaseUp, parts: { database } };
}
