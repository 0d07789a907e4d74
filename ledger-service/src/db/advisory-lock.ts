// SPDX-License-Identifier: Apache-2.0
// Session advisory locks: what only one process may do at a time. PostgreSQL frees them when the session ends,
// so a killed holder never blocks the next one.

import { openSession } from '@inkseal/service-kit';
import type pg from 'pg';
import { rethrow } from './database.ts';

/** A session that never asks would not hear that its server has become one that only reads. */
const WATCH_MS = 5_000;

/** First key of every lock of this service ("ink"); the second says which. */
const LOCK_SPACE = 0x69_6e_6b;

export const LOCKS = { migration: 1, firstKey: 2, leader: 3, finality: 4 } as const;

export type LockName = keyof typeof LOCKS;

export interface HeldLock {
  /** Aborted when the session is lost, and with it the lock. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/** Takes the lock on a connection of its own, or returns undefined while another session holds it. */
export function tryAdvisoryLock(url: string, name: LockName): Promise<HeldLock | undefined> {
  return lock(url, name, 'SELECT pg_try_advisory_lock($1, $2) AS held');
}

/** Waits for the lock, runs `work`, and frees it. */
export async function withAdvisoryLock<T>(url: string, name: LockName, work: () => Promise<T>): Promise<T> {
  const held = await lock(url, name, 'SELECT pg_advisory_lock($1, $2) IS NOT NULL AS held');
  try {
    return await work();
  } finally {
    await held?.release();
  }
}

/** Takes the lock inside a transaction; PostgreSQL frees it after the commit is visible to everybody. */
export async function lockUntilCommit(client: pg.PoolClient, name: LockName): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_SPACE, LOCKS[name]]);
}

async function lock(url: string, name: LockName, sql: string): Promise<HeldLock | undefined> {
  const client = openSession(url, { application_name: `inkseal-ledger ${name}`, keepAlive: true });
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  const release = () => client.end().catch(() => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ held: boolean }>(sql, [LOCK_SPACE, LOCKS[name]]);
    if (rows[0]?.held) {
      const watch = setInterval(() => client.query('SELECT 1').catch(() => lost.abort()), WATCH_MS).unref();
      lost.signal.addEventListener('abort', () => clearInterval(watch));
      return { lost: lost.signal, release };
    }
    await release();
    return undefined;
  } catch (error) {
    await release();
    return rethrow(error);
  }
}
