// SPDX-License-Identifier: Apache-2.0
// What strangers can make grow, and when it goes. docs/retention.md is this list as a table; a test compares the two.
import type { Database } from '../db/database.ts';

/** Rows of one statement: a sweep must not hold its locks for long. */
const ROWS_AT_ONCE = 10_000;
const DAY_SECONDS = 86_400;

export interface Retention {
  table: string;
  what: string;
  /** As in the document, such as `1 day` or `newest 1,000`. */
  kept: string;
  /** Which rows have had their time; `$1` is now. */
  isOver: string;
}

const olderThan = (column: string, days: number) => `${column} < $1::timestamptz - interval '${days * DAY_SECONDS} s'`;

export const RETENTION: readonly Retention[] = [
  { table: 'sms_code', what: 'codes by text message', kept: '2 days', isOver: olderThan('sent_at', 2) },
  { table: 'login_lock', what: 'wrong passwords per telephone', kept: 'until it ends', isOver: 'ends_at <= $1' },
  { table: 'referrer_try', what: 'referrers that were named', kept: '2 days', isOver: olderThan('tried_at', 2) },
  { table: 'session', what: 'sessions', kept: 'until it ends', isOver: 'expire <= $1' },
  { table: 'outbox', what: 'work that is done', kept: '30 days', isOver: olderThan('done_at', 30) },
  {
    table: 'payment_notification',
    what: 'forged payment notifications',
    kept: 'newest 1,000, at most 30 days',
    isOver: `NOT verified AND (${olderThan('received_at', 30)} OR id <= (
      SELECT id FROM payment_notification WHERE NOT verified ORDER BY id DESC OFFSET 1000 LIMIT 1))`,
  },
];

/** Deletes what has had its time; answers how many rows of each table. May run twice, also at once. */
export async function sweepRetention(db: Pick<Database, 'query'>, now: Date): Promise<Record<string, number>> {
  const swept: Record<string, number> = {};
  for (const { table, isOver } of RETENTION) {
    const sql = `DELETE FROM "${table}" WHERE ctid = ANY(ARRAY(SELECT ctid FROM "${table}" WHERE ${isOver} LIMIT ${ROWS_AT_ONCE}))
      RETURNING 1`;
    // Not every condition reads the time, but every statement takes the same parameter.
    swept[table] = (await db.query(`WITH asked AS (SELECT $1::timestamptz) ${sql}`, [now])).length;
  }
  return swept;
}
