// SPDX-License-Identifier: Apache-2.0
// What the registry has done so far, in figures: for whoever publishes them. Nothing of an entry is in it but how many there are.
import type { Db } from '../db/database.ts';
import { type BatchRecord, toRecord } from './find-batches.ts';

/** Of the newest batches, so that a bad hour shows. */
const SAMPLE = 500;
const NEWEST = 50;

export interface RegistryFigures {
  batches: { total: number; final: number };
  /** Numbers given out, burned ones included. */
  entries: number;
  revocations: number;
  /** Milliseconds from closing a batch to its proof, over the newest final ones; absent before the first. */
  finality?: { batches: number; p50Ms: number; p99Ms: number };
  witnesses: WitnessFigures[];
  /** The newest first. */
  newest: BatchRecord[];
}

export interface WitnessFigures {
  /** Its name in the settings, as long as it was ever asked. */
  authority: string;
  tokens: number;
  missing: number;
  lastTokenAt?: string;
}

export async function registryFigures(db: Db): Promise<RegistryFigures> {
  const [places, rows, final, revocations, witnesses, sample] = await Promise.all([
    outermost(db),
    db.batch.findMany({ orderBy: { id: 'desc' }, take: NEWEST }),
    db.batch.count({ where: { finalSequence: { not: null } } }),
    db.revocation.count({ where: { state: 'final' } }),
    witnessFigures(db),
    db.batch.findMany({
      where: { finalSequence: { not: null } },
      orderBy: { finalSequence: 'desc' },
      take: SAMPLE,
      select: { closedAt: true, finalAt: true },
    }),
  ]);
  const waits = sample.flatMap(({ closedAt, finalAt }) => (finalAt ? [finalAt.getTime() - closedAt.getTime()] : []));
  return {
    // Neither batches nor numbers have gaps.
    batches: { total: Number(places.lastId), final },
    entries: Number(places.next - places.first),
    revocations,
    ...(waits.length > 0 && { finality: quantiles(waits) }),
    witnesses,
    newest: rows.map(toRecord),
  };
}

/** Of all batches, burned ones included. */
async function outermost({ batch, burnedBatch }: Db): Promise<{ lastId: bigint; first: bigint; next: bigint }> {
  const [first, last] = [{ orderBy: { id: 'asc' } }, { orderBy: { id: 'desc' } }] as const;
  const rows = await Promise.all([
    batch.findFirst(first),
    batch.findFirst(last),
    burnedBatch.findFirst(first),
    burnedBatch.findFirst(last),
  ]);
  const [lowest, ...higher] = rows.filter((row) => row !== null).toSorted((a, b) => Number(a.id - b.id));
  const highest = higher.at(-1) ?? lowest;
  if (!lowest || !highest) return { lastId: 0n, first: 0n, next: 0n };
  return { lastId: highest.id, first: lowest.firstNumber, next: highest.firstNumber + BigInt(highest.count) };
}

async function witnessFigures(db: Db): Promise<WitnessFigures[]> {
  const groups = await db.witnessToken.groupBy({
    by: ['authority'],
    _count: { batchId: true, token: true },
    _max: { storedAt: true },
    orderBy: { authority: 'asc' },
  });
  return groups.map(({ authority, _count, _max }) => ({
    authority,
    tokens: _count.token,
    missing: _count.batchId - _count.token,
    ...(_max.storedAt && { lastTokenAt: _max.storedAt.toISOString() }),
  }));
}

/** Nearest rank. */
function quantiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { batches: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99) };
}
