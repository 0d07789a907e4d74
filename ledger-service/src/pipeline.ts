// SPDX-License-Identifier: Apache-2.0
// What happens behind intake: sequencing, anchoring, proofs, revocations. One process of several leads and does the
// work; every one of them serves proofs.
import type { Logger } from 'pino';
import { createChain } from './chain/index.ts';
import type { Pipeline } from './compose.ts';
import type { Config, Stage } from './config.ts';
import { createDb, type Database } from './db/database.ts';
import { DomainError, StartError } from './errors.ts';
import { type Part, readWorkHealth, type WorkHealth } from './health.ts';
import { type LeadOptions, lead, type Term } from './lead.ts';
import type { Observer } from './ledger.ts';
import { createStateReader, proveAbsence, readBundle, readTrustFile, type StateReader } from './proofs/index.ts';
import { createTriggers, type Leader, startLeader } from './queue/index.ts';
import { loadSigners, type Registry, readRegistry, requireChain } from './registry/index.ts';
import { requestRevocation } from './revocations/index.ts';

/** Longest wait for the database while a caller waits for us. */
const QUERY_TIMEOUT_MS = 10_000;
/** Readiness is asked often and must answer soon. */
const PROBE_TIMEOUT_MS = 1_000;

export interface PipelineHooks {
  /** Told at each point where a crash would leave something half done. */
  readonly onStage: (stage: Stage) => void;
  /** The registry must not be used: the process has to end. Errors of `start` are thrown instead. */
  readonly onFatal: (error: StartError) => void;
}

export function createPipeline(config: Config, hooks: PipelineHooks) {
  return ({ metrics, logger }: { metrics: Observer; logger: Logger }): Pipeline => {
    const onConnectionLost = (err: Error) => logger.warn({ err }, 'database connection lost');
    const shares = config.databaseConnections;
    const work = createDb(config.databaseUrl, { onConnectionLost, maxConnections: shares.work });
    const reads = createDb(config.databaseUrl, {
      onConnectionLost,
      queryTimeoutMs: QUERY_TIMEOUT_MS,
      maxConnections: shares.reads,
    });
    metrics.watchPool('work', work.pool);
    metrics.watchPool('reads', reads.pool);
    const { rpcUrls: urls, consensus, finality } = config.chain;
    const chain = createChain({ urls, consensus, finality });
    const triggers = createTriggers({
      redisUrl: config.redisUrl,
      databaseUrl: config.databaseUrl,
      maxConnections: shares.queue,
      log: logger,
    });
    if (triggers.pool) metrics.watchPool('queue', triggers.pool);
    let leader: Leader | undefined;
    let term: Term | undefined;

    async function start(): Promise<void> {
      const signers = await loadSigners(config);
      // A follower binds nothing before it leads, but is told now that it never could.
      await requireChain({ database: work, chain, chainId: config.chain.chainId }).catch(laterIfAway);
      const shared = {
        config,
        database: work,
        chain,
        signers,
        observer: metrics,
        log: logger,
        triggers,
        onStage: hooks.onStage,
      };
      leader = await firstTerm((progress) => {
        const options: LeadOptions = { ...shared, onBound: progress.onMoved, onWaiting: progress.onMoved };
        const onTerm = (current: Term) => {
          term = current;
        };
        const endTerm = () => {
          term = undefined;
        };
        return startLeader({
          databaseUrl: config.databaseUrl,
          log: logger,
          onFollowing: progress.onMoved,
          lead: (signal) => lead(options, signal, onTerm).catch(progress.onError).finally(endTerm),
        });
      }, hooks.onFatal);
    }

    async function stop(): Promise<void> {
      await leader?.stop();
      await triggers.stop();
      await Promise.all([work.close(), reads.close()]);
    }

    const readers = bindReaders(config, reads, () => createStateReaderOf(reads, chain));
    return {
      start,
      stop,
      nudge: () => (term ? term.nudge() : triggers.ask('seal')),
      health: async () => {
        const asked = chain.head().then((): Part => ({ ok: true }));
        const [head, work] = await Promise.all([soon(asked, NO_CHAIN), soon(readWorkHealth(reads.prisma), NO_ROWS)]);
        const { blocks, ...rest } = work;
        return { chain: head.ok ? blocks : head, queue: triggers.isUp() ? { ok: true } : NO_QUEUE, ...rest };
      },
      ...readers,
    };
  };
}

/** What is away is waited for, and looked at by whoever leads. */
function laterIfAway(error: unknown): void {
  if (error instanceof StartError) throw error;
}

interface Progress {
  /** The first term got somewhere: bound, following another leader, or waiting for the chain. */
  readonly onMoved: () => void;
  readonly onError: (error: unknown) => void;
}

/** Starts leading; a refusal before the first term got anywhere is thrown, a later one is told. */
async function firstTerm(begin: (progress: Progress) => Leader, onFatal: (error: StartError) => void): Promise<Leader> {
  let hasMoved = false;
  const moved = Promise.withResolvers<void>();
  const leader = begin({
    onMoved: () => {
      hasMoved = true;
      moved.resolve();
    },
    onError: (error) => {
      if (error instanceof StartError && !hasMoved) moved.reject(error);
      else if (error instanceof StartError) onFatal(error);
      // Anything else is tried again by whoever leads next, and start does not wait for that.
      else moved.resolve();
      throw error;
    },
  });
  try {
    await moved.promise;
    return leader;
  } catch (error) {
    await leader.stop();
    throw error;
  }
}

async function createStateReaderOf(database: Database, chain: LeadOptions['chain']) {
  const registry = await readRegistry(database.prisma);
  if (!registry) throw new DomainError('not-ready');
  return { registry, state: createStateReader({ database, chain, registry }) };
}

type Readers = Pick<Pipeline, 'proof' | 'absence' | 'revoke' | 'trustFile'>;

function bindReaders(
  config: Config,
  database: Database,
  open: () => Promise<{ registry: Registry; state: StateReader }>,
): Readers {
  const db = database.prisma;
  return {
    proof: async (number, { withStatus }) => readBundle(db, number, withStatus ? (await open()).state : undefined),
    absence: async (number) => proveAbsence({ database, ...(await open()) }, number),
    revoke: (request) => requestRevocation(db, request),
    trustFile: () =>
      readTrustFile(db, {
        name: config.trustName,
        organisations: config.trustOrganisations,
        consensus: config.chain.consensus,
      }),
  };
}

const NO_CHAIN: Part = { ok: false, code: 'chain-unavailable' };
const NO_QUEUE: Part = { ok: false, code: 'queue-unavailable' };
const NO_DATABASE: Part = { ok: false, code: 'database-unavailable' };
const NO_ROWS: WorkHealth = { ledger: NO_DATABASE, anchoring: NO_DATABASE, proofs: NO_DATABASE, blocks: { ok: true } };

/** Whatever does not answer soon is down. */
function soon<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  const late = new Promise<T>((resolve) => setTimeout(resolve, PROBE_TIMEOUT_MS, otherwise).unref());
  return Promise.race([answer.catch(() => otherwise), late]);
}
