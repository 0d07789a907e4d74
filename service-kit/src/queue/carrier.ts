// SPDX-License-Identifier: Apache-2.0
// Opens BullMQ's queues and workers: on Redis when there is one, else on PostgreSQL, over one pool for the process.
// What they carry may be lost at any time: the rows of the service say what is to be done.
import { Queue, Worker } from 'bullmq';
import type pg from 'pg';
import { waitBriefly } from '../pause.ts';
import { createGuardedBackend, openQueuePool } from './guarded-backend.ts';

/** A worker that was killed loses its jobs after the lock and one or two checks: work goes on within 10 s. */
const LOCK_MS = 4_000;
const STALLED_CHECK_MS = 1_500;
/** How often a job may change hands: only rows decide that work has failed. */
const ANY_NUMBER = 2 ** 31 - 1;
const RETRY_MS = 1_000;

export interface CarrierOptions {
  /** Without it the queues live in the database. */
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
  /** Keeps installations apart that share a Redis. */
  readonly prefix: string;
  /** Of the pool on PostgreSQL; each worker keeps one to listen on. */
  readonly maxConnections: number;
}

export interface Carrier {
  openQueue(name: string): JobQueue;
  openWorker(name: string, take: (job: CarriedJob) => Promise<void>, options: { concurrency: number }): JobWorker;
  /** On PostgreSQL, for figures. */
  readonly pool: pg.Pool | undefined;
  /** After all queues and workers have been closed. */
  close(): Promise<void>;
}

export interface CarriedJob {
  readonly name: string;
  readonly data: unknown;
}

/** What both backends of a queue have in common, as far as it is used here. */
export interface JobQueue {
  add(name: string, data: object, options: JobOptions & { jobId: string }): Promise<unknown>;
  upsertJobScheduler(id: string, repeat: { every: number }, job: ScheduledJob): Promise<unknown>;
  removeJobScheduler(id: string): Promise<unknown>;
  getJobScheduler(id: string): Promise<{ next?: number } | undefined>;
  getJob(id: string): Promise<unknown>;
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** Never waits long, even when the queue is down: whatever it still has, it gives to the next process. */
  end(): Promise<void>;
}

export interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** The queue has forgotten the job. */
  on(event: 'completed' | 'failed', listener: (job: CarriedJob | undefined) => void): unknown;
  /** Takes no more jobs, and waits for those under way; not long for the queue itself. */
  end(): Promise<void>;
  /** Does not wait for jobs when forced. */
  close(isForced?: boolean): Promise<unknown>;
  disconnect(): Promise<unknown>;
}

export interface JobOptions {
  readonly removeOnComplete: true;
  readonly removeOnFail: true;
  readonly attempts: number;
  readonly backoff?: { readonly type: 'exponential'; readonly delay: number };
}

export interface ScheduledJob {
  readonly name: string;
  readonly data: object;
  readonly opts: JobOptions;
}

/** Nothing is kept of a job that is over, and none is tried again: that is up to its row. */
export const ONCE: JobOptions = Object.freeze({ removeOnComplete: true, removeOnFail: true, attempts: 1 });

export function openCarrier(options: CarrierOptions): Carrier {
  return options.redisUrl === undefined ? onPostgres(options) : onRedis(options.redisUrl, options.prefix);
}

function onPostgres({ databaseUrl, maxConnections }: CarrierOptions): Carrier {
  const connection = openQueuePool(databaseUrl, maxConnections);
  return {
    openQueue: (name) => endable(new Queue(name, { connection }, createGuardedBackend)),
    openWorker: (name, take, { concurrency }) =>
      tracked(take, (run) => new Worker(name, run, { ...WORKER, connection, concurrency }, createGuardedBackend)),
    pool: connection,
    close: () => waitBriefly(connection.end()),
  };
}

function onRedis(url: string, prefix: string): Carrier {
  // A worker waits on its connection without limit: refused at once, it would ask again without a pause, and nothing else
  // in this process would get a turn. A command of a queue must not wait for a Redis that is down.
  const waiting = { url, maxRetriesPerRequest: null };
  const connection = { ...waiting, enableOfflineQueue: false };
  return {
    openQueue: (name) => endable(new Queue(name, { connection, prefix })),
    openWorker: (name, take, { concurrency }) =>
      tracked(take, (run) => new Worker(name, run, { ...WORKER, connection: waiting, prefix, concurrency })),
    pool: undefined,
    close: async () => undefined,
  };
}

const WORKER = {
  lockDuration: LOCK_MS,
  stalledInterval: STALLED_CHECK_MS,
  maxStalledCount: ANY_NUMBER,
  runRetryDelay: RETRY_MS,
};

type Take = (job: CarriedJob) => Promise<void>;

/** Knows which jobs are under way: a worker whose queue is down cannot tell. */
function tracked<W extends Omit<JobWorker, 'end'>>(take: Take, open: (run: Take) => W): W & JobWorker {
  const running = new Set<Promise<void>>();
  const worker = open((job) => {
    const run = take(job).finally(() => running.delete(run));
    running.add(run);
    return run;
  });
  return Object.assign(worker, {
    async end() {
      const closed = worker.close();
      while (running.size > 0) await Promise.allSettled(running);
      await waitBriefly(closed);
    },
  });
}

function endable<Q extends { close(): Promise<unknown> }>(queue: Q): Q & { end(): Promise<void> } {
  return Object.assign(queue, { end: () => waitBriefly(queue.close()) });
}
