// SPDX-License-Identifier: Apache-2.0
// BullMQ's PostgreSQL backend, but a server that goes away just then does not end this process: BullMQ checks out
// and closes connections that nobody listens to, and an error of such a connection is thrown at large.
import { type BackendFactory, PostgresConnection, type PostgresConnectionOptions, PostgresQueueBackend } from 'bullmq';

export const createGuardedBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (name, options) =>
  new PostgresQueueBackend(new GuardedConnection(options.connection), name, options, true);

type ListenClient = Awaited<ReturnType<PostgresConnection['getListenClient']>>;

/** What fails for a query is told to whoever waits for it; the rest is found out by the next query. */
const ignore = () => {};

class GuardedConnection extends PostgresConnection {
  #listening: ListenClient | undefined;

  constructor(connection: PostgresConnectionOptions) {
    super(connection);
    // The connection that listens is made apart from the pool, and goes to the same host.
    if (typeof connection === 'object' && 'Client' in connection) Object.assign(this, { pgModule: connection });
    this.pool.on('connect', (client) => client.on('error', ignore));
  }

  override async getListenClient(): Promise<ListenClient> {
    this.#listening = await super.getListenClient();
    return this.#listening;
  }

  override close(): Promise<void> {
    const closed = super.close();
    // It has just lost its listeners, and may still tell of an error.
    this.#listening?.on('error', ignore);
    return closed;
  }
}
