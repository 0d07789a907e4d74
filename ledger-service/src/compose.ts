// SPDX-License-Identifier: Apache-2.0
// Puts the service together. Everything is constructed here and handed down; nothing is started.
import { createStoppableServer, createTracer, soon, type Tracer, UNTRACED } from '@inkseal/service-kit';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { authenticate, ensureFirstKey } from './api-keys/index.ts';
import { batchById, listBatches, oldestUnanchored, registryFigures } from './batching/index.ts';
import { createChain } from './chain/index.ts';
import type { Config } from './config.ts';
import { createDb, type Database } from './db/database.ts';
import { createDiskWatch, type DiskWatch } from './db/disk-watch.ts';
import { migrate } from './db/migrate.ts';
import { createApp } from './http/app.ts';
import { createMetrics } from './http/metrics.ts';
import type { LedgerPorts } from './http/ports.ts';
import { createRateLimits } from './http/rate-limits.ts';
import { listen } from './http/server.ts';
import { entryById, entryByNumber, listEntries, submitEntries, unsequenced } from './intake/index.ts';
import type { Observer } from './ledger.ts';
import { burnedFigures, burnedNumber } from './losses/index.ts';
import { createPipeline, type Pipeline, type PipelineHooks, readWorkAlarms } from './pipeline/index.ts';
import { createTriggers } from './queue/index.ts';
import { createReceipts } from './receipts/index.ts';
import { firstExpiry, oldestMissing } from './witnesses/index.ts';

/** Longest wait for the database while a caller waits for us. */
const QUERY_TIMEOUT_MS = 10_000;
/** A whole request, body included, arrives within this. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Readiness is asked often and must answer soon. */
const PROBE_TIMEOUT_MS = 1_000;
/** Longest that a request waits to be counted. */
const COUNT_TIMEOUT_MS = 250;

export interface Service {
  /** Migrates, makes the first key, listens, then starts the pipeline. Returns the port. */
  start(): Promise<number>;
  stop(): Promise<void>;
}

interface Shared {
  metrics: Observer;
  logger: Logger;
  tracer?: Tracer;
  onDiskFull: () => void;
}

export type PipelineFactory = (shared: Shared) => Pipeline;

/** The pipeline on the chain of the settings, with its own connections. */
export function composePipeline(config: Config, hooks: PipelineHooks): PipelineFactory {
  return ({ metrics, logger, tracer = UNTRACED, onDiskFull }) => {
    const onConnectionLost = (err: Error) => logger.warn({ err }, 'database connection lost');
    const shares = config.databaseConnections;
    const work = createDb(config.databaseUrl, { onConnectionLost, onDiskFull, maxConnections: shares.work });
    const reads = createDb(config.databaseUrl, {
      onConnectionLost,
      onDiskFull,
      queryTimeoutMs: QUERY_TIMEOUT_MS,
      maxConnections: shares.reads,
    });
    const { rpcUrls: urls, consensus, finality } = config.chain;
    const chain = createChain({ urls, consensus, finality });
    const triggers = createTriggers({
      redisUrl: config.redisUrl,
      databaseUrl: config.databaseUrl,
      maxConnections: shares.queue,
      log: logger,
    });
    metrics.watchPool('work', work.pool);
    metrics.watchPool('reads', reads.pool);
    if (triggers.pool) metrics.watchPool('queue', triggers.pool);
    return createPipeline({ config, hooks, work, reads, chain, triggers, observer: metrics, log: logger, tracer });
  };
}

/** Intake, reading and operations over any pipeline. */
export function composeService(config: Config, logger: Logger, createPipeline: PipelineFactory): Service {
  const disk = createDiskWatch();
  const onDiskFull = disk.noteFull;
  const database = createDb(config.databaseUrl, {
    onDiskFull,
    queryTimeoutMs: QUERY_TIMEOUT_MS,
    maxConnections: config.databaseConnections.requests,
    onConnectionLost: (error) => logger.warn({ err: error }, 'database connection lost'),
  });
  const metrics = createMetrics(async () => ({
    ...(await unsequenced(database.prisma)),
    oldestClosed: await oldestUnanchored(database.prisma),
    ...(await readWorkAlarms(database.prisma)),
    firstExpiry: await firstExpiry(database.prisma),
    burnedNumbers: (await burnedFigures(database.prisma)).numbers,
    oldestMissingWitness: await oldestMissing(
      database.prisma,
      [...config.witnesses.authorities, ...config.witnesses.chains].map(({ name }) => name),
    ),
  }));
  metrics.watchPool('requests', database.pool);
  metrics.connectionsAllowed(config.databaseConnections.most);
  const tracer = createTracer({ service: 'inkseal-ledger', tracing: config.tracing, logger });
  const pipeline = createPipeline({ metrics, logger, tracer, onDiskFull });
  const redis = config.redisUrl === undefined ? undefined : connectRedis(config.redisUrl, logger);
  const limits = createRateLimits({ ...config.rateLimit, redis });
  const receipts = createReceipts(database, config.receipts);
  const ports = { ...bindPorts(database, disk, pipeline), receipt: receipts.give };
  const http = createStoppableServer({
    ...config.http,
    requestTimeout: REQUEST_TIMEOUT_MS,
    onError: (err) => logger.error({ err }, 'a connection could not be accepted'),
  });
  const { isStopping } = http;
  http.serve(createApp({ ports, limits, metrics, logger, tracer, metricsToken: config.metricsToken, isStopping }));

  return {
    async start() {
      const applied = await migrate(config.databaseUrl);
      if (applied.length > 0) logger.info({ applied }, 'database migrated');
      if (await ensureFirstKey(database, config.apiKeyFile)) logger.info('first API key made');
      await receipts.open();
      const port = await listen(http, config.host, config.port);
      // Intake works from here on, whatever the chain does.
      logger.info({ host: config.host, port }, 'ledger is listening');
      await pipeline.start();
      return port;
    },
    async stop() {
      await http.stop();
      await pipeline.stop();
      redis?.disconnect();
      await database.close();
      await tracer.stop();
    },
  };
}

function bindPorts(database: Database, disk: DiskWatch, pipeline: Pipeline): Omit<LedgerPorts, 'receipt'> {
  const { prisma } = database;
  const intake = { database, now: Date.now, nudge: () => pipeline.nudge() };
  return {
    authenticate: (key) => authenticate(prisma, key),
    submitEntries: async (clientId, inputs) => {
      const entries = await submitEntries(intake, clientId, inputs);
      disk.noteRoom();
      return entries;
    },
    entryById: (clientId, id) => entryById(prisma, clientId, id),
    entryByNumber: (clientId, number) => entryByNumber(prisma, clientId, number),
    listEntries: (clientId, query) => listEntries(prisma, clientId, query),
    listBatches: (query) => listBatches(prisma, query),
    batchById: (id) => batchById(prisma, id),
    registryFigures: async () => {
      const [figures, burned] = await Promise.all([registryFigures(prisma), burnedFigures(prisma)]);
      return { ...figures, burned };
    },
    burnedNumber: (number) => burnedNumber(prisma, number),
    proof: (number, options) => pipeline.proof(number, options),
    absence: (number) => pipeline.absence(number),
    revoke: (request) => pipeline.revoke(request),
    trustFile: () => pipeline.trustFile(),
    readiness: async () => {
      const [isUp, isFull, parts] = await Promise.all([
        soon(
          database.ping().then(() => true),
          false,
          PROBE_TIMEOUT_MS,
        ),
        soon(disk.isFull(database), true, PROBE_TIMEOUT_MS),
        pipeline.health(),
      ]);
      return {
        database: isUp ? { ok: true } : { ok: false, code: 'database-unavailable' },
        disk: isFull ? { ok: false, code: 'store-unavailable' } : { ok: true },
        ...parts,
      };
    },
  };
}

/** Counting must not wait for Redis: a command fails at once while it is unreachable, soon while it hangs, and memory counts. */
function connectRedis(url: string, logger: Logger): Redis {
  const options = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: COUNT_TIMEOUT_MS };
  const redis = new Redis(url, options);
  redis.on('error', (error) => logger.warn({ err: error }, 'redis connection lost'));
  return redis;
}
