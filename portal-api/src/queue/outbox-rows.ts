// SPDX-License-Identifier: Apache-2.0
// The rows of the outbox as the worker changes them. An attempt is committed before its handler starts, so that work
// which ends the process is counted as well; it is taken back when the handler only had to wait.
import type { Database, OutboxPayload } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { attemptOutcome, NotYet, retryMsOf } from './failures.ts';

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 60_000;
/** Shown as the last error of work whose process ended while it ran. */
const PROCESS_ENDED = 'process-ended';

export interface OutboxRow {
  id: string;
  topic: string;
  payload: OutboxPayload;
  /** The one that starts now included. */
  attempts: number;
}

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

/**
 * Counts the attempt and gives the row; undefined when it is done, parked or not due. Under the row's lock. Until the
 * attempt comes to its end the row looks interrupted and due after the usual pause: so a kill leaves it as it must be.
 */
export async function claim(db: Database, id: string, limits: ParkingLimits): Promise<OutboxRow | undefined> {
  const [row] = await db.query<OutboxRow>(
    `UPDATE outbox SET attempts = attempts + 1, interrupted = interrupted + 1, run_after = now() + ${PAUSE}
      WHERE id = $1 AND ${IS_WAITING} AND run_after <= now() AND attempts < $2 AND interrupted < $3
      RETURNING id, topic, payload, attempts`,
    [id, limits.maxAttempts, limits.maxInterrupted],
  );
  return row;
}

/** Parks the row when its attempts are used up; undefined when they are not. */
export async function parkExhausted(db: Database, id: string, limits: ParkingLimits): Promise<ParkedRow | undefined> {
  const [row] = await db.query<ParkedRow>(
    `UPDATE outbox SET parked_at = now(),
            last_error = CASE WHEN interrupted > 0 THEN '${PROCESS_ENDED}' ELSE last_error END
      WHERE id = $1 AND ${IS_WAITING} AND (attempts >= $2 OR interrupted >= $3)
      RETURNING id, topic, attempts, last_error AS "lastError"`,
    [id, limits.maxAttempts, limits.maxInterrupted],
  );
  return row;
}

/** Whether the last attempt ended with its process. */
export async function isSuspect(db: Database, id: string): Promise<boolean> {
  return (await db.query('SELECT 1 FROM outbox WHERE id = $1 AND interrupted > 0', [id])).length > 0;
}

/** Also by a worker that was stopped for so long that another one has taken the row: the work is done. */
export async function finish(db: Database, id: string): Promise<void> {
  await db.query(
    `UPDATE outbox SET done_at = now(), interrupted = 0, last_error = NULL, parked_at = NULL
      WHERE id = $1 AND done_at IS NULL AND discarded_at IS NULL`,
    [id],
  );
}

/**
 * Notes why the attempt failed, and when the next one is due; for what has to wait, as if it had not begun. Nothing
 * when another worker has begun an attempt since.
 */
export async function putBack(
  db: Database,
  { id, attempts }: Pick<OutboxRow, 'id' | 'attempts'>,
  error: unknown,
): Promise<void> {
  const isCounted = attemptOutcome(error) === 'failed';
  await db.query(
    `UPDATE outbox SET attempts = greatest(0, attempts - $2), interrupted = 0, last_error = $3,
            run_after = now() + ${isCounted ? PAUSE_AFTER : 'make_interval(secs => $5)'}
      WHERE id = $1 AND ${IS_WAITING} AND attempts = $4`,
    isCounted ? [id, 0, reasonOf(error), attempts] : [id, 1, reasonOf(error), attempts, retryMsOf(error) / 1_000],
  );
}

const IS_WAITING = 'done_at IS NULL AND parked_at IS NULL';

/** Doubles with each attempt before this one. */
const pauseAfter = (attempts: string) =>
  `make_interval(secs => least(${LONGEST_BACKOFF_MS}, ${FIRST_BACKOFF_MS} * power(2, least(${attempts}, 20))) / 1000)`;
const PAUSE = pauseAfter('attempts');
const PAUSE_AFTER = pauseAfter('attempts - 1');

/** A code or a class, never the message: messages may quote what is personal. */
function reasonOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof NotYet || error instanceof Error ? error.name : 'unknown';
}
