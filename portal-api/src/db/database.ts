// SPDX-License-Identifier: Apache-2.0
// The way to PostgreSQL: a pool for SQL, Prisma over the same pool for plain reads, and the one kind of transaction
// that changes things: rows, audit rows and outbox rows are committed together or not at all.
import { openPool } from '@inkseal/service-kit';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from '../generated/prisma/client.ts';
import { rethrow } from './outage.ts';

/** How long a caller waits for a connection before the database counts as down. */
const CONNECT_TIMEOUT_MS = 2_000;

/** The session that waits for new outbox rows listens on this. */
export const OUTBOX_CHANNEL = 'inkseal_portal_outbox';

export interface Database {
  url: string;
  pool: pg.Pool;
  prisma: PrismaClient;
  /** Runs `work` in one transaction. When the connection is lost during the commit the outcome is unknown:
   *  the caller gets `database-unavailable` and repeats a step that may run twice. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** One statement, outside any transaction. */
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

export interface Transaction {
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  /** Adds a row to the audit chain. Nothing personal goes in. */
  record(entry: AuditEntry): void;
  /** Adds work to be done after the commit. */
  enqueue(topic: string, payload: OutboxPayload, options?: { runAfter?: Date }): void;
}

export interface AuditEntry {
  /** `account:<id>`, `system`, or `anonymous`. */
  actor: string;
  /** What was done, such as `work.archive`. */
  action: string;
  /** To what, such as `work:<id>`. */
  subject: string;
  detail?: Readonly<Record<string, unknown>>;
}

export type OutboxPayload = Readonly<Record<string, string | number | boolean | null>>;

export interface DatabaseOptions {
  /** Longest wait for one answer: a silent server never closes the connection. */
  queryTimeoutMs?: number;
  maxConnections?: number;
  /** Told of every lost idle connection; the pool replaces it by itself. */
  onConnectionLost?: (error: Error) => void;
}

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = openPool(url, {
    application_name: 'inkseal-portal',
    max: options.maxConnections ?? 16,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    query_timeout: options.queryTimeoutMs ?? 30_000,
  });
  // Without a listener a lost idle connection would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    url,
    pool,
    prisma,
    transaction: (work) => inTransaction(pool, work),
    query: async (sql, values = []) => (await pool.query(sql, values).catch(rethrow)).rows,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(rethrow);
  let broken: Error | undefined;
  // A checked-out client reports a lost connection here as well as through its query.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const { tx, flush } = collectingTransaction(client);
    const result = await work(tx);
    await flush();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    return rethrow(error);
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** Audit and outbox rows are written last: the audit chain is locked until the commit, and no row lock comes after it. */
function collectingTransaction(client: pg.PoolClient): { tx: Transaction; flush: () => Promise<void> } {
  const audit: AuditEntry[] = [];
  const outbox: { topic: string; payload: OutboxPayload; runAfter: Date | undefined }[] = [];
  const tx: Transaction = {
    query: async (sql, values = []) => (await client.query(sql, values)).rows,
    record: (entry) => {
      audit.push(entry);
    },
    enqueue: (topic, payload, { runAfter } = {}) => {
      outbox.push({ topic, payload, runAfter });
    },
  };
  const flush = async () => {
    for (const { topic, payload, runAfter } of outbox) {
      const values = [topic, JSON.stringify(payload), runAfter];
      await client.query(INSERT_OUTBOX, values);
    }
    if (outbox.length > 0) await client.query(`NOTIFY ${OUTBOX_CHANNEL}`);
    for (const { actor, action, subject, detail = {} } of audit) {
      await client.query(INSERT_AUDIT, [actor, action, subject, JSON.stringify(detail)]);
    }
  };
  return { tx, flush };
}

const INSERT_OUTBOX = `
  INSERT INTO outbox (topic, payload, run_after) VALUES ($1, $2, coalesce($3::timestamptz, now()))`;

/** A trigger gives the row its place, time and digests. */
const INSERT_AUDIT = `
  INSERT INTO audit (seq, at, actor, action, subject, detail, prev_digest, digest)
  VALUES (0, now(), $1, $2, $3, $4, '', '')`;
