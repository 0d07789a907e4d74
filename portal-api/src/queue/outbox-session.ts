// SPDX-License-Identifier: Apache-2.0
// One session with the database for the outbox: it hears of new rows and holds an advisory lock for each row that this
// process works on. The lock, not a lease, keeps two processes off the same row: when a process dies, its rows are free
// at once.
import { createHash } from 'node:crypto';
import { createListeningSession, type ListeningSession, type Release } from '@inkseal/service-kit';
import { OUTBOX_CHANNEL } from '../db/database.ts';

/** First key of the advisory locks; the second is the row's id, cut to 32 bits, or below zero what work is called. */
const LOCK_SPACE = 0x6f_75_74;
/** No row has this id. */
const SUSPECT = '0';

export interface OutboxSession {
  /** For `rowsOf`. */
  session: ListeningSession;
  /** Settles with what frees the row again; undefined while anybody, also this process, works on it. */
  takeRow(id: string): Promise<Release | undefined>;
  /** The same for work that may end the process: at most one such row runs at a time, of all processes. */
  takeSuspect(): Promise<Release | undefined>;
  /** The same for what is done again and again, by its name. */
  takeWork(name: string): Promise<Release | undefined>;
  end(): Promise<void>;
}

export function createOutboxSession(url: string, onNotify: () => void): OutboxSession {
  const session = createListeningSession({
    url,
    applicationName: 'inkseal-portal outbox',
    channel: OUTBOX_CHANNEL,
    lockSpace: LOCK_SPACE,
    onNotify,
  });
  const takeRow = (id: string) => session.takeLock(Number(BigInt.asIntN(32, BigInt(id))));
  const takeWork = (name: string) => session.takeLock(keyOf(name));
  return { session, takeRow, takeSuspect: () => takeRow(SUSPECT), takeWork, end: session.end };
}

/** Two names that meet only wait for each other. */
function keyOf(name: string): number {
  return -1 - (createHash('sha256').update(name).digest().readUInt32BE() >>> 1);
}
