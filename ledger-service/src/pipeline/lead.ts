// SPDX-License-Identifier: Apache-2.0
// The leader's work: bind the registry, then run the steps as triggers, polls and sweeps ask for them.
import { pause } from '@inkseal/service-kit';
import type { Failure } from '../apart.ts';
import { isAnswer } from '../chain/index.ts';
import type { Config } from '../config.ts';
import { DomainError } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { createNews } from '../news.ts';
import { STEPS, type Step, type Triggers } from '../queue/index.ts';
import { bindRegistry, createValidatorSets } from '../registry/index.ts';
import {
  type Authority,
  requireOtherChains,
  type SecondChain,
  startRenewing,
  startWitnessing,
  type Witnessing,
} from '../witnesses/index.ts';
import { createFinalHeaders } from './final-header.ts';
import { readWorkHealth, type WorkHealth } from './health.ts';
import { createStepRunner, type StepRunner } from './step-runner.ts';
import { createSteps, type Steps } from './steps.ts';

/** Looking for results and new blocks while something is on its way. */
const POLL_MS = 50;
/** A full sweep runs this often, even if triggers were lost. */
const SWEEP_MS = 1_000;
const COMPARE_MS = 60_000;
/** Somebody is about to mend it. */
const COMPARE_AGAIN_MS = 5_000;
const ALARM_MS = 5_000;
/** Commits that follow one another closely share one look at what is due. */
const GATHER_MS = 20;
const RETRY_MS = 1_000;

type Given = 'database' | 'chain' | 'signers' | 'observer' | 'log' | 'tracer' | 'onStage';

export interface LeadOptions extends Pick<Ledger, Given> {
  readonly config: Config;
  readonly triggers: Triggers;
  readonly authorities: readonly Authority[];
  readonly secondChains: readonly SecondChain[];
  readonly onBound: () => void;
  /** Told each time that something keeps us from starting. */
  readonly onWaiting: () => void;
}

export interface Term {
  /** Entries were committed. */
  nudge(): void;
}

/** Leads until the signal. Throws StartError if this registry must not be used. */
export async function lead(options: LeadOptions, signal: AbortSignal, onTerm: (term: Term) => void): Promise<void> {
  const onWaiting = createWaiting(options);
  const ledger = await untilChainAnswers(onWaiting, signal, () => bind(options, onWaiting, signal));
  if (!ledger) return;
  const { chain, log, validators } = ledger;
  const { batchMaxAgeMs: maxAgeMs, batchMaxSize: maxSize } = options.config;
  const finals = createFinalHeaders({ chain, validators, log });
  const nudge = (step: Step) => {
    runner.nudge(step);
    // A batch was closed.
    if (step === 'anchor') witnessing?.nudge();
  };
  let witnessing: Witnessing | undefined;
  const steps = createSteps({ ledger, finals, policy: { maxAgeMs, maxSize }, nudge });
  const onFailure = ({ work }: Failure) => ledger.observer.workFailed(work);
  const runner = createStepRunner(steps, { log, onFailure });
  await untilChainAnswers(onWaiting, signal, async () => {
    // Before anything is closed: whether database and chain still fit, and the first validator set.
    await steps.compare();
    await finals.newest();
    return true;
  });
  if (signal.aborted) return;
  options.onBound();
  onTerm({ nudge: gatherer(() => nudge('closeBatch')) });
  await options.triggers.work(runner.run);
  const { authorities, secondChains } = options;
  witnessing = startWitnessing({ ledger, authorities, secondChains, onStored: () => runner.nudge('prove') });
  const { renewal: rule } = options.config.witnesses;
  const renewing = startRenewing({ ledger, authorities, rule });
  try {
    await beat({ steps, runner, ledger }, signal);
  } finally {
    await Promise.all([witnessing.stop(), renewing.stop()]);
    await options.triggers.stopWork();
    await runner.stop();
  }
}

async function bind(options: LeadOptions, onWaiting: Waiting, signal: AbortSignal): Promise<Ledger> {
  const { database, chain, signers, observer, log, tracer, onStage, config } = options;
  const { adminAddress, firstNumber } = config;
  const { chainId } = config.chain;
  const binding = { database, chain, signers, adminAddress, firstNumber, chainId, log, onWaiting, signal };
  const registry = await bindRegistry(binding);
  requireOtherChains(options.secondChains, registry);
  const validators = await createValidatorSets(database.prisma, chain, log);
  const { required: witnessesRequired } = config.witnesses;
  return {
    database,
    chain,
    registry,
    validators,
    signers,
    observer,
    log,
    tracer,
    onStage,
    witnessesRequired,
    hintWitnesses: options.secondChains.flatMap(({ name, isCounted }) => (isCounted ? [] : [name])),
    finalAfter: config.finalAfter,
    news: createNews(),
  };
}

interface Beating {
  readonly steps: Steps;
  readonly runner: StepRunner;
  readonly ledger: Ledger;
}

async function beat({ steps, runner, ledger }: Beating, signal: AbortSignal): Promise<void> {
  let sweepAt = 0;
  let alarmAt = 0;
  let compareAt = Date.now() + COMPARE_MS;
  while (!signal.aborted) {
    const now = Date.now();
    if (now >= sweepAt) {
      sweepAt = now + SWEEP_MS;
      for (const step of STEPS) runner.nudge(step);
    } else if (steps.isBusy() && !runner.isFailing('confirm')) runner.nudge('confirm');
    if (now >= compareAt) {
      compareAt = now + (steps.mismatch() ? COMPARE_AGAIN_MS : COMPARE_MS);
      steps.compare().then(() => ledger.news.isOver('compare'), noteUncompared(ledger));
    }
    if (now >= alarmAt) {
      alarmAt = now + ALARM_MS;
      // Without its database a leader has lost its lead, and others tell so.
      readWorkHealth(ledger.database.prisma).then(
        (health) => logAlarms(ledger, health),
        () => {},
      );
    }
    await pause(POLL_MS, signal);
  }
}

const noteUncompared =
  ({ news, log, observer }: Ledger) =>
  (error: unknown): void => {
    observer.workFailed('compare');
    if (news.isNew('compare', String(error))) log.warn({ err: error }, 'comparing with the chain failed');
  };

const ALARMS = {
  proofs: 'a mined batch could not be proven within 30 s after its block became final',
  blocks: 'the chain makes no new final blocks',
} as const;

/** The other parts of readiness are logged where they are found. */
function logAlarms({ news, log }: Ledger, health: WorkHealth): void {
  for (const part of ['proofs', 'blocks'] as const) {
    const { ok, code = '' } = health[part];
    if (!ok && news.isNew(part, code)) log.error({ code }, ALARMS[part]);
    if (ok && news.isOver(part)) log.info({ part }, 'works again');
  }
}

/** Repeats `work` while the chain does not answer; undefined when the signal ended it. */
async function untilChainAnswers<T>(
  onWaiting: Waiting,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      if (!isChainsFault(error)) throw error;
      onWaiting(`the chain: ${wordsOf(error)}`);
      await pause(RETRY_MS, signal);
    }
  }
  return undefined;
}

type Waiting = (reason: string) => void;

/** The supervisor shows `waitingFor` on its console, with the node's own words; it is logged when it changes. */
function createWaiting({ onWaiting, log }: LeadOptions): Waiting {
  const news = createNews();
  return (waitingFor) => {
    if (news.isNew('start', waitingFor)) log.warn({ waitingFor }, 'waiting at start');
    onWaiting();
  };
}

const isChainsFault = (error: unknown): error is Error =>
  isAnswer(error) || (error instanceof DomainError && error.code === 'chain-unavailable');

/** What the node said, or why it said nothing. */
function wordsOf(error: Error): string {
  if (error.cause instanceof Error) return error.cause.message;
  return error.message;
}

/** Runs `work` once for all the calls that come within a short time. */
function gatherer(work: () => void): () => void {
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    setTimeout(() => {
      isGathering = false;
      work();
    }, GATHER_MS).unref();
  };
}
