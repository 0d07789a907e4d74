// SPDX-License-Identifier: Apache-2.0
// The way to PostgreSQL: a pool for typed SQL on hot paths and Prisma, over the same pool, for the cold ones.
import { isDiskFull, openPool } from '@inkseal/service-kit';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { DomainError } from '../errors.ts';
import { PrismaClient } from '../generated/prisma/client.ts';

/** How long a caller waits for a connection before the database counts as down. */
const CONNECT_TIMEOUT_MS = 2_000;

export interface Database {
  pool: pg.Pool;
  prisma: PrismaClient;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Longest wait for one answer; needed where a caller waits, because a silent server never closes the connection. */
  queryTimeoutMs?: number;
  maxConnections?: number;
  /** Told of every lost idle connection; the pool replaces it by itself. */
  onConnectionLost?: (error: Error) => void;
}

export function createDb(url: string, options: DatabaseOptions = {}): Database {
  const pool = openPool(url, {
    application_name: 'inkseal-ledger',
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...(options.queryTimeoutMs === undefined ? {} : { query_timeout: options.queryTimeoutMs }),
  });
  // Without a listener a lost idle connection would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { pool, prisma, close };
}

/**
 * Runs `work` in one transaction and commits it, or rolls back and rethrows. When the connection is lost during
 * the commit the outcome is unknown: the caller is told `database-unavailable` and repeats a step that may run twice.
 */
export async function withTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(rethrow);
  let broken: Error | undefined;
  // A checked-out client reports a lost connection here as well as through its query.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A server that does not answer rolls back when the connection is gone; asking it to would only take longer.
    if (error instanceof Error && isDatabaseUnavailable(error)) broken = error;
    else await client.query('ROLLBACK').catch(onError);
    return rethrow(error);
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** True when the database, and not the request, is at fault: unreachable, stopping, full, silent, or only for reading. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (
    /^(08...|25006|57P0[1-5]|53[0-9]{3}|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1008|P1017|P2024)$/.test(
      code,
    )
  ) {
    return true;
  }
  // node-postgres has no codes for these.
  return /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/.test(
    error.message,
  );
}

/** Gives an outage its code; other errors stay as they are. */
export function rethrow(error: unknown): never {
  if (isDiskFull(error)) throw new DomainError('store-unavailable', {}, { cause: error });
  if (isDatabaseUnavailable(error)) throw new DomainError('database-unavailable', {}, { cause: error });
  throw error;
}
