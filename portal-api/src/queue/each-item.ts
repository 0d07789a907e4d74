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

interface EachItem {
  /** Name of the work, in log and metrics. */
  work: string;
  ids: readonly string[];
  onFailure: OnItemFailure;
  /** True when it changed something. */
  run: (id: string) => Promise<boolean>;
}

/** Answers how many rows changed. An outage ends the run: it says nothing about the row, and hits the others too. */
export async function eachItem({ work, ids, onFailure, run }: EachItem): Promise<number> {
  let changed = 0;
  for (const id of ids) {
    try {
      if (await run(id)) changed += 1;
    } catch (error) {
      if (attemptOutcome(error) === 'outage') throw error;
      onFailure({ work, id, error });
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
