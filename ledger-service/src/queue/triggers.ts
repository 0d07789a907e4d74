// SPDX-License-Identifier: Apache-2.0
// The queue carries triggers and retries, never the truth: the rows say what is to be done, and a sweep finds it
// without any queue. So a queue that is down delays work that other processes ask for by a second, and loses nothing.
import { type CarriedJob, type Carrier, type JobOptions, type JobWorker, openCarrier } from '@inkseal/service-kit';
import type { Logger } from 'pino';
import { STEPS, type Step } from './step.ts';

const QUEUE_NAME = 'inkseal-ledger';
const PULSE_MS = 5_000;
/** After an error of the queue. */
const LOOK_AGAIN_MS = 1_000;
const CONCURRENCY = 4;
/** One to listen on while it leads, and some to ask and to take. */
const CONNECTIONS = 5;

export interface Triggers {
  /** Asks whoever leads to run the step. Never throws. */
  ask(step: Step): void;
  /** Takes triggers from now on, as the leader does. */
  work(run: (step: Step) => Promise<void>): Promise<void>;
  /** Stops taking triggers. */
  stopWork(): Promise<void>;
  isUp(): boolean;
  /** On PostgreSQL, for figures. */
  readonly pool: Carrier['pool'];
  stop(): Promise<void>;
}

export interface TriggersOptions {
  /** Without it the queue lives in the ledger's own database. */
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
  /** Of its pool on PostgreSQL. */
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
    if (!isUp) lookAgain();
  };
  let looking: NodeJS.Timeout | undefined;
  let isStopped = false;
  // A process that follows takes no jobs and may be asked for nothing: nobody else would tell it that the queue is back.
  const lookAgain = () => {
    if (isStopped) return;
    looking ??= setTimeout(() => {
      looking = undefined;
      void attempt(queue.getJobScheduler(`pulse-${STEPS[0]}`));
    }, LOOK_AGAIN_MS).unref();
  };
  const attempt = (work: Promise<unknown>): Promise<void> => work.then(() => report(undefined), report);
  const carrier = openCarrier({
    redisUrl: options.redisUrl,
    databaseUrl: options.databaseUrl,
    maxConnections: options.maxConnections ?? CONNECTIONS,
    prefix: 'bull',
  });
  const queue = carrier.openQueue(QUEUE_NAME);
  queue.on('error', report);
  let worker: JobWorker | undefined;

  const schedule = (step: Step) =>
    queue.upsertJobScheduler(`pulse-${step}`, { every: options.pulseMs ?? PULSE_MS }, pulse(step));

  async function work(run: (step: Step) => Promise<void>): Promise<void> {
    const take = async ({ name }: CarriedJob) => {
      report(undefined);
      if (isStep(name)) await run(name);
    };
    worker = carrier.openWorker(QUEUE_NAME, take, { concurrency: CONCURRENCY });
    worker.on('error', report);
    // closeBatch was called `seal` until November 2026.
    const forgetOldName = () => queue.removeJobScheduler('pulse-seal');
    void attempt(queue.waitUntilReady().then(() => Promise.all([forgetOldName(), ...STEPS.map(schedule)])));
  }

  async function stopWork(): Promise<void> {
    const stopped = worker;
    worker = undefined;
    await stopped?.close(true).catch(() => undefined);
    // On PostgreSQL a forced close leaves the wait for the next job running, until the next pulse is due.
    if (options.redisUrl === undefined) await stopped?.disconnect().catch(() => undefined);
  }

  return {
    ask: (step) => void attempt(queue.add(step, {}, { jobId: `${step}-now`, ...SHORT_LIVED })),
    work,
    stopWork,
    isUp: () => isUp,
    pool: carrier.pool,
    stop: async () => {
      isStopped = true;
      clearTimeout(looking);
      await stopWork();
      await queue.end();
      await carrier.close();
    },
  };
}

/** Nothing is kept of a job that is over; one that fails is tried a few times, then the sweep has found its work. */
const SHORT_LIVED: JobOptions = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: 3,
  backoff: { type: 'exponential', delay: 500 },
};

const pulse = (step: Step) => ({ name: step, data: {}, opts: SHORT_LIVED });

const isStep = (name: string): name is Step => STEPS.some((step) => step === name);
