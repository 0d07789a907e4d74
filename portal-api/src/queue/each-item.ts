// SPDX-License-Identifier: Apache-2.0
// Work on many rows of which one may be bad: its failure is reported, the others get their turn, and it stays for the
// next run.
import type { Logger } from 'pino';
import type { Counter } from 'prom-client';
import { attemptOutcome } from './failures.ts';

export interface ItemFailure {
  work: string;
  /** Id of the row. */
  id: string;
  error: unknown;
}

export type OnItemFailure = (failure: ItemFailure) => void;

interface EachItem<Item> {
  /** Name of the work, in log and metrics. */
  work: string;
  items: readonly Item[];
  onFailure: OnItemFailure;
  /** True when it changed something. */
  run: (item: Item) => Promise<boolean>;
}

/** Answers how many rows changed. An outage ends the run: it says nothing about the row, and hits the others too. */
export async function eachItem<Item extends { id: string }>(each: EachItem<Item>): Promise<number> {
  const { work, items, onFailure, run } = each;
  let changed = 0;
  for (const item of items) {
    try {
      if (await run(item)) changed += 1;
    } catch (error) {
      if (attemptOutcome(error) === 'outage') throw error;
      onFailure({ work, id: item.id, error });
    }
  }
  return changed;
}

/** Logs each failure, and counts it by the name of the work. */
export function reportItemFailures(logger: Logger, counter: Pick<Counter<'work'>, 'inc'>): OnItemFailure {
  return ({ work, id, error }) => {
    counter.inc({ work });
    logger.error({ err: error, work, id }, 'one item failed; the others go on, and it is tried again');
  };
}
