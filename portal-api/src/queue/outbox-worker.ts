// SPDX-License-Identifier: Apache-2.0
// Runs what transactions left in the outbox. A row is the truth and stays until its handler is through; every
// handler may run twice, after a kill or when the session below is lost.
//
// One session listens for new rows and holds an advisory lock for each row that is being worked on. The lock, not a
// lease, keeps two processes off the same row: when a process dies, its rows are free at once.
import { setTimeout as sleep } from 'node:timers/promises';
import { openSession as openDatabaseSession } from '@inkseal/service-kit';
import type pg from 'pg';
import { type Database, OUTBOX_CHANNEL, type OutboxPayload } from '../db/database.ts';
import { attemptOutcome } from './failures.ts';
import {
  claim,
  finish,
  type OutboxRow,
  type ParkedRow,
  type ParkingLimits,
  parkExhausted,
  putBack,
} from './outbox-rows.ts';

export { NotYet, PartMissing } from './failures.ts';

/** Rows are also looked for this often: notifications are lost while a session is down. */
const POLL_MS = 500;
/** An attempt whose end cannot be written, for the database is away, is written when it is back. */
const SETTLE_AGAIN_MS = 1_000;
/** First key of the advisory locks; the second is the row's id, cut to 32 bits. */
const LOCK_SPACE = 0x6f_75_74;

export type TopicHandler = (payload: OutboxPayload, job: { id: string; attempts: number }) => Promise<void>;
export type Topics = Readonly<Record<string, TopicHandler>>;

export interface OutboxWorkerOptions {
  db: Database;
  topics: Topics;
  /** Handlers at the same time. */
  concurrency?: number;
  limits?: ParkingLimits;
  /** Called for each attempt that failed, and for each that met an outage. */
  onFailure?: (failure: { id: string; topic: string; attempts: number; error: unknown }) => void;
  /** Called when work has used up its attempts: it waits for staff from now on. */
  onParked?: (row: ParkedRow) => void;
}

export interface OutboxWorker {
  /** Waits for the running handlers; what is left stays in the outbox. */
  stop(): Promise<void>;
}

export const PARKING_LIMITS: ParkingLimits = Object.freeze({ maxAttempts: 10, maxInterrupted: 5 });

export function startOutboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const { db, topics, concurrency = 4 } = options;
  const running = new Map<string, Promise<void>>();
  /** Rows under way whose last attempt ended with the process. */
  const suspects = new Set<string>();
  const names = Object.keys(topics);
  let isStopping = false;
  let session: Session | undefined;
  let alarm = Promise.withResolvers<void>();
  const wake = () => alarm.resolve();
  const attempt = createAttempt(options, () => isStopping);

  const loop = async () => {
    while (!isStopping) {
      alarm = Promise.withResolvers<void>();
      await startJobs().catch(() => dropSession());
      await Promise.race([alarm.promise, pause(POLL_MS, alarm.promise)]);
    }
  };

  const startJobs = async () => {
    session ??= await openSession(db.url, { onNotify: wake, onLost: dropSession });
    const free = concurrency - running.size;
    if (free <= 0 || names.length === 0) return;
    const search = { names, running: [...running.keys()], limit: free, hasSuspect: suspects.size > 0 };
    for (const { id, isSuspect } of await findWaiting(session, search)) {
      // What ran when the process ended is tried one row at a time: so the row that ends it drags no other one along.
      if (isSuspect && suspects.size > 0) {
        wake();
        continue;
      }
      if (isSuspect) suspects.add(id);
      const job = runJob(session, id).then((hasRun) => {
        running.delete(id);
        suspects.delete(id);
        // A row that another process holds is left to the next poll.
        if (hasRun) wake();
      });
      running.set(id, job);
    }
  };

  const runJob = async (holder: Session, id: string): Promise<boolean> => {
    if (!(await tryLock(holder, id).catch(() => false))) return false;
    try {
      await attempt(id);
      return true;
    } catch {
      // The database is away: the row stays and is found again.
      return false;
    } finally {
      await holder.run('SELECT pg_advisory_unlock($1, $2)', [LOCK_SPACE, lockKey(id)]).catch(() => undefined);
    }
  };

  const dropSession = () => {
    const lost = session;
    session = undefined;
    void lost?.end();
  };

  const done = loop();
  return {
    async stop() {
      isStopping = true;
      wake();
      await done;
      await Promise.all(running.values());
      await session?.end();
    },
  };
}

/** Runs the handler of one row, under the row's lock, and writes what came of it. */
function createAttempt(
  { db, topics, limits = PARKING_LIMITS, onFailure, onParked }: OutboxWorkerOptions,
  isStopping: () => boolean,
): (id: string) => Promise<void> {
  const parkIfExhausted = async (id: string) => {
    const parked = await parkExhausted(db, id, limits);
    if (parked) onParked?.(parked);
  };
  const run = async ({ id, topic, payload, attempts }: OutboxRow) => {
    try {
      await topics[topic]?.(payload, { id, attempts });
    } catch (error) {
      const outcome = attemptOutcome(error);
      if (outcome !== 'waiting') onFailure?.({ id, topic, attempts, error });
      await settle(() => putBack(db, id, error), isStopping);
      if (outcome === 'failed') await parkIfExhausted(id);
      return;
    }
    await settle(() => finish(db, id), isStopping);
  };
  return async (id) => {
    const row = await claim(db, id, limits);
    if (row) await run(row);
    else await parkIfExhausted(id);
  };
}

interface Session {
  run<R extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<R[]>;
  end(): Promise<void>;
}

async function openSession(
  url: string,
  { onNotify, onLost }: { onNotify: () => void; onLost: () => void },
): Promise<Session> {
  const client = openDatabaseSession(url, { application_name: 'inkseal-portal outbox', keepAlive: true });
  client.on('error', onLost);
  client.on('notification', onNotify);
  try {
    await client.connect();
    await client.query(`LISTEN ${OUTBOX_CHANNEL}`);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  let last: Promise<unknown> = Promise.resolve();
  return {
    // A connection takes one statement at a time, and jobs come and go at once.
    async run<R extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<R[]> {
      const next = last.then(() => client.query<R>(sql, values));
      last = next.catch(() => undefined);
      return (await next).rows;
    },
    end: () => client.end().catch(() => undefined),
  };
}

async function findWaiting(
  session: Session,
  { names, running, limit, hasSuspect }: { names: string[]; running: string[]; limit: number; hasSuspect: boolean },
): Promise<{ id: string; isSuspect: boolean }[]> {
  return session.run(
    `SELECT id, interrupted > 0 AS "isSuspect" FROM outbox
      WHERE done_at IS NULL AND parked_at IS NULL AND run_after <= now() AND topic = ANY($1) AND id <> ALL($2::bigint[])
        AND (interrupted = 0 OR NOT $4::boolean)
      ORDER BY run_after, id LIMIT $3`,
    [names, running, limit, hasSuspect],
  );
}

/** Writes how an attempt ended. While the database is away it waits: an attempt without an end counts as interrupted. */
async function settle(write: () => Promise<void>, isStopping: () => boolean): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (isStopping() || attemptOutcome(error) !== 'outage') throw error;
      await sleep(SETTLE_AGAIN_MS);
    }
  }
}

async function tryLock(session: Session, id: string): Promise<boolean> {
  const rows = await session.run<{ held: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS held', [
    LOCK_SPACE,
    lockKey(id),
  ]);
  return rows[0]?.held === true;
}

function lockKey(id: string): number {
  return Number(BigInt.asIntN(32, BigInt(id)));
}

/** Ends early, and clears its timer, when `until` settles. */
function pause(ms: number, until: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void until.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
