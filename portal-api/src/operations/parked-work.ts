// SPDX-License-Identifier: Apache-2.0
// Work that failed too often. Staff see what kind of work it is, how it failed and which order waits for it, never the
// payload itself.
import type { Database, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';

export interface ParkedWork {
  id: string;
  topic: string;
  /** Of the order that waits for this work; null when no order does. */
  orderNumber: string | null;
  createdAt: Date;
  parkedAt: Date;
  attempts: number;
  lastError: string | null;
}

const IS_PARKED = 'parked_at IS NOT NULL AND discarded_at IS NULL';

/** Oldest first: what has waited longest hurts most. */
export async function listParked(db: Database, limit: number): Promise<{ items: ParkedWork[]; total: number }> {
  const items = await db.query<ParkedWork>(
    `SELECT id::text, topic, created_at AS "createdAt", parked_at AS "parkedAt", attempts, last_error AS "lastError",
            (SELECT order_number::text FROM attestation WHERE id::text = coalesce(payload->>'attestationId',
              (SELECT attestation_id::text FROM payment WHERE id::text = payload->>'paymentId'))) AS "orderNumber"
       FROM outbox WHERE ${IS_PARKED} ORDER BY parked_at, id LIMIT $1`,
    [limit],
  );
  return { items, total: await countParked(db) };
}

export async function countParked(db: Database): Promise<number> {
  return (await countParkedByTopic(db)).reduce((sum, { count }) => sum + count, 0);
}

/** Work that is not done and not parked; `seconds` is the age of the oldest. */
export function countWaitingByTopic(db: Database): Promise<{ topic: string; count: number; seconds: number }[]> {
  return db.query(
    `SELECT topic, count(*)::int AS count, extract(epoch FROM now() - min(created_at))::float8 AS seconds
       FROM outbox WHERE done_at IS NULL AND parked_at IS NULL GROUP BY topic`,
  );
}

export function countParkedByTopic(db: Database): Promise<{ topic: string; count: number }[]> {
  return db.query(`SELECT topic, count(*)::int AS count FROM outbox WHERE ${IS_PARKED} GROUP BY topic`);
}

/** Gives the work all its attempts again, from now. */
export function retryParked(db: Database, id: string, actor: string): Promise<void> {
  return change(db, { id, actor, action: 'outbox.retry', set: RETRIED });
}

/** Gives the work up; its row stays. */
export function discardParked(db: Database, id: string, actor: string): Promise<void> {
  return change(db, { id, actor, action: 'outbox.discard', set: 'discarded_at = now()' });
}

const RETRIED = 'parked_at = NULL, attempts = 0, interrupted = 0, run_after = now()';

/** Guarded: of two people who act on the same work at once, the second is refused. */
function change(
  db: Database,
  { id, actor, action, set }: { id: string; actor: string; action: string; set: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    const before = await lock(tx, id);
    const [changed] = await tx.query(`UPDATE outbox SET ${set} WHERE id = $1 AND ${IS_PARKED} RETURNING id`, [id]);
    if (!changed) throw new DomainError('state-conflict', { record: 'outbox', event: action });
    const { topic, attempts, lastError } = before;
    tx.record({ actor, action, subject: `outbox:${id}`, detail: { topic, attempts, lastError } });
  });
}

async function lock(tx: Transaction, id: string) {
  const [row] = await tx.query<Pick<ParkedWork, 'topic' | 'attempts' | 'lastError'>>(
    'SELECT topic, attempts, last_error AS "lastError" FROM outbox WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!row) throw new DomainError('parked-work-not-found');
  return row;
}
