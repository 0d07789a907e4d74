// SPDX-License-Identifier: Apache-2.0
// Runs what transactions left in the outbox. A row is the truth and stays until its handler is through; BullMQ only
// carries its id to a worker, and may lose, repeat or delay that. Every handler may run twice: after a kill, or when
// the session that holds the rows' locks is lost.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CarriedJob,
  type Carrier,
  type JobQueue,
  type JobWorker,
  type NewSpan,
  noteFailure,
  ONCE,
  parseTraceparent,
  type Span,
  type Tracer,
  UNTRACED,
} from '@inkseal/service-kit';
import type { Database, OutboxPayload } from '../db/database.ts';
import { attemptOutcome } from './failures.ts';
import { claim, type DueRow, type OutboxRow } from './outbox.sql.ts';
import { finish, isSuspect, type ParkedRow, type ParkingLimits, parkExhausted, putBack } from './outbox-rows.ts';
import { createOutboxSession, type OutboxSession } from './outbox-session.ts';
import { startRelay } from './relay.ts';

export { NotYet, PartMissing } from './failures.ts';

/** An attempt whose end cannot be written, for the database is unreachable, is written when it is back. */
const SETTLE_AGAIN_MS = 1_000;
const CONCURRENCY = 4;
/** Each takes much memory and processor time. */
const HEAVY_CONCURRENCY = 2;

export type TopicHandler = (payload: OutboxPayload, job: { id: string; attempts: number }) => Promise<void>;
export type Topics = Readonly<Record<string, TopicHandler>>;

export interface OutboxWorkerOptions {
  db: Database;
  carrier: Carrier;
  /** Each attempt is part of the trace in which its row was written. */
  tracer?: Tracer;
  topics: Topics;
  /** Topics with a queue for themselves, so that they keep nothing else waiting. */
  heavyTopics?: readonly string[];
  /** Handlers of other topics at the same time. */
  concurrency?: number;
  limits?: ParkingLimits;
  /** Called for each attempt that failed, and for each that met an outage. */
  onFailure?: (failure: { id: string; topic: string; attempts: number; error: unknown }) => void;
  /** Called when work has used up its attempts: it waits for staff from now on. */
  onParked?: (row: ParkedRow) => void;
  /** Called when the queue fails, and with nothing when it works. */
  onQueue?: (error?: Error) => void;
}

export interface OutboxWorker {
  /** By name, to be shown to staff. */
  queues: Readonly<Record<string, JobQueue>>;
  /** Settles with what ends the work again; undefined while any portal is at work that is called so. */
  takeWork: OutboxSession['takeWork'];
  /** Waits for the running handlers; what is left stays in the outbox. */
  stop(): Promise<void>;
}

export const PARKING_LIMITS: ParkingLimits = Object.freeze({ maxAttempts: 10, maxInterrupted: 5 });
export const WORK_QUEUE = 'inkseal-portal-work';
export const HEAVY_QUEUE = 'inkseal-portal-heavy';

export function startOutboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const { db, carrier, topics, heavyTopics = [], concurrency = CONCURRENCY, onQueue } = options;
  let isStopping = false;
  const session = createOutboxSession(db.url, () => relay.wake());
  const attempt = createAttempt(options, session, () => isStopping);
  const take = async ({ data }: CarriedJob) => {
    if (!isStopping) await attempt(rowIdOf(data));
  };

  const queues = { [WORK_QUEUE]: carrier.openQueue(WORK_QUEUE), [HEAVY_QUEUE]: carrier.openQueue(HEAVY_QUEUE) };
  const workers = [
    carrier.openWorker(WORK_QUEUE, take, { concurrency }),
    carrier.openWorker(HEAVY_QUEUE, take, { concurrency: HEAVY_CONCURRENCY }),
  ];
  const relay = startRelay({
    session: session.session,
    topics: Object.keys(topics),
    add: async (row) => {
      await queues[heavyTopics.includes(row.topic) ? HEAVY_QUEUE : WORK_QUEUE]?.add(...jobOf(row));
      onQueue?.();
    },
    onError: (error) => onQueue?.(error),
  });
  watch([...Object.values(queues), ...workers], (error) => onQueue?.(error));
  for (const worker of workers) whenSettled(worker, relay.settle);

  return {
    queues,
    takeWork: session.takeWork,
    async stop() {
      isStopping = true;
      await relay.stop();
      await Promise.all(workers.map((worker) => worker.end()));
      await session.end();
      await Promise.all(Object.values(queues).map((queue) => queue.end()));
    },
  };
}

/** The id changes with each attempt that counts, so a job of an earlier one is never in the way. */
function jobOf({ id, topic, attempts }: DueRow) {
  return [topic, { row: id }, { jobId: `outbox-${id}-${attempts + 1}`, ...ONCE }] as const;
}

function rowIdOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'row' in data ? String(data.row) : '0';
}

function watch(parts: readonly (JobQueue | JobWorker)[], onError: (error: Error) => void): void {
  for (const part of parts) part.on('error', onError);
}

/** Only then may the same id be added again. */
function whenSettled(worker: JobWorker, settle: (id: string) => void): void {
  const onEnd = (job: CarriedJob | undefined) => job && settle(rowIdOf(job.data));
  worker.on('completed', onEnd);
  worker.on('failed', onEnd);
}

/** Runs the handler of one row, under the row's lock, and writes what came of it. */
function createAttempt(
  { db, tracer = UNTRACED, topics, limits = PARKING_LIMITS, onFailure, onParked }: OutboxWorkerOptions,
  session: OutboxSession,
  isStopping: () => boolean,
): (id: string) => Promise<void> {
  const parkIfExhausted = async (id: string) => {
    const parked = await parkExhausted(db.prisma, id, limits);
    if (parked) onParked?.(parked);
  };
  const handle = async (row: OutboxRow, span: Span) => {
    const { id, topic, payload, attempts } = row;
    try {
      await topics[topic]?.(payload, { id, attempts });
    } catch (error) {
      const outcome = attemptOutcome(error);
      if (outcome !== 'waiting') {
        noteFailure(span, error);
        onFailure?.({ id, topic, attempts, error });
      }
      await settle(() => putBack(db.prisma, row, error), isStopping);
      if (outcome === 'failed') await parkIfExhausted(id);
      return;
    }
    await settle(() => finish(db.prisma, id), isStopping);
  };
  const claimAndHandle = async (id: string) => {
    const row = await claim(db.prisma, id, limits);
    if (row) await tracer.run(spanOf(row), (span) => handle(row, span));
    else await parkIfExhausted(id);
  };
  return (id) =>
    holding(session.takeRow(id), async () => {
      if (await isSuspect(db.prisma, id)) await holding(session.takeSuspect(), () => claimAndHandle(id));
      else await claimAndHandle(id);
    });
}

const spanOf = ({ topic, traceparent }: OutboxRow): NewSpan => ({
  name: `process ${topic}`,
  kind: 'consumer',
  facts: { 'messaging.destination.name': topic },
  parent: parseTraceparent(traceparent),
});

/** Does nothing while somebody else holds what was asked for: the row stays due, and the relay brings it again. */
async function holding(taken: ReturnType<OutboxSession['takeRow']>, work: () => Promise<void>): Promise<void> {
  const release = await taken;
  if (!release) return;
  try {
    await work();
  } finally {
    await release();
  }
}

/** Writes how an attempt ended. While the database is unreachable it waits: an attempt without an end counts as interrupted. */
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
