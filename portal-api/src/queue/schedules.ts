// SPDX-License-Identifier: Apache-2.0
// Work that is done again and again. BullMQ's schedulers say when; each piece of work runs at most once at a time among
// all portals, at the start of each and then at every turn. A scheduler that the queue has lost is made again.
import {
  type CarriedJob,
  type Carrier,
  type JobQueue,
  noteFailure,
  ONCE,
  pause,
  type Release,
  type Span,
  type Tracer,
  UNTRACED,
  waitBriefly,
} from '@inkseal/service-kit';

export const SCHEDULE_QUEUE = 'inkseal-portal-schedule';

/** How often the schedulers are looked for. */
const KEEP_MS = 5_000;
/** A scheduler whose next turn is overdue by more is made again. */
const LATE_MS = 60_000;

export interface Schedule {
  everyMs: number;
  work: (now: Date) => Promise<unknown>;
}

export type Schedules = Readonly<Record<string, Schedule>>;

export interface SchedulesOptions {
  carrier: Carrier;
  tracer?: Tracer;
  schedules: Schedules;
  /** Settles with what ends the work again; undefined while another portal is at it. */
  take: (name: string) => Promise<Release | undefined>;
  /** Work that fails is done again at its next turn. */
  onFailure: (name: string, error: unknown) => void;
  onQueue: (error?: Error) => void;
}

export interface RunningSchedules {
  queue: JobQueue;
  /** Waits for the work under way. */
  stop(): Promise<void>;
}

export function startSchedules(options: SchedulesOptions): RunningSchedules {
  const { carrier, tracer = UNTRACED, schedules, take, onFailure, onQueue } = options;
  const running = new Set<string>();
  const names = Object.keys(schedules);
  const queue = carrier.openQueue(SCHEDULE_QUEUE);
  const worker = carrier.openWorker(SCHEDULE_QUEUE, ({ name }: CarriedJob) => run(name), { concurrency: names.length });
  for (const part of [queue, worker]) part.on('error', onQueue);

  async function run(name: string): Promise<void> {
    if (running.has(name)) return;
    running.add(name);
    const release = await take(name);
    try {
      if (release) await tracer.run({ name, kind: 'internal' }, (span) => attempt(name, span));
    } finally {
      await release?.();
      running.delete(name);
    }
  }

  async function attempt(name: string, span: Span): Promise<void> {
    try {
      await schedules[name]?.work(new Date());
    } catch (error) {
      noteFailure(span, error);
      onFailure(name, error);
    }
  }

  let isFirst = true;
  /** Work of this process's start is asked for once, whatever schedulers an earlier one has left. */
  const keep = async () => {
    for (const [name, { everyMs }] of Object.entries(schedules)) {
      const job = { name, data: {}, opts: ONCE };
      if (isFirst || (await isLost(name))) await queue.upsertJobScheduler(name, { every: everyMs }, job);
      if (isFirst) await queue.add(name, {}, { jobId: `start-${name}`, ...ONCE });
    }
    isFirst = false;
  };
  const isLost = async (name: string) => {
    const next = (await queue.getJobScheduler(name))?.next;
    return next === undefined || next < Date.now() - LATE_MS;
  };

  const stopping = new AbortController();
  const keeping = (async () => {
    while (!stopping.signal.aborted) {
      await keep().then(() => onQueue(), onQueue);
      await pause(KEEP_MS, stopping.signal);
    }
  })();
  return {
    queue,
    async stop() {
      stopping.abort();
      await waitBriefly(keeping);
      await worker.end();
      await queue.end();
    },
  };
}
