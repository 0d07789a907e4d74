// SPDX-License-Identifier: Apache-2.0
// The ledger's way to PostgreSQL: the kit's pool, with the generated Prisma client over it.
import { isDatabaseUnavailable, type Database as KitDatabase, openDatabase } from '@inkseal/service-kit';
import type pg from 'pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { APPLICATION_NAME } from './advisory-locks.ts';
import { rethrow } from './outage.ts';

const MAX_CONNECTIONS = 10;

export type Database = KitDatabase<PrismaClient, Prisma.TransactionClient>;

export interface DatabaseOptions {
  /** Longest wait for one answer; needed where a caller waits, because a silent server never closes the connection. */
  queryTimeoutMs?: number;
  maxConnections?: number;
  /** Receives every lost idle connection; the pool replaces it by itself. */
  onConnectionLost?: (error: Error) => void;
}

export function createDb(url: string, options: DatabaseOptions = {}): Database {
  return openDatabase({
    url,
    applicationName: APPLICATION_NAME,
    maxConnections: options.maxConnections ?? MAX_CONNECTIONS,
    createClient: (adapter) => new PrismaClient({ adapter }),
    rethrow,
    queryTimeoutMs: options.queryTimeoutMs ?? 'none',
    onConnectionLost: options.onConnectionLost,
  });
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
