// SPDX-License-Identifier: Apache-2.0
// Session advisory locks of this service. PostgreSQL frees them with the session, so a killed holder blocks nobody.
import { openSession } from '@inkseal/service-kit';
import type pg from 'pg';
import { rethrow } from './outage.ts';

/** First key of the locks; the second says which. Jobs of the outbox have a space of their own: their ids are the keys. */
const LOCK_SPACE = 0x70_6f_72;
const LOCKS = { migration: 1, masterKey: 2 } as const;

/** Waits for the lock on a connection of its own, runs `work`, and frees it. */
export async function withAdvisoryLock<T>(
  url: string,
  name: keyof typeof LOCKS,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = openSession(url, { application_name: `inkseal-portal ${name}` });
  // A lost connection also fails the query that waits on it; without a listener it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_SPACE, LOCKS[name]]);
    return await work(client);
  } catch (error) {
    return rethrow(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
