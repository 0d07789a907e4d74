// SPDX-License-Identifier: Apache-2.0
// The way to PostgreSQL: one pool, a service's Prisma client over it, and transactions.
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { STILL_THERE } from './advisory-locks.sql.ts';
import { openPool } from './connections.ts';
import { isWriteConflict } from './outage.ts';
import { bindSession } from './rows.ts';
import { ENDS_WHEN_IDLE_IN_TRANSACTION } from './silence.ts';
import { createTransactionSession, prismaAdapter } from './transaction-session.ts';

/** How long a caller waits for a connection before the database counts as down. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Prisma gives up waiting for BEGIN later than the pool and the query do: their errors say more. */
const BEGIN_MARGIN_MS = 1_000;
const DEFAULT_QUERY_TIMEOUT_MS = 30_000;
const DEFAULT_TRANSACTION_TIMEOUT_MS = 60_000;
/** How often work that may run twice is tried when PostgreSQL prefers another transaction. */
const CONFLICT_ATTEMPTS = 3;

export interface DatabaseOptions<Client> {
  url: string;
  /** As PostgreSQL lists the sessions. */
  applicationName: string;
  maxConnections: number;
  /** `(adapter) => new PrismaClient({ adapter })` of the service's generated client. */
  createClient: (adapter: SqlDriverAdapterFactory) => Client;
  /** Throws the service's own error for an outage or a full disk, and any other error as it is. */
  rethrow: (error: unknown) => never;
  /** Longest wait for one answer, because a silent server never closes the connection; `none` waits as long as it takes. */
  queryTimeoutMs?: number | 'none';
  /** Receives every lost idle connection; the pool replaces it by itself. */
  onConnectionLost?: ((error: Error) => void) | undefined;
}

export interface TransactionOptions {
  /** Longest time from BEGIN to COMMIT; then PostgreSQL rolls back and the caller gets the error of an outage. */
  timeoutMs?: number;
  /** The work has no effect outside the transaction, so that it may run again after a write conflict. */
  mayRunTwice?: boolean;
}

/** What a generated Prisma client offers for transactions. */
export interface InteractiveClient<Tx> {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options: { maxWait: number; timeout: number }): Promise<T>;
  $disconnect(): Promise<void>;
}

export interface Database<Client, Tx> {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly prisma: Client;
  /**
   * Runs `work` in one transaction and commits it, or rolls back and rethrows. When the connection is lost during the
   * commit, the outcome is unknown: the caller gets the error of an outage and repeats a step that may run twice.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Asks whether PostgreSQL answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function openDatabase<Client extends object, Tx extends object>(
  options: DatabaseOptions<Client & InteractiveClient<Tx>>,
): Database<Client, Tx> {
  const { url, rethrow, queryTimeoutMs = DEFAULT_QUERY_TIMEOUT_MS } = options;
  const pool = openPool(url, {
    application_name: options.applicationName,
    options: ENDS_WHEN_IDLE_IN_TRANSACTION,
    max: options.maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...(queryTimeoutMs === 'none' ? {} : { query_timeout: queryTimeoutMs }),
  });
  // Without a listener a lost idle connection would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  const prisma = options.createClient(prismaAdapter(pool));
  bindSession(prisma, { query: (statement) => pool.query(statement).catch(rethrow) });
  const answersWithin = queryTimeoutMs === 'none' ? DEFAULT_QUERY_TIMEOUT_MS : queryTimeoutMs;
  const maxWait = CONNECT_TIMEOUT_MS + answersWithin + BEGIN_MARGIN_MS;
  return {
    url,
    pool,
    prisma,
    async transaction(work, { timeoutMs = DEFAULT_TRANSACTION_TIMEOUT_MS, mayRunTwice = false } = {}) {
      const run = () => inTransaction(prisma, work, { maxWait, timeout: timeoutMs });
      return repeatOnConflict(run, mayRunTwice ? CONFLICT_ATTEMPTS : 1).catch(rethrow);
    },
    async ping() {
      await pool.query(STILL_THERE).catch(rethrow);
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

function inTransaction<T, Tx extends object>(
  prisma: InteractiveClient<Tx>,
  work: (tx: Tx) => Promise<T>,
  times: { maxWait: number; timeout: number },
): Promise<T> {
  const session = createTransactionSession();
  return session.follow(() =>
    prisma.$transaction((tx) => {
      bindSession(tx, session);
      return work(tx);
    }, times),
  );
}

async function repeatOnConflict<T>(run: () => Promise<T>, attempts: number): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (attempts <= 1 || !isWriteConflict(error)) throw error;
    return repeatOnConflict(run, attempts - 1);
  }
}
