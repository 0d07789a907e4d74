// SPDX-License-Identifier: Apache-2.0
// The queue carries triggers and retries, never the truth: the rows say what is to be done, and a sweep finds it
// without any queue. So a queue that is down delays work that other processes ask for by a second, and loses nothing.
import { databaseConfig } from '@inkseal/service-kit';
import { type ConnectionOptions, Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { createGuardedBackend } from './postgres-backend.ts';
import { STEPS, type Step } from './steps.ts';

const QUEUE_NAME = 'inkseal-ledger';
const PULSE_MS = 5_000;

export interface Triggers {
  /** Asks whoever leads to run the step. Never throws. */
  ask(step: Step): void;
  /** Takes triggers from now on, as the leader does. */
  work(run: (step: Step) => Promise<void>): Promise<void>;
  /** Stops taking triggers. */
  rest(): Promise<void>;
  isUp(): boolean;
  stop(): Promise<void>;
}

export interface TriggersOptions {
  /** Without it the queue lives in the ledger's own database. */
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
  /** Of each of its two pools on PostgreSQL. */
  readonly maxConnections?: number;
  /** A slow pulse of the queue's own, which also shows that it is alive. */
  readonly pulseMs?: number;
  readonly log: Logger;
}

export function createTriggers(options: TriggersOptions): Triggers {
  let isUp = true;
  const report = (error: Error | undefined) => {
    if (isUp && error) options.log.warn({ err: error }, 'queue down');
    if (!isUp && !error) options.log.info('queue up');
    isUp = error === undefined;
  };
  const attempt = (work: Promise<unknown>): Promise<void> => work.then(() => report(undefined), report);
  const queue: JobQueue = openQueue(options);
  queue.on('error', report);
  let worker: JobWorker | undefined;

  const schedule = (step: Step) =>
    queue.upsertJobScheduler(`pulse-${step}`, { every: options.pulseMs ?? PULSE_MS }, pulse(step));

  async function work(run: (step: Step) => Promise<void>): Promise<void> {
    worker = openWorker(options, async (step) => {
      report(undefined);
      await run(step);
    });
    worker.on('error', report);
    void attempt(queue.waitUntilReady().then(() => Promise.all(STEPS.map(schedule))));
  }

  async function rest(): Promise<void> {
    const resting = worker;
    worker = undefined;
    await resting?.close(true).catch(() => undefined);
    // On PostgreSQL a forced close leaves the wait for the next job running, until the next pulse is due.
    if (options.redisUrl === undefined) await resting?.disconnect().catch(() => undefined);
  }

  return {
    ask: (step) => void attempt(queue.add(step, {}, { jobId: `${step}-now`, ...SHORT_LIVED })),
    work,
    rest,
    isUp: () => isUp,
    stop: async () => {
      await rest();
      await queue.close().catch(() => undefined);
    },
  };
}

/** What both backends of the queue have in common, as far as it is used here. */
interface JobQueue {
  add(name: string, data: object, options: typeof SHORT_LIVED & { jobId: string }): Promise<unknown>;
  upsertJobScheduler(id: string, repeat: { every: number }, job: ReturnType<typeof pulse>): Promise<unknown>;
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<unknown>;
}

interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(isForced: boolean): Promise<unknown>;
  disconnect(): Promise<unknown>;
}

/** Nothing is kept of a job that is over; one that fails is tried a few times, then the sweep has found its work. */
const SHORT_LIVED = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: 3,
  backoff: { type: 'exponential', delay: 500 },
} as const;

const pulse = (step: Step) => ({ name: step, data: {}, opts: SHORT_LIVED });

const isStep = (name: string): name is Step => STEPS.some((step) => step === name);

function openQueue(options: TriggersOptions): JobQueue {
  if (options.redisUrl !== undefined) return new Queue(QUEUE_NAME, { connection: redisConnection(options.redisUrl) });
  return new Queue(QUEUE_NAME, { connection: databaseConnection(options) }, createGuardedBackend);
}

function openWorker(options: TriggersOptions, run: (step: Step) => Promise<void>): JobWorker {
  const take = async ({ name }: { name: string }): Promise<void> => {
    if (isStep(name)) await run(name);
  };
  if (options.redisUrl !== undefined)
    return new Worker(QUEUE_NAME, take, { connection: redisConnection(options.redisUrl), concurrency: 4 });
  const connection = databaseConnection(options);
  return new Worker(QUEUE_NAME, take, { connection, concurrency: 4 }, createGuardedBackend);
}

function databaseConnection({ databaseUrl, maxConnections = 2 }: TriggersOptions) {
  return { ...databaseConfig(databaseUrl), max: maxConnections, migrate: true };
}

/** A worker waits on its connection for ever; a command must not wait for a Redis that is away. */
function redisConnection(url: string): ConnectionOptions {
  return { url, maxRetriesPerRequest: null, enableOfflineQueue: false };
}
