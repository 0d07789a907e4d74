// SPDX-License-Identifier: Apache-2.0
// The lock of an upload, in its row. Time is the database's: portals may have different clocks.
import { databaseNow } from '../db/clock.sql.ts';
import type { Database } from '../db/database.ts';

export interface TakenLock {
  generation: bigint;
  /** By the database's clock. */
  takenAt: Date;
  /** There is no such upload yet: whoever has the lock makes its row. */
  isNew: boolean;
}

/** Of an upload whose row is made by the request that holds its lock. */
const FIRST_GENERATION = 1n;

type Held = { id: string; generation: bigint };

/** Undefined while another holds it, and renews it in time. */
export async function takeLock({ prisma }: Database, id: string, forMs: number): Promise<TakenLock | undefined> {
  const takenAt = await databaseNow(prisma);
  const [row] = await prisma.upload.updateManyAndReturn({
    where: { id, OR: [{ lockUntil: null }, { lockUntil: { lte: takenAt } }] },
    data: { lockGeneration: { increment: 1 }, lockUntil: later(takenAt, forMs), lockWanted: false },
    select: { lockGeneration: true },
  });
  if (row) return { generation: row.lockGeneration, takenAt, isNew: false };
  if ((await prisma.upload.count({ where: { id } })) > 0) return undefined;
  return { generation: FIRST_GENERATION, takenAt, isNew: true };
}

/** Asks whoever holds it to let go. */
export async function askForLock({ prisma }: Database, id: string): Promise<void> {
  await prisma.upload.updateMany({
    where: { id, lockUntil: { not: null }, lockWanted: false },
    data: { lockWanted: true },
  });
}

/** Whether somebody asks for it; undefined when it is another's by now, or the upload has ended. */
export async function renewLock(
  { prisma }: Database,
  { id, generation }: Held,
  lockUntil: Date,
): Promise<{ isWanted: boolean } | undefined> {
  const where = { id, lockGeneration: generation, lockUntil: { not: null }, state: 'RECEIVING' as const };
  const [row] = await prisma.upload.updateManyAndReturn({ where, data: { lockUntil }, select: { lockWanted: true } });
  return row && { isWanted: row.lockWanted };
}

export async function releaseLock({ prisma }: Database, { id, generation }: Held): Promise<void> {
  await prisma.upload.updateMany({
    where: { id, lockGeneration: generation },
    data: { lockUntil: null, lockWanted: false },
  });
}

export const later = (date: Date, byMs: number): Date => new Date(date.getTime() + byMs);
