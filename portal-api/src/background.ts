// SPDX-License-Identifier: Apache-2.0
// The portal's background work: what transactions left in the outbox, and what is done again and again.
import type { JobQueue } from '@inkseal/service-kit';
import type { Logger } from 'pino';
import type { Sweeps } from './domain.ts';
import type { Platform } from './platform.ts';
import { startOutboxWorker, type Topics } from './queue/outbox-worker.ts';
import { SCHEDULE_QUEUE, type Schedules, startSchedules } from './queue/schedules.ts';
import { waitForRoom } from './queue/wait-for-room.ts';

const SWEEP_EVERY_MS = 30_000;

export interface BackgroundWork {
  topics: Topics;
  heavyTopics: readonly string[];
  sweeps: Sweeps;
  schedules: Schedules;
}

export interface Background {
  /** By name, to be shown to staff. */
  queues: Readonly<Record<string, JobQueue>>;
  isQueueUp(): boolean;
  /** Waits for the work under way. */
  stop(): Promise<void>;
}

export function startBackground(platform: Platform, work: BackgroundWork): Background {
  const { config, db, carrier, logger, tracer } = platform;
  const health = queueHealth(logger);
  const worker = startOutboxWorker({
    db,
    carrier,
    tracer,
    topics: waitForRoom(work.topics),
    heavyTopics: work.heavyTopics,
    limits: config.parking,
    onFailure: ({ error, ...job }) => logger.warn({ err: error, ...job }, 'outbox handler failed'),
    onParked: (job) => logger.error({ alert: 'parked-work', ...job }, 'work failed too often and waits for staff'),
    onQueue: health.report,
  });
  // Each by itself: while a provider or the ledger is down, the rest goes on.
  const schedules = startSchedules({
    carrier,
    tracer,
    schedules: { ...scheduled(work.sweeps), ...work.schedules },
    take: worker.takeWork,
    onFailure: (name, err) => logger.warn({ err, name }, 'will be tried again'),
    onQueue: health.report,
  });
  return {
    queues: { ...worker.queues, [SCHEDULE_QUEUE]: schedules.queue },
    isQueueUp: health.isUp,
    // One after the other: the worker's session holds the locks of what is scheduled.
    async stop() {
      await schedules.stop();
      await worker.stop();
    },
  };
}

function scheduled(sweeps: Sweeps): Schedules {
  return Object.fromEntries(Object.entries(sweeps).map(([name, work]) => [name, { everyMs: SWEEP_EVERY_MS, work }]));
}

/** BullMQ gave the job to another worker, as it may: it says nothing about the queue. */
const JOB_LOST = /^(Missing \w+ for job|could not renew lock)/i;

/** An outage repeats itself with every try: it is logged when it begins and when it is over. */
function queueHealth(logger: Logger) {
  let isUp = true;
  return {
    isUp: () => isUp,
    report(error?: Error) {
      if (error && JOB_LOST.test(error.message)) return;
      if (isUp && error) logger.warn({ err: error }, 'the queue is down; work waits in its rows');
      if (!isUp && !error) logger.info('the queue is up again');
      isUp = error === undefined;
    },
  };
}
