// SPDX-License-Identifier: Apache-2.0
// Nothing goes to the chain before its rows are where FINAL_AFTER says: on the synchronous standby, or in the archived log.
// So whenever the database is lost, what replaces it knows every number that the chain has, and everything that was final.
import type { Ledger } from '../ledger.ts';
import { readPlaces } from './kept.sql.ts';

/** What may be signed. */
export interface Kept {
  /** Batches up to this id. */
  readonly batch: bigint;
  /** Revocations up to this position. */
  readonly revocation: bigint;
  /** Whether there are others, which wait. */
  readonly isWaiting: boolean;
}

const EVERYTHING: Kept = { batch: 2n ** 62n, revocation: 2n ** 62n, isWaiting: false };

/** Remembers where the newest rows were written, and answers which of them are kept by now. */
export function createKeptRows({ database, finalAfter, log, news }: Ledger): () => Promise<Kept> {
  let kept = { batch: 0n, revocation: 0n };
  let waiting: { batch: bigint; revocation: bigint; written: bigint }[] = [];
  return async () => {
    if (finalAfter === 'commit') return EVERYTHING;
    const { kept: place, ...newest } = await readPlaces(database.prisma, finalAfter);
    const last = waiting.at(-1) ?? kept;
    if (newest.batch > last.batch || newest.revocation > last.revocation) waiting.push(newest);
    for (const each of waiting) if (place !== undefined && each.written <= place) kept = each;
    waiting = waiting.filter(({ written }) => place === undefined || written > place);
    const isWaiting = waiting.length > 0;
    if (place === undefined && isWaiting && news.isNew('kept-rows', finalAfter))
      log.error({ finalAfter, code: 'nothing-kept' }, WORDS[finalAfter]);
    if (place !== undefined && news.isOver('kept-rows')) log.info({ finalAfter }, 'rows are kept again');
    return { ...kept, isWaiting };
  };
}

const WORDS = {
  standby:
    'no synchronous standby is seen: set synchronous_standby_names, and grant pg_monitor to the user of the database',
  archived: 'PostgreSQL has archived nothing since its start: set archive_mode, archive_command and archive_timeout',
} as const;
