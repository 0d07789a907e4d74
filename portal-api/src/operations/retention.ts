// SPDX-License-Identifier: Apache-2.0
// How long rows stay whose number other people decide, or that law lets us keep for a time only. docs/retention.md is this
// list as a table; a test compares the two, and both with the tables of the database.
import type { Database } from '../db/database.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import type { RetentionPeriods } from '../retention-settings.ts';

/** Rows of one statement: a sweep must not hold its locks for long. */
const ROWS_AT_ONCE = 10_000;

export interface Retention {
  table: string;
  what: string;
  /** As in the document: the settings' names, or a state of the row. */
  kept: string;
  /** Which rows have had their time; `$1` is now. */
  isOver(periods: RetentionPeriods): string;
}

const olderThan = (column: string, days: number) => `${column} < $1::timestamptz - make_interval(days => ${days})`;

export const RETENTION: readonly Retention[] = [
  {
    table: 'sms_code',
    what: 'codes by text message',
    kept: '`RETENTION_SMS_CODE_DAYS`',
    isOver: ({ smsCodeDays }) => olderThan('sent_at', smsCodeDays),
  },
  {
    table: 'login_lock',
    what: 'wrong passwords per telephone',
    kept: 'until the lock ends',
    isOver: () => 'ends_at <= $1',
  },
  {
    table: 'referrer_try',
    what: 'referrers that were named',
    kept: '`RETENTION_REFERRER_TRY_DAYS`',
    isOver: ({ referrerTryDays }) => olderThan('tried_at', referrerTryDays),
  },
  { table: 'session', what: 'sessions', kept: 'until the session ends', isOver: () => 'expire <= $1' },
  {
    table: 'identity_draft',
    what: 'real-name forms that were left unfinished',
    kept: '`RETENTION_IDENTITY_DRAFT_DAYS`',
    isOver: ({ identityDraftDays }) => olderThan('saved_at', identityDraftDays),
  },
  {
    table: 'outbox',
    what: 'work that is done',
    kept: '`RETENTION_DONE_WORK_DAYS`',
    isOver: ({ doneWorkDays }) => olderThan('done_at', doneWorkDays),
  },
  {
    table: 'outbox',
    what: 'work that staff discarded; the audit log keeps who did, and its last error',
    kept: '`RETENTION_DISCARDED_WORK_DAYS`',
    isOver: ({ discardedWorkDays }) => olderThan('discarded_at', discardedWorkDays),
  },
  {
    table: 'payment_notification',
    what: 'forged payment notifications',
    kept: 'the newest `RETENTION_FORGED_PAYMENT_ROWS`, for at most `RETENTION_FORGED_PAYMENT_DAYS`',
    isOver: ({ forgedPaymentDays, forgedPaymentRows }) =>
      `NOT verified AND (${olderThan('received_at', forgedPaymentDays)} OR id <= (
        SELECT id FROM payment_notification WHERE NOT verified ORDER BY id DESC OFFSET ${forgedPaymentRows} LIMIT 1))`,
  },
];

export interface Sweep {
  periods: RetentionPeriods;
  now: Date;
  /** All of them unless given. */
  table?: string;
  /** A table that cannot be swept holds up no other. */
  onItemFailure: OnItemFailure;
}

/** Deletes what has had its time, and answers how many rows of each table it deleted. May run twice, also at once. */
export async function sweepRetention(
  db: Pick<Database, 'query'>,
  { periods, now, table: only, onItemFailure: onFailure }: Sweep,
): Promise<Record<string, number>> {
  const swept: Record<string, number> = {};
  const due = RETENTION.filter(({ table }) => table === (only ?? table));
  const run = async ({ table, isOver }: Retention) => {
    const over = `SELECT ctid FROM "${table}" WHERE ${isOver(periods)} LIMIT ${ROWS_AT_ONCE}`;
    const sql = `DELETE FROM "${table}" WHERE ctid = ANY(ARRAY(${over})) RETURNING 1`;
    // Not every condition reads the time, but every statement takes the same parameter.
    const deleted = await db.query(`WITH asked AS (SELECT $1::timestamptz) ${sql}`, [now]);
    swept[table] = (swept[table] ?? 0) + deleted.length;
    return true;
  };
  await eachItem({ work: 'sweep-retention', items: due.map((each) => ({ ...each, id: each.what })), onFailure, run });
  return swept;
}
