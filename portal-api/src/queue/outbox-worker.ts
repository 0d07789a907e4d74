// SPDX-License-Identifier: Apache-2.0
// Runs what transactions left in the outbox. A row is the truth and stays until its handler is through; every
// handler may run twice, after a kill or when the session below is lost.
//
// One session listens for new rows and holds an advisory lock for each row that is being worked on. The lock, not a
// lease, keeps two processes off the same row: when a process dies, its rows are free at once.
import { openSession as openDatabaseSession } from '@inkseal/service-kit';
import type pg from 'pg';
import { type Database, OUTBOX_CHANNEL, type OutboxPayload } from '../db/database.ts';
import { DomainError } from '../errors.ts';

/** Rows are also looked for this often: notifications are lost while a session is down. */
const POLL_MS = 500;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 60_000;
/** First key of the advisory locks; the second is the row's id, cut to 32 bits. */
const LOCK_SPACE = 0x6f_75_74;

export type TopicHandler = (payload: OutboxPayload, job: { id: string; attempts: number }) => Promise<void>;
export type Topics = Readonly<Record<string, TopicHandler>>;

/** Thrown by a handler that waits for something which is not ready: comes back later and counts as no failure. */
export class NotYet extends Error {
  readonly retryMs: number;

  constructor(what: string, retryMs = 1_000) {
    super(`not yet: ${what}`);
    this.name = 'NotYet';
    this.retryMs = retryMs;
  }
}

export interface OutboxWorkerOptions {
  db: Database;
  topics: Topics;
  /** Handlers at the same time. */
  concurrency?: number;
  /** Told of each failure; the row is tried again, for ever, with growing pauses. */
  onFailure?: (failure: { id: string; topic: string; attempts: number; error: unknown }) => void;
}

export interface OutboxWorker {
  /** Waits for the running handlers; what is left stays in the outbox. */
  stop(): Promise<void>;
}

export function startOutboxWorker({ db, topics, concurrency = 4, onFailure }: OutboxWorkerOptions): OutboxWorker {
  const running = new Map<string, Promise<void>>();
  const names = Object.keys(topics);
  let isStopping = false;
  let session: Session | undefined;
  let alarm = Promise.withResolvers<void>();
  const wake = () => alarm.resolve();

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
    for (const id of await findWaiting(session, { names, running: [...running.keys()], limit: free })) {
      const job = runJob(session, id).then((hasRun) => {
        running.delete(id);
        // A row that another process holds is left to the next poll.
        if (hasRun) wake();
      });
      running.set(id, job);
    }
  };

  const runJob = async (holder: Session, id: string): Promise<boolean> => {
    if (!(await tryLock(holder, id).catch(() => false))) return false;
    try {
      const row = await claim(db, id);
      if (row) await runHandler(row);
      return true;
    } catch {
      // The database is away: the row stays and is found again.
      return false;
    } finally {
      await holder.run('SELECT pg_advisory_unlock($1, $2)', [LOCK_SPACE, lockKey(id)]).catch(() => undefined);
    }
  };

  const runHandler = async ({ id, topic, payload, attempts }: OutboxRow) => {
    try {
      await topics[topic]?.(payload, { id, attempts });
    } catch (error) {
      if (!(error instanceof NotYet)) onFailure?.({ id, topic, attempts: attempts + 1, error });
      await postpone(db, { id, attempts, error });
      return;
    }
    await db.query('UPDATE outbox SET done_at = now(), last_error = NULL WHERE id = $1', [id]);
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

interface OutboxRow {
  id: string;
  topic: string;
  payload: OutboxPayload;
  attempts: number;
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
  { names, running, limit }: { names: string[]; running: string[]; limit: number },
): Promise<string[]> {
  const rows = await session.run<{ id: string }>(
    `SELECT id FROM outbox WHERE done_at IS NULL AND run_after <= now() AND topic = ANY($1) AND id <> ALL($2::bigint[])
      ORDER BY run_after, id LIMIT $3`,
    [names, running, limit],
  );
  return rows.map(({ id }) => id);
}

async function tryLock(session: Session, id: string): Promise<boolean> {
  const rows = await session.run<{ held: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS held', [
    LOCK_SPACE,
    lockKey(id),
  ]);
  return rows[0]?.held === true;
}

/** Under the lock the row is read again: another process may have finished it meanwhile. */
async function claim(db: Database, id: string): Promise<OutboxRow | undefined> {
  const [row] = await db.query<OutboxRow>(
    'SELECT id, topic, payload, attempts FROM outbox WHERE id = $1 AND done_at IS NULL AND run_after <= now()',
    [id],
  );
  return row;
}

async function postpone(db: Database, { id, attempts, error }: { id: string; attempts: number; error: unknown }) {
  const isWaiting = error instanceof NotYet;
  const pauseMs = isWaiting ? error.retryMs : Math.min(FIRST_BACKOFF_MS * 2 ** attempts, LONGEST_BACKOFF_MS);
  await db.query(
    `UPDATE outbox SET attempts = attempts + $2, last_error = $3, run_after = now() + make_interval(secs => $4) WHERE id = $1`,
    [id, isWaiting ? 0 : 1, reasonOf(error), pauseMs / 1_000],
  );
}

/** A code or a class, never the message: messages may quote what is personal. */
function reasonOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
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
