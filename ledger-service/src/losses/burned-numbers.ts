// SPDX-License-Identifier: Apache-2.0
// What is told of burned numbers: the chain holds their roots, and nobody can prove any more what they stood for, but whoever
// holds a proof of their own.
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';

/** Ranges that are listed; every number is counted. */
const MOST_RANGES = 100;

export interface BurnedNumber {
  number: string;
  batch: string;
  root: string;
  /** Block time, seconds. */
  anchoredAt: string;
  acceptedAt: string;
}

export interface BurnedFigures {
  batches: number;
  numbers: number;
  /** The newest first; batches of one loss are one range. */
  ranges: { firstNumber: string; count: number; acceptedAt: string }[];
}

/** Throws `entry-not-found` for a number that is not burned. */
export async function burnedNumber({ burnedBatch }: Db, number: bigint): Promise<BurnedNumber> {
  const row = await burnedBatch.findFirst({
    where: { firstNumber: { lte: number } },
    orderBy: { firstNumber: 'desc' },
  });
  if (!row || number >= row.firstNumber + BigInt(row.count))
    throw new DomainError('entry-not-found', { number: String(number) });
  return {
    number: String(number),
    batch: String(row.id),
    root: Buffer.from(row.root).toString('hex'),
    anchoredAt: String(row.anchoredAt),
    acceptedAt: row.acceptedAt.toISOString(),
  };
}

export async function burnedFigures({ burnedBatch }: Db): Promise<BurnedFigures> {
  const { _count, _sum } = await burnedBatch.aggregate({ _count: true, _sum: { count: true } });
  const losses = await burnedBatch.groupBy({
    by: ['acceptedAt'],
    _min: { firstNumber: true },
    _sum: { count: true },
    orderBy: { acceptedAt: 'desc' },
    take: MOST_RANGES,
  });
  const ranges = losses.map(({ acceptedAt, _min, _sum: { count } }) => ({
    firstNumber: String(_min.firstNumber ?? 0n),
    count: count ?? 0,
    acceptedAt: acceptedAt.toISOString(),
  }));
  return { batches: _count, numbers: _sum.count ?? 0, ranges };
}
