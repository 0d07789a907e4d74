// SPDX-License-Identifier: Apache-2.0
// While a client submits, the ledger is killed at named points and at random, and so are the chain and PostgreSQL.
// Then everything is left alone, and the truth must be: every accepted entry final exactly once.
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { submitAll } from './client.ts';
import { Journal } from './journal.ts';
import { STAGES, type Stage, Stand } from './stand.ts';
import { entriesOf, findTruth, type Truth } from './truth.ts';

export interface ChaosOptions {
  folder: string;
  entries: number;
  bulk: number;
  paceMs: number;
  /** How often the ledger is killed at each named point. */
  stageKills: number;
  randomKills: number;
  chainKills: number;
  postgresKills: number;
  /** How many of the bundles the CLI judges, a process each; the library judges all. */
  cliSample: number;
  settings?: Record<string, string>;
  log?: (line: string) => void;
}

export interface ChaosResult extends Truth {
  /** What was killed, and how often it really died there. */
  kills: Record<string, number>;
  retries: number;
}

type Kill = { kind: 'stage'; stage: Stage; passing: number } | { kind: 'ledger' | 'chain' | 'postgres' };

const REACHED_WITHIN_MS = 180_000;
const SETTLED_WITHIN_MS = 180_000;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { folder, log = () => {} } = options;
  const stand = new Stand(folder, options.settings);
  const journal = new Journal(path.join(folder, 'journal.jsonl'));
  const kills: Record<string, number> = {};
  try {
    await stand.start();
    const { entries: total, bulk, paceMs } = options;
    const submitted = submitAll({ url: stand.url, apiKey: () => stand.apiKey, journal, total, bulk, paceMs });
    let isSubmitting = true;
    const watched = submitted.finally(() => {
      isSubmitting = false;
    });
    watched.catch(() => {});
    for (const kill of shuffled(planOf(options))) {
      // A point that no work reaches would never be hit: kills at one, and the last ones, get their own entries.
      const extra = isSubmitting && kill.kind !== 'stage' ? undefined : keepSubmitting(stand, journal);
      const name = await carryOut(stand, kill);
      await extra?.stop();
      kills[name] = (kills[name] ?? 0) + 1;
      log(`${name} killed (${journal.promised.size} entries accepted)`);
    }
    const retries = await submitted;
    await stand.untilReady();
    await untilSettled(stand, [...journal.promised.keys()]);
    return { ...(await findTruth(stand, [...journal.promised.values()], options.cliSample)), kills, retries };
  } finally {
    journal.close();
    await stand.stop();
  }
}

function planOf(options: ChaosOptions): Kill[] {
  const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  return [
    ...STAGES.flatMap((stage) =>
      times(options.stageKills, () => ({ kind: 'stage' as const, stage, passing: randomInt(1, 4) })),
    ),
    ...times(options.randomKills, () => ({ kind: 'ledger' as const })),
    ...times(options.chainKills, () => ({ kind: 'chain' as const })),
    ...times(options.postgresKills, () => ({ kind: 'postgres' as const })),
  ];
}

/** Returns the name under which the kill counts. */
async function carryOut(stand: Stand, kill: Kill): Promise<string> {
  if (kill.kind === 'stage') return killAtStage(stand, kill.stage, kill.passing);
  await pause(randomInt(50, 1_200));
  if (kill.kind === 'ledger') {
    await stand.killLedger();
  } else if (kill.kind === 'chain') {
    await stand.killChain();
    await pause(randomInt(0, 500));
    await stand.startChain();
  } else {
    await stand.killPostgres();
    await pause(randomInt(0, 500));
    await stand.startPostgres();
  }
  if (!stand.isLedgerRunning) await stand.startLedger();
  return kill.kind;
}

async function killAtStage(stand: Stand, stage: Stage, passing: number): Promise<string> {
  await stand.killLedger();
  await stand.startLedger({ stage, passing });
  const ended = await stand.ledgerEnds(REACHED_WITHIN_MS);
  if (ended !== 'ended by SIGKILL') throw new Error(`the ledger did not die at ${stage}: ${ended ?? 'it ran on'}`);
  await stand.startLedger();
  return `ledger at ${stage}`;
}

function keepSubmitting(stand: Stand, journal: Journal): { stop(): Promise<void> } {
  let isStopped = false;
  const run = async () => {
    while (!isStopped) {
      await submitAll({ url: stand.url, apiKey: () => stand.apiKey, journal, total: 5, bulk: 5, paceMs: 200 });
    }
  };
  const ended = run();
  return {
    stop: () => {
      isStopped = true;
      return ended;
    },
  };
}

async function untilSettled(stand: Stand, references: readonly string[]): Promise<void> {
  const pending = new Set(references);
  await eventually(
    async () => {
      for (const reference of pending) {
        const [entry] = await entriesOf(stand, reference);
        if (entry?.state !== 'final') return false;
        pending.delete(reference);
      }
      return true;
    },
    { withinMs: SETTLED_WITHIN_MS, everyMs: 200 },
  );
}

function shuffled<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = randomInt(0, last + 1);
    [items[last], items[other]] = [items[other] as T, items[last] as T]; // both indexes are in range
  }
  return items;
}
