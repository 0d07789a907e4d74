// SPDX-License-Identifier: Apache-2.0
// One session that hears of notifications and holds many advisory locks. It is opened when it is needed, and again after
// it was lost. `rowsOf` and `execute` take it like a client.
import type pg from 'pg';
import { STILL_THERE, TRY_LOCK, UNLOCK } from './advisory-locks.sql.ts';
import { openSession } from './connections.ts';
import { listenTo } from './listening-session.sql.ts';
import { bindSession } from './rows.ts';
import { ENDS_WHEN_SILENT, SILENT_MS, WATCH_MS } from './silence.ts';

export interface ListeningSessionOptions {
  url: string;
  /** As PostgreSQL lists the session. */
  applicationName: string;
  channel: string;
  /** First key of its locks. */
  lockSpace: number;
  /** Called for each notification, and when the session was lost: some may have been missed. */
  onNotify: () => void;
}

export interface ListeningSession {
  /** Settles with what frees the lock again; undefined while anybody, also this session, holds it. */
  takeLock(key: number): Promise<Release | undefined>;
  end(): Promise<void>;
}

export type Release = () => Promise<void>;

export function createListeningSession(options: ListeningSessionOptions): ListeningSession {
  const { lockSpace } = options;
  /** An advisory lock can be taken twice on one session, so this process keeps count by itself. */
  const held = new Set<number>();
  const { query, end } = createReopenedSession(options);

  const session: ListeningSession = {
    async takeLock(key) {
      if (held.has(key)) return undefined;
      held.add(key);
      const isTaken = await query({ text: TRY_LOCK, values: [lockSpace, key] }).then(
        ({ rows }) => rows[0]?.held === true,
        () => false,
      );
      if (!isTaken) held.delete(key);
      if (!isTaken) return undefined;
      return async () => {
        await query({ text: UNLOCK, values: [lockSpace, key] }).catch(() => undefined);
        held.delete(key);
      };
    },
    end,
  };
  bindSession(session, { query });
  return session;
}

function createReopenedSession({ url, applicationName, channel, onNotify }: ListeningSessionOptions) {
  let opened: Promise<pg.Client> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const drop = () => {
    const lost = opened;
    opened = undefined;
    void lost?.then((client) => client.end()).catch(() => undefined);
  };
  const open = async () => {
    const own = { application_name: applicationName, options: ENDS_WHEN_SILENT };
    const client = openSession(url, { ...own, query_timeout: SILENT_MS, keepAlive: true });
    client.on('error', () => {
      drop();
      // The next look opens another one.
      onNotify();
    });
    client.on('notification', onNotify);
    try {
      await client.connect();
      await client.query(listenTo(channel));
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  };

  /** A connection takes one statement at a time, and jobs come and go at once. */
  const query = async (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
    opened ??= open();
    const session = opened;
    const next = last.then(async () => (await session).query(statement));
    last = next.catch(() => undefined);
    try {
      return await next;
    } catch (error) {
      if (opened === session) drop();
      throw error;
    }
  };
  const watch = setInterval(() => opened && query({ text: STILL_THERE }).catch(() => undefined), WATCH_MS).unref();

  return {
    query,
    async end() {
      clearInterval(watch);
      await last;
      await (await opened?.catch(() => undefined))?.end().catch(() => undefined);
    },
  };
}
