// SPDX-License-Identifier: Apache-2.0
// The ledger's way to PostgreSQL: the kit's pool and transactions, with the generated Prisma client over them.
import { isDiskFull, type Database as KitDatabase, openDatabase } from '@inkseal/service-kit';
import { fromHex } from '@inkseal/verifier';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { APPLICATION_NAME } from './advisory-locks.ts';
import { rethrow } from './outage.ts';

const MAX_CONNECTIONS = 10;

export type Database = KitDatabase<PrismaClient, Prisma.TransactionClient>;

/** What a store works with: the client of a database, or of one of its transactions. */
export type Db = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** Longest wait for one answer; needed where a caller waits, because a silent server never closes the connection. */
  queryTimeoutMs?: number;
  maxConnections?: number;
  /** Receives every lost idle connection; the pool replaces it by itself. */
  onConnectionLost?: (error: Error) => void;
  /** A statement failed for want of room on PostgreSQL's disk. */
  onDiskFull?: () => void;
}

export function createDb(url: string, options: DatabaseOptions = {}): Database {
  return openDatabase({
    url,
    applicationName: APPLICATION_NAME,
    maxConnections: options.maxConnections ?? MAX_CONNECTIONS,
    createClient: (adapter) => new PrismaClient({ adapter }),
    rethrow(error) {
      if (isDiskFull(error)) options.onDiskFull?.();
      return rethrow(error);
    },
    queryTimeoutMs: options.queryTimeoutMs ?? 'none',
    onConnectionLost: options.onConnectionLost,
  });
}

/** Prisma takes bytes only over memory that nobody shares. */
export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(fromHex(hex));
}
