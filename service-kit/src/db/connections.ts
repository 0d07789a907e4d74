// SPDX-License-Identifier: Apache-2.0
// Every connection to PostgreSQL begins here: pools, dedicated sessions, and libraries that make their connections
// themselves. Where the URL names several hosts, each connection goes to the one that accepts writes now.
import pg from 'pg';
import { type DatabaseUrl, parseDatabaseUrl } from './database-url.ts';
import { createWritableHost } from './writable-host.ts';

/** A pool over the URL. The caller listens for its errors and ends it. */
export function openPool(url: string, options: pg.PoolConfig): pg.Pool {
  const { Client, connectionString } = databaseConfig(url);
  const pool = new pg.Pool({ ...options, ...inUtc(connectionString, options.options), Client });
  return pool.on('connect', (client) => {
    dropWhenSilent(client);
    // Between the pool and its caller nobody listens, and the server may end the connection in the packet that opened it.
    client.on('error', () => {});
  });
}

/**
 * After a time-out PostgreSQL may still work on the statement. A ROLLBACK would wait behind it, and so would the next
 * caller that takes this connection from the pool: it ends instead, and PostgreSQL rolls back by itself.
 */
function dropWhenSilent(client: pg.Client): void {
  client.query = new Proxy(client.query, {
    apply(query, self, request) {
      const answer: unknown = Reflect.apply(query, self, request);
      if (answer instanceof Promise) {
        answer.catch((error: Error) => {
          if (error.message === READ_TIMEOUT) void client.end().catch(() => undefined);
        });
      }
      return answer;
    },
  });
}

/** node-postgres gives it no code. */
const READ_TIMEOUT = 'Query read timeout';

/** One session, not connected yet. The caller listens for its errors and ends it. */
export function openSession(url: string, options: pg.ClientConfig): pg.Client {
  const { Client, connectionString } = databaseConfig(url);
  return new Client({ ...options, ...inUtc(connectionString, options.options) });
}

/**
 * Every session runs in UTC, whatever zone the server was set up in: Prisma writes times without a zone, and takes those
 * that it reads for UTC. `pg` lets the options of the URL replace all others, so they are put together here.
 */
function inUtc(connectionString: string, own?: string): { connectionString: string; options: string } {
  const url = new URL(connectionString);
  const given = url.searchParams.get('options');
  url.searchParams.delete('options');
  const options = [given, own, '-c timezone=UTC'].filter((each) => each).join(' ');
  return { connectionString: given === null ? connectionString : url.href, options };
}

/** The class makes the connections. */
function databaseConfig(url: string): { connectionString: string; Client: typeof pg.Client } {
  const parsed = parseDatabaseUrl(url);
  const [connectionString] = parsed?.hosts ?? [url];
  return { connectionString, Client: parsed?.mustWrite ? writingClient(parsed) : pg.Client };
}

/** What @types/pg leaves out of a client: its wire, and where `connect` takes it. */
interface Wire {
  host: string;
  port: number;
  /** Somebody has called `end`. */
  _ending: boolean;
  connection: NodeJS.EventEmitter & { stream: { destroyed: boolean; destroy(): void } };
}

type Connected = (error: Error | null, client?: pg.Client) => void;

/** A client that looks for the writable host before it connects, and gives up when its server stops taking writes. */
function writingClient(url: DatabaseUrl): typeof pg.Client {
  const writable = createWritableHost(url.hosts);
  return class WritingClient extends pg.Client {
    override connect(): Promise<pg.Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<pg.Client> | undefined {
      const connected = this.#connectToWritable();
      if (!callback) return connected;
      void connected.then((client) => callback(null, client), callback);
      return undefined;
    }

    async #connectToWritable(): Promise<pg.Client> {
      const wire = this as unknown as Wire; // see there
      const found = await writable.find();
      // Meanwhile a pool destroys the stream of a connection that takes too long, and others may have ended it.
      if (wire.connection.stream.destroyed || wire._ending) throw new Error('Connection terminated');
      Object.assign(wire, found);
      wire.connection.on('parameterStatus', (status: { parameterName: string; parameterValue: string }) => {
        if (!READS_ONLY.has(status.parameterName) || status.parameterValue !== 'on') return;
        writable.forget();
        wire.connection.stream.destroy();
      });
      return super.connect().catch((error: unknown) => {
        writable.forget();
        throw error;
      });
    }
  };
}

/** PostgreSQL 14 and later report changes of these to every session, after its next statement. */
const READS_ONLY = new Set(['default_transaction_read_only', 'in_hot_standby']);
