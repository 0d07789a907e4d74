// SPDX-License-Identifier: Apache-2.0
// The rows of the outbox as the worker changes them. An attempt is committed before its handler starts, so that work
// which ends the process is counted as well; it is taken back when the handler only had to wait.
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { attemptOutcome, NotYet, retryMsOf } from './failures.ts';
import { type OutboxRow, postpone } from './outbox.sql.ts';

/** Shown as the last error of work whose process ended while it ran. */
const PROCESS_ENDED = 'process-ended';
const IS_WAITING = { doneAt: null, parkedAt: null } satisfies Prisma.OutboxWhereInput;

/** When work is given up until staff look at it. */
export interface ParkingLimits {
  /** Attempts that failed or were interrupted. */
  maxAttempts: number;
  /** Attempts in a row during which the process ended: fewer, since each of them hurts everybody. */
  maxInterrupted: number;
}

export interface ParkedRow {
  id: string;
  topic: string;
  attempts: number;
  lastError: string | null;
}

/** Parks the row when its attempts are used up; undefined when they are not. */
export async function parkExhausted(
  db: Db,
  id: string,
  { maxAttempts, maxInterrupted }: ParkingLimits,
): Promise<ParkedRow | undefined> {
  const where = { id: BigInt(id), ...IS_WAITING };
  const row = await db.outbox.findUnique({
    where: { ...where, OR: [{ attempts: { gte: maxAttempts } }, { interrupted: { gte: maxInterrupted } }] },
    select: { topic: true, attempts: true, interrupted: true, lastError: true },
  });
  if (!row) return undefined;
  const { topic, attempts, interrupted } = row;
  const lastError = interrupted > 0 ? PROCESS_ENDED : row.lastError;
  const { count } = await db.outbox.updateMany({
    where: { ...where, attempts, interrupted },
    data: { parkedAt: new Date(), lastError },
  });
  return count === 1 ? { id, topic, attempts, lastError } : undefined;
}

/** Whether the last attempt ended with its process. */
export async function isSuspect(db: Db, id: string): Promise<boolean> {
  return (await db.outbox.count({ where: { id: BigInt(id), interrupted: { gt: 0 } } })) > 0;
}

/** Also by a worker that was stopped for so long that another one has taken the row: the work is done. */
export async function finish(db: Db, id: string): Promise<void> {
  await db.outbox.updateMany({
    where: { id: BigInt(id), doneAt: null, discardedAt: null },
    data: { doneAt: new Date(), interrupted: 0, lastError: null, parkedAt: null },
  });
}

/**
 * Notes why the attempt failed, and when the next one is due; for what has to wait, as if it had not begun. Nothing
 * when another worker has begun an attempt since.
 */
export function putBack(db: Db, row: Pick<OutboxRow, 'id' | 'attempts'>, error: unknown): Promise<void> {
  const isCounted = attemptOutcome(error) === 'failed';
  return postpone(db, row, { lastError: reasonOf(error), waitMs: isCounted ? undefined : retryMsOf(error) });
}

/** A code or a class, never the message: messages may quote what is personal. */
function reasonOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof NotYet || error instanceof Error ? error.name : 'unknown';
}
