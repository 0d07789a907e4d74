// SPDX-License-Identifier: Apache-2.0
// Reads batches back: one, or a page in the order of their ids.
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Batch } from '../generated/prisma/client.ts';

export interface BatchRecord {
  id: string;
  firstNumber: string;
  count: number;
  root: string;
  state: Batch['state'];
  notBefore: { block: string; hash: string };
  closedAt: string;
  /** Block time, seconds. */
  anchoredAt?: string;
  block?: string;
  blockHash?: string;
  transaction?: string;
  finalAt?: string;
}

export async function batchById(db: Db, id: bigint): Promise<BatchRecord> {
  const row = await db.batch.findUnique({ where: { id } });
  if (!row) throw new DomainError('batch-not-found', { batch: String(id) });
  return toRecord(row);
}

export async function listBatches(
  db: Db,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ items: BatchRecord[]; next?: string; more: boolean }> {
  const rows = await db.batch.findMany({
    where: { id: { gt: readCursor(after) } },
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toRecord);
  const last = items.at(-1);
  const next = last ? Buffer.from(`b ${last.id}`).toString('base64url') : after;
  return { items, more: rows.length > limit, ...(next === undefined ? {} : { next }) };
}

/** When the oldest batch without a final anchor was closed. */
export async function oldestUnanchored(db: Db): Promise<Date | undefined> {
  const oldest = await db.batch.findFirst({
    where: { state: { not: 'final' } },
    orderBy: { id: 'asc' },
    select: { closedAt: true },
  });
  return oldest?.closedAt;
}

function readCursor(cursor: string | undefined): bigint {
  if (cursor === undefined) return 0n;
  const id = /^b ([1-9]\d{0,17})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (!id) throw new DomainError('invalid-request', {}, { errors: [{ field: 'after', code: 'malformed' }] });
  return BigInt(id);
}

export function toRecord(row: Batch): BatchRecord {
  return {
    id: String(row.id),
    firstNumber: String(row.firstNumber),
    count: row.count,
    root: hex(row.root),
    // One that still lacks a required witness is final on the chain alone.
    state: row.state === 'final' && row.finalSequence === null ? 'mined' : row.state,
    notBefore: { block: String(row.notBeforeBlock), hash: `0x${hex(row.notBeforeHash)}` },
    closedAt: row.closedAt.toISOString(),
    ...(row.anchoredAt === null ? {} : { anchoredAt: String(row.anchoredAt) }),
    ...(row.minedBlock === null ? {} : { block: String(row.minedBlock) }),
    ...(row.minedBlockHash === null ? {} : { blockHash: `0x${hex(row.minedBlockHash)}` }),
    ...(row.transactionHash === null ? {} : { transaction: `0x${hex(row.transactionHash)}` }),
    ...(row.finalAt === null || row.finalSequence === null ? {} : { finalAt: row.finalAt.toISOString() }),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
