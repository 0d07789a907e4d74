// SPDX-License-Identifier: Apache-2.0
// Session advisory locks: what only one process may do at a time. PostgreSQL frees them when the session ends, so a holder
// that is killed, or cut off, never blocks the next one for long.
import type pg from 'pg';
import {
  LOCK_TEXT_UNTIL_COMMIT,
  LOCK_UNTIL_COMMIT,
  STILL_THERE,
  TRY_LOCK,
  WAIT_FOR_LOCK,
} from './advisory-locks.sql.ts';
import { openSession } from './connections.ts';
import { execute } from './rows.ts';
import { ENDS_WHEN_SILENT, SILENT_MS, WATCH_MS } from './silence.ts';

export interface AdvisoryLockOptions<Name extends string> {
  /** First key of every lock of the service. */
  space: number;
  /** The second key says which lock. */
  keys: Readonly<Record<Name, number>>;
  /** As PostgreSQL lists the sessions, followed by the name of the lock. */
  applicationName: string;
  /** Throws the service's own error for an outage, and any other error as it is. */
  rethrow: (error: unknown) => never;
}

export interface HeldLock {
  /** The connection that holds the lock. */
  session: pg.Client;
  /** Aborted when the session is lost, or silent for so long that the lock is. */
  lost: AbortSignal;
  release(): Promise<void>;
}

export interface AdvisoryLocks<Name extends string> {
  /** Takes the lock on its own connection, or returns undefined while another session holds it. */
  tryLock(url: string, name: Name): Promise<HeldLock | undefined>;
  /** Waits for the lock, runs `work` on the connection that holds it, and frees it. */
  withLock<T>(url: string, name: Name, work: (session: pg.Client) => Promise<T>): Promise<T>;
  /** Takes the lock inside a transaction; PostgreSQL frees it after the commit is visible to everybody. */
  lockUntilCommit(tx: object, name: Name): Promise<void>;
  /** The same for one of many, such as a telephone number: only those who name the same text wait for each other. */
  lockTextUntilCommit(tx: object, name: Name, text: string): Promise<void>;
}

export function createAdvisoryLocks<Name extends string>(options: AdvisoryLockOptions<Name>): AdvisoryLocks<Name> {
  const { space, keys, rethrow } = options;

  async function lock(url: string, name: Name, text: string): Promise<HeldLock | undefined> {
    const own = { application_name: `${options.applicationName} ${name}`, options: ENDS_WHEN_SILENT };
    const session = openSession(url, { ...own, keepAlive: true });
    const lost = new AbortController();
    session.on('error', () => lost.abort());
    session.on('end', () => lost.abort());
    const release = () => session.end().catch(() => undefined);
    try {
      await session.connect();
      const { rows } = await session.query({ text, values: [space, keys[name]] });
      if (rows[0]?.held !== true) {
        await release();
        return undefined;
      }
    } catch (error) {
      await release();
      return rethrow(error);
    }
    const ask = async () => {
      await session.query(STILL_THERE);
      watch.refresh();
      silent.refresh();
    };
    const watch = setTimeout(() => ask().catch(() => lost.abort()), WATCH_MS).unref();
    // Whoever waited works on the session itself: its statements may take long, and it learns of a loss from them.
    const silent = setTimeout(() => text === TRY_LOCK && lost.abort(), SILENT_MS).unref();
    lost.signal.addEventListener('abort', () => {
      clearTimeout(watch);
      clearTimeout(silent);
    });
    return { session, lost: lost.signal, release };
  }

  return {
    tryLock: (url, name) => lock(url, name, TRY_LOCK),
    async withLock(url, name, work) {
      const held = await lock(url, name, WAIT_FOR_LOCK);
      // It waited until it had the lock: without one PostgreSQL would have answered with an error.
      if (!held) throw new TypeError('a lock that was waited for is not held');
      try {
        return await work(held.session);
      } catch (error) {
        return rethrow(error);
      } finally {
        await held.release();
      }
    },
    async lockUntilCommit(tx, name) {
      await execute(tx, { text: LOCK_UNTIL_COMMIT, values: [space, keys[name]] });
    },
    async lockTextUntilCommit(tx, name, text) {
      await execute(tx, { text: LOCK_TEXT_UNTIL_COMMIT, values: [`${space} ${text}`, keys[name]] });
    },
  };
}
