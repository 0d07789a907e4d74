// SPDX-License-Identifier: Apache-2.0
// One session with the database for the outbox: it hears of new rows and holds an advisory lock for each row that this
// process works on. The lock, not a lease, keeps two processes off the same row: when a process dies, its rows are free
// at once. It is opened when it is needed, and again after it was lost.
import { openSession } from '@inkseal/service-kit';
import type pg from 'pg';
import { OUTBOX_CHANNEL } from '../db/database.ts';

/** First key of the advisory locks; the second is the row's id, cut to 32 bits. */
const LOCK_SPACE = 0x6f_75_74;
/** No row has this id. */
const SUSPECT = '0';

export interface OutboxSession {
  run(sql: string, values: unknown[]): Promise<unknown[]>;
  /** Settles with what frees the row again; undefined while anybody, also this process, works on it. */
  takeRow(id: string): Promise<Release | undefined>;
  /** The same for work that may end the process: at most one such row runs at a time, of all processes. */
  takeSuspect(): Promise<Release | undefined>;
  end(): Promise<void>;
}

export type Release = () => Promise<void>;

export function createOutboxSession(url: string, onNotify: () => void): OutboxSession {
  /** An advisory lock can be taken twice on one session, so this process keeps count by itself. */
  const held = new Set<number>();
  let opened: Promise<pg.Client> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const drop = () => {
    const lost = opened;
    opened = undefined;
    void lost?.then((client) => client.end()).catch(() => undefined);
  };
  const open = async () => {
    const client = openSession(url, { application_name: 'inkseal-portal outbox', keepAlive: true });
    client.on('error', () => {
      drop();
      // The next look opens another one.
      onNotify();
    });
    client.on('notification', onNotify);
    try {
      await client.connect();
      await client.query(`LISTEN ${OUTBOX_CHANNEL}`);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  };

  // A connection takes one statement at a time, and jobs come and go at once.
  async function run(sql: string, values: unknown[]): Promise<unknown[]> {
    opened ??= open();
    const session = opened;
    const next = last.then(async () => (await session).query(sql, values));
    last = next.catch(() => undefined);
    try {
      return (await next).rows;
    } catch (error) {
      if (opened === session) drop();
      throw error;
    }
  }

  async function take(id: string): Promise<Release | undefined> {
    const key = Number(BigInt.asIntN(32, BigInt(id)));
    if (held.has(key)) return undefined;
    held.add(key);
    const isTaken = await run('SELECT 1 WHERE pg_try_advisory_lock($1, $2)', [LOCK_SPACE, key]).then(
      ({ length }) => length > 0,
      () => false,
    );
    if (!isTaken) held.delete(key);
    if (!isTaken) return undefined;
    return async () => {
      await run('SELECT pg_advisory_unlock($1, $2)', [LOCK_SPACE, key]).catch(() => undefined);
      held.delete(key);
    };
  }

  return {
    run,
    takeRow: take,
    takeSuspect: () => take(SUSPECT),
    async end() {
      await last;
      await (await opened?.catch(() => undefined))?.end().catch(() => undefined);
    },
  };
}
