// SPDX-License-Identifier: Apache-2.0
// Prisma over our pool, and for each of our transactions the session that Prisma runs it on. Raw statements go straight to
// that session: Prisma would take every array of bytes through JSON and back, which intake cannot afford.
import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** Runs statements: on any connection of a pool, or on the one of a transaction. */
export interface Session {
  query(statement: pg.QueryConfig): Promise<pg.QueryResult>;
}

export interface TransactionSession extends Session {
  /** Runs `begin`; the first transaction that Prisma starts in it is the session's. */
  follow<T>(begin: () => Promise<T>): Promise<T>;
}

interface Follower {
  /** Prisma is starting a transaction. Whatever starts later in the same context is not ours. */
  claim(): ((transaction: Transaction) => void) | undefined;
}

/** What Prisma sends to end a transaction. Whatever came after it would run on its own and stay. */
const IS_END = /^(COMMIT|ROLLBACK)$/;

const following = new AsyncLocalStorage<Follower>();

export function prismaAdapter(pool: pg.Pool): SqlDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => {
      const onStart = following.getStore()?.claim();
      const transaction = await start(isolationLevel);
      onStart?.(transaction);
      return transaction;
    };
    return adapter;
  };
  return factory;
}

export function createTransactionSession(): TransactionSession {
  let client: pg.Client | undefined;
  let isClaimed = false;
  let isOver = false;
  const claim = () => {
    if (isClaimed) return undefined;
    isClaimed = true;
    return onStart;
  };
  const onStart = (transaction: Transaction) => {
    const started = clientOf(transaction);
    // Prisma has given up waiting for it, and would hand it back to the pool with the transaction open.
    if (isOver) drop(started);
    client = started;
    const { executeRaw } = transaction;
    transaction.executeRaw = (query) => {
      if (!IS_END.test(query.sql)) return executeRaw.call(transaction, query);
      isOver = true;
      return executeRaw.call(transaction, query).catch((error: unknown) => {
        drop(started);
        throw error;
      });
    };
  };
  return {
    follow: (begin) =>
      following.run({ claim }, async () => {
        try {
          return await begin();
        } finally {
          isOver = true;
        }
      }),
    query: async (statement) => {
      if (!client || isOver) throw new TransactionOver();
      return client.query(statement);
    },
  };
}

/** Prisma gives the connection back to the pool, which takes none that has ended. */
function drop(client: pg.Client): void {
  void client.end().catch(() => undefined);
}

/** Prisma's adapter for `pg` keeps the connection of a transaction in this field; its type does not show it. */
function clientOf(transaction: Transaction): pg.Client {
  if ('client' in transaction && transaction.client instanceof pg.Client) return transaction.client;
  throw new TypeError("Prisma's adapter keeps the connection of its transactions elsewhere");
}

/** Has Prisma's code for a transaction that took too long, which is how this comes about. */
class TransactionOver extends Error {
  readonly code = 'P2028';

  constructor() {
    super('the transaction is over');
    this.name = 'TransactionOver';
  }
}
