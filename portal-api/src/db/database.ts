// SPDX-License-Identifier: Apache-2.0
// The way to PostgreSQL: Prisma over the kit's pool, and the one kind of transaction that changes things: rows, audit rows
// and outbox rows are committed together or not at all.
import { openDatabase as openKitDatabase, sessionOf, type TransactionOptions } from '@inkseal/service-kit';
import type pg from 'pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { APPLICATION_NAME } from './advisory-lock.ts';
import { rethrow } from './outage.ts';

const MAX_CONNECTIONS = 16;

/** A trigger notifies on this of rows that were added to the outbox, or given back by staff. */
export const OUTBOX_CHANNEL = 'inkseal_portal_outbox';

export interface Database {
  url: string;
  pool: pg.Pool;
  prisma: PrismaClient;
  /** Runs `work` in one transaction. When the connection is lost during the commit the outcome is unknown:
   *  the caller gets `database-unavailable` and repeats a step that may run twice. */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** One statement, outside any transaction. */
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

/** What a store reads and writes through: `database.prisma`, or `tx.prisma` of a transaction. */
export type Db = Prisma.TransactionClient;

export interface Transaction {
  /** Prisma inside the transaction. */
  prisma: Prisma.TransactionClient;
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
  /** Receives every lost idle connection; the pool replaces it by itself. */
  onConnectionLost?: (error: Error) => void;
}

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { pool, prisma, close, transaction } = openKitDatabase({
    url,
    applicationName: APPLICATION_NAME,
    maxConnections: options.maxConnections ?? MAX_CONNECTIONS,
    createClient: (adapter) => new PrismaClient({ adapter }),
    rethrow,
    ...(options.queryTimeoutMs === undefined ? {} : { queryTimeoutMs: options.queryTimeoutMs }),
    onConnectionLost: options.onConnectionLost,
  });
  return {
    url,
    pool,
    prisma,
    close,
    transaction: (work, times) => transaction((tx) => inTransaction(tx, work), times),
    query: async (text, values = []) => (await sessionOf(prisma).query({ text, values })).rows,
  };
}

async function inTransaction<T>(prisma: Prisma.TransactionClient, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { tx, flush } = collectingTransaction(prisma);
  const result = await work(tx);
  await flush();
  return result;
}

/** Audit and outbox rows are written last: the audit chain is locked until the commit, and no row lock comes after it. */
function collectingTransaction(prisma: Prisma.TransactionClient): { tx: Transaction; flush: () => Promise<void> } {
  const audit: AuditEntry[] = [];
  const outbox: { topic: string; payload: OutboxPayload; runAfter: Date | undefined }[] = [];
  const session = sessionOf(prisma);
  const tx: Transaction = {
    prisma,
    query: async (text, values = []) => (await session.query({ text, values })).rows,
    record: (entry) => {
      audit.push(entry);
    },
    enqueue: (topic, payload, { runAfter } = {}) => {
      outbox.push({ topic, payload, runAfter });
    },
  };
  const flush = async () => {
    for (const { topic, payload, runAfter } of outbox) {
      await tx.query(INSERT_OUTBOX, [topic, JSON.stringify(payload), runAfter]);
    }
    for (const { actor, action, subject, detail = {} } of audit) {
      await tx.query(INSERT_AUDIT, [actor, action, subject, JSON.stringify(detail)]);
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
