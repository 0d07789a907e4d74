// SPDX-License-Identifier: Apache-2.0
// BullMQ's PostgreSQL backend over a pool that all queues of a process share. A server that goes away does not end this
// process, and a server that was away at the start is used as soon as it is back.
import {
  type BackendFactory,
  DEFAULT_SCHEMA,
  type PgPool,
  PostgresConnection,
  PostgresQueueBackend,
  runMigrations,
} from 'bullmq';
import type pg from 'pg';
import { openPool } from '../db/connections.ts';

/** Longest wait for a connection, and for one answer: a silent server never closes the connection. */
const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 30_000;
/**
 * Every process migrates the schema in a transaction under one lock when it starts. A process that is stopped in the
 * middle would keep all others from their queues, so PostgreSQL ends its session; it tries again when it goes on.
 */
const IDLE_IN_TRANSACTION_MS = 5_000;

/** BullMQ describes pools on its own, with an index signature. */
type QueuePool = pg.Pool & PgPool;

/** BullMQ names its tables without their schema, so every connection looks there. */
export function openQueuePool(databaseUrl: string, max: number): QueuePool {
  const pool = openPool(databaseUrl, {
    application_name: 'inkseal queue',
    options: `-c search_path=${DEFAULT_SCHEMA} -c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
  });
  // Each backend adds a listener for errors of the pool.
  pool.setMaxListeners(0);
  pool.on('error', ignore);
  // BullMQ checks out connections that nobody listens to, and an unheard error would end the process.
  pool.on('connect', (client) => client.on('error', ignore));
  return pool as QueuePool; // see there
}

/** Takes the pool as its connection, migrates the schema when it is first used, and leaves the pool open at the end. */
export const createGuardedBackend: BackendFactory<PostgresQueueBackend, QueuePool> = (name, options) =>
  new PostgresQueueBackend(new GuardedConnection(options.connection), name, options, true);

type ListenClient = Awaited<ReturnType<PostgresConnection['getListenClient']>>;

/** Whoever runs a query learns of its failure; an idle connection's loss shows at the next query. */
const ignore = () => {};

class GuardedConnection extends PostgresConnection {
  readonly #stopListening: () => void;
  #listening: ListenClient | undefined;
  #migrated: Promise<void> | undefined;

  constructor(pool: QueuePool) {
    const before = pool.listeners('error');
    super(pool);
    const added = pool.listeners('error').filter((listener) => !before.includes(listener));
    this.#stopListening = () => {
      for (const listener of added) pool.removeListener('error', listener as () => void); // any listener will do
    };
  }

  /** Unlike BullMQ's, this one is tried again after a failure. */
  override waitUntilReady(): Promise<void> {
    this.#migrated ??= this.#migrate().catch((error: unknown) => {
      this.#migrated = undefined;
      throw error;
    });
    return this.#migrated;
  }

  async #migrate(): Promise<void> {
    const client = await this.pool.connect();
    try {
      await runMigrations(client);
    } finally {
      client.release();
    }
    setImmediate(() => this.emit('ready'));
  }

  override async getListenClient(): Promise<ListenClient> {
    this.#listening = await super.getListenClient();
    return this.#listening;
  }

  override close(): Promise<void> {
    const closed = super.close();
    // It has just lost its listeners, and may still report an error.
    this.#listening?.on('error', ignore);
    this.#stopListening();
    return closed;
  }
}
