// SPDX-License-Identifier: Apache-2.0
// The way to PostgreSQL: Prisma over the kit's pool, and the one kind of transaction that changes things: rows, audit rows
// and outbox rows are committed together or not at all.
import {
  currentSpan,
  openDatabase as openKitDatabase,
  sessionOf,
  type TransactionOptions,
  traceparentOf,
} from '@inkseal/service-kit';
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
  /** Asks whether PostgreSQL answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What a store reads and writes through: `database.prisma`, or `tx.prisma` of a transaction. */
export type Db = Prisma.TransactionClient;

export interface Transaction {
  /** Prisma inside the transaction; what is not Prisma's goes through `rowsOf` and `execute` of the kit, given this. */
  prisma: Db;
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
  const { pool, prisma, ping, close, transaction } = openKitDatabase({
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
    ping,
    close,
    transaction: (work, times) => transaction((tx) => inTransaction(tx, work), times),
    query: async (text, values = []) => (await sessionOf(prisma).query({ text, values })).rows,
  };
}

async function inTransaction<T>(prisma: Db, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { tx, flush } = collectingTransaction(prisma);
  const result = await work(tx);
  await flush();
  return result;
}

/** Audit and outbox rows are written last: the audit chain is locked until the commit, and no row lock comes after it. */
function collectingTransaction(prisma: Db): { tx: Transaction; flush: () => Promise<void> } {
  const audit: Prisma.AuditCreateManyInput[] = [];
  const outbox: Prisma.OutboxCreateManyInput[] = [];
  const tx: Transaction = {
    prisma,
    record: ({ actor, action, subject, detail = {} }) => {
      audit.push({ ...SET_BY_TRIGGER, actor, action, subject, detail: JSON.stringify(detail) });
    },
    enqueue: (topic, payload, { runAfter } = {}) => {
      const span = currentSpan();
      outbox.push({ topic, payload, ...(runAfter && { runAfter }), ...(span && { traceparent: traceparentOf(span) }) });
    },
  };
  const flush = async () => {
    if (outbox.length > 0) await prisma.outbox.createMany({ data: outbox });
    if (audit.length > 0) await prisma.audit.createMany({ data: audit });
  };
  return { tx, flush };
}

/** A trigger gives an audit row its place, time and digests. */
const SET_BY_TRIGGER = { seq: 0, at: new Date(0), prevDigest: new Uint8Array(), digest: new Uint8Array() };
