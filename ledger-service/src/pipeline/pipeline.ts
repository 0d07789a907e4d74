// SPDX-License-Identifier: Apache-2.0
// What happens behind intake. One process of several leads and does the work; every one of them serves proofs.
import { soon, type Tracer } from '@inkseal/service-kit';
import type { Logger } from 'pino';
import type { Chain } from '../chain/index.ts';
import type { Config, Stage } from '../config.ts';
import type { Database } from '../db/database.ts';
import { DomainError, StartError } from '../errors.ts';
import type { LedgerPorts } from '../http/ports.ts';
import type { Readiness } from '../http/schemas.ts';
import type { Observer } from '../ledger.ts';
import { createStateReader, proveAbsence, readBundle, readTrustFile, type StateReader } from '../proofs/index.ts';
import type { Triggers } from '../queue/index.ts';
import { loadSigners, type Registry, readRegistry, requireChain } from '../registry/index.ts';
import { requestRevocation } from '../revocations/index.ts';
import { loadAuthorities, loadSecondChains } from '../witnesses/index.ts';
import { type Part, readWorkHealth, type WorkHealth } from './health.ts';
import { type LeadOptions, lead, type Term } from './lead.ts';
import { type Leader, startLeader } from './leader.ts';

/** Readiness is asked often and must answer soon: whatever does not is down. */
const PROBE_TIMEOUT_MS = 1_000;

export interface PipelineHooks {
  /** Told at each point where a crash would leave something half done. */
  readonly onStage: (stage: Stage) => void;
  /** The registry must not be used: the process has to end. Errors of `start` are thrown instead. */
  readonly onFatal: (error: StartError) => void;
}

/** What happens behind intake: sequencing, anchoring, proofs. It works, or waits for its chain, on its own. */
export interface Pipeline extends Pick<LedgerPorts, 'proof' | 'absence' | 'revoke' | 'trustFile'> {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Entries have been committed. */
  nudge(): void;
  health(): Promise<Omit<Readiness['parts'], 'database' | 'disk'>>;
}

export interface PipelineParts {
  readonly config: Config;
  readonly hooks: PipelineHooks;
  /** For the work of the leader. */
  readonly work: Database;
  /** For callers, who wait. */
  readonly reads: Database;
  readonly chain: Chain;
  readonly triggers: Triggers;
  readonly observer: Observer;
  readonly log: Logger;
  readonly tracer: Tracer;
}

/** Closes what it is given when it stops. */
export function createPipeline(parts: PipelineParts): Pipeline {
  const { config, hooks, work, reads, chain, triggers, observer, log, tracer } = parts;
  const authorities = loadAuthorities(config.witnesses);
  const secondChains = loadSecondChains(config.witnesses);
  let leader: Leader | undefined;
  let term: Term | undefined;

  async function start(): Promise<void> {
    const signers = await loadSigners(config);
    // A follower binds nothing before it leads, but fails now if it never could.
    await requireChain({ database: work, chain, chainId: config.chain.chainId }).catch(laterIfAway);
    const shared = {
      config,
      database: work,
      chain,
      signers,
      observer,
      log,
      tracer,
      triggers,
      authorities,
      secondChains,
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
        log,
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

  const readers = bindReaders({ config, database: reads, authorities, secondChains }, () =>
    createStateReaderOf(reads, chain),
  );
  return {
    start,
    stop,
    nudge: () => (term ? term.nudge() : triggers.ask('closeBatch')),
    health: async () => {
      const asked = chain.head().then((): Part => ({ ok: true }));
      const [head, work] = await Promise.all([
        soon(asked, NO_CHAIN, PROBE_TIMEOUT_MS),
        soon(readWorkHealth(reads.prisma), NO_ROWS, PROBE_TIMEOUT_MS),
      ]);
      const { blocks, ...rest } = work;
      return { chain: head.ok ? blocks : head, queue: triggers.isUp() ? { ok: true } : NO_QUEUE, ...rest };
    },
    ...readers,
  };
}

/** If the chain is unreachable we start anyway; the leader keeps retrying. */
function laterIfAway(error: unknown): void {
  if (error instanceof StartError) throw error;
}

interface Progress {
  /** The first term got somewhere: bound, following another leader, or waiting for the chain. */
  readonly onMoved: () => void;
  readonly onError: (error: unknown) => void;
}

/** Starts leading. A refusal during the first start is thrown; a later one is reported. */
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
  {
    config,
    database,
    authorities,
    secondChains,
  }: Pick<LeadOptions, 'config' | 'database' | 'authorities' | 'secondChains'>,
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
        witnesses: {
          certificates: authorities.map(({ certificate }) => certificate),
          required: config.witnesses.requiredByTrust,
          networks: secondChains.flatMap(({ isCounted, network }) => (isCounted ? [network] : [])),
        },
      }),
  };
}

const NO_CHAIN: Part = { ok: false, code: 'chain-unavailable' };
const NO_QUEUE: Part = { ok: false, code: 'queue-unavailable' };
const NO_DATABASE: Part = { ok: false, code: 'database-unavailable' };
const NO_ROWS: WorkHealth = { ledger: NO_DATABASE, anchoring: NO_DATABASE, proofs: NO_DATABASE, blocks: { ok: true } };
