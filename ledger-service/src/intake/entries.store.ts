// SPDX-License-Identifier: Apache-2.0
// Reads about all entries that take no entry's columns.
import type { Db } from '../db/database.ts';
import type { FinalPlace } from './entries.sql.ts';

/** The last batch that has become final; 0 before there is one. */
export async function lastFinalSequence(db: Db): Promise<bigint> {
  const { _max } = await db.batch.aggregate({ _max: { finalSequence: true } });
  return _max.finalSequence ?? 0n;
}

/** The place of the last final batch that begins at or before this number. */
export async function finalPlaceOf(db: Db, number: bigint): Promise<FinalPlace> {
  const { _max } = await db.batch.aggregate({ where: { firstNumber: { lte: number } }, _max: { finalSequence: true } });
  return { sequence: _max.finalSequence ?? 0n, number };
}

/** How many entries wait to be sequenced, and since when the oldest does. */
export async function unsequenced(db: Db): Promise<{ count: number; oldest: Date | undefined }> {
  const { _count, _min } = await db.entry.aggregate({
    where: { number: null },
    _count: true,
    _min: { receivedAt: true },
  });
  return { count: _count, oldest: _min.receivedAt ?? undefined };
}
