// SPDX-License-Identifier: Apache-2.0
// Work on many rows, or in several parts, of which one may fail: the others get their turn. The failures are thrown
// together at the end, so that each is reported, and the step that did the work runs again.
import type { Chain } from './chain/index.ts';
import type { Database } from './db/database.ts';
import { DomainError } from './errors.ts';

export interface Failure {
  /** Name of the work, in log and metrics. */
  readonly work: string;
  /** Of the row that the work failed on; undefined where all of the work failed. */
  readonly id?: string;
  readonly error: unknown;
}

/** Some of the work failed; the rest was done. */
export class PartlyFailed extends Error {
  override readonly name = 'PartlyFailed';
  readonly failures: readonly Failure[];

  constructor(failures: readonly Failure[]) {
    const [first] = failures;
    super(first?.error instanceof Error ? first.error.message : String(first?.error), { cause: first?.error });
    this.failures = failures;
  }
}

/** What an error of this work says: one failure, or those that were thrown together. */
export const failuresOf = (work: string, error: unknown): readonly Failure[] =>
  error instanceof PartlyFailed ? error.failures : [{ work, error }];

/** Never throws; answers what failed. */
export type Attempt = (work: string, run: () => Promise<unknown>) => Promise<readonly Failure[]>;

/** Work in parts that do not need one another. Throws at the end what failed in those that were attempted. */
export async function inParts(work: (attempt: Attempt) => Promise<void>): Promise<void> {
  const failures: Failure[] = [];
  await work(async (name, run) => {
    const found = await run().then(
      () => [],
      (error: unknown) => failuresOf(name, error),
    );
    failures.push(...found);
    return found;
  });
  if (failures.length > 0) throw new PartlyFailed(failures);
}

/** Answered by `run` where the items that follow need not be looked at. */
export const ENOUGH = Symbol('enough');

/** What tells an outage from a fault of one item. */
interface Outside {
  readonly chain: Pick<Chain, 'head'>;
  readonly database: Pick<Database, 'ping'>;
}

interface EachApart<Item> {
  readonly work: string;
  readonly items: Iterable<Item>;
  readonly idOf: (item: Item) => string;
  readonly run: (item: Item) => Promise<unknown>;
}

/** Throws at the end what failed. An outage ends it: it says nothing about the item, and the others would wait for it too. */
export async function eachApart<Item>(outside: Outside, { work, items, idOf, run }: EachApart<Item>): Promise<void> {
  const failures: Failure[] = [];
  for (const item of items) {
    try {
      if ((await run(item)) === ENOUGH) break;
    } catch (error) {
      if (await isOutage(outside, error)) {
        failures.push({ work, error });
        break;
      }
      failures.push(...failuresOf(work, error).map((failure) => ({ id: idOf(item), ...failure })));
    }
  }
  if (failures.length > 0) throw new PartlyFailed(failures);
}

/** One call that gets no answer may be the fault of what was asked, so another question decides. */
async function isOutage({ chain, database }: Outside, error: unknown): Promise<boolean> {
  const isSilence =
    error instanceof DomainError && (error.code === 'chain-unavailable' || error.code === 'database-unavailable');
  if (!isSilence) return false;
  return Promise.all([chain.head(), database.ping()]).then(
    () => false,
    () => true,
  );
}
