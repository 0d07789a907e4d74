// SPDX-License-Identifier: Apache-2.0
// The rows of the outbox in the shape in which bull-board shows a queue: parked rows are its failed jobs. It only
// reads, and never says what a row is about; what staff do to a row goes through queue-board.ts.
import { BaseAdapter } from '@bull-board/api/dist/queueAdapters/base.js';
import { databaseNow } from '../db/clock.sql.ts';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { OUTBOX } from './parked-work.ts';

type Job = Awaited<ReturnType<BaseAdapter['addJob']>>;
type State = 'waiting' | 'delayed' | 'failed';

const STATES: State[] = ['failed', 'delayed', 'waiting'];
const IS_OPEN = { doneAt: null, discardedAt: null } satisfies Prisma.OutboxWhereInput;
const SHOWN = {
  id: true,
  topic: true,
  createdAt: true,
  runAfter: true,
  parkedAt: true,
  attempts: true,
  lastError: true,
} satisfies Prisma.OutboxSelect;

type Row = Prisma.OutboxGetPayload<{ select: typeof SHOWN }>;

export class OutboxAdapter extends BaseAdapter {
  readonly #db: Db;

  constructor(db: Db) {
    super('bullmq', { description: 'Rows of the outbox; failed ones are parked', allowRetries: true });
    this.#db = db;
  }

  getName(): string {
    return OUTBOX;
  }
  getStatuses(): ('latest' | State)[] {
    return ['latest', ...STATES];
  }
  getJobStatuses(): State[] {
    return STATES;
  }

  async getJobs(states: string[], start = 0, end = 9): Promise<Job[]> {
    const now = await databaseNow(this.#db);
    const rows = await this.#db.outbox.findMany({
      where: { ...IS_OPEN, OR: STATES.filter((state) => states.includes(state)).map((state) => isIn(state, now)) },
      select: SHOWN,
      orderBy: { id: 'desc' },
      skip: start,
      take: end - start + 1,
    });
    return rows.map((row) => jobOf(row, now));
  }
  async getJob(id: string): Promise<Job | undefined> {
    if (!/^\d{1,18}$/.test(id)) return undefined;
    const row = await this.#db.outbox.findUnique({ where: { id: BigInt(id), ...IS_OPEN }, select: SHOWN });
    return row ? jobOf(row, await databaseNow(this.#db)) : undefined;
  }
  async getJobCounts() {
    const now = await databaseNow(this.#db);
    const count = (state: State) => this.#db.outbox.count({ where: { ...IS_OPEN, ...isIn(state, now) } });
    return { failed: await count('failed'), delayed: await count('delayed'), waiting: await count('waiting') };
  }

  // A row has neither logs nor schedulers nor limits.
  getJobLogs = async (): Promise<string[]> => [];
  getJobSchedulers = async () => [];
  getJobSchedulersCount = async () => 0;
  isPaused = async () => false;
  getGlobalConcurrency = async () => null;
  getRedisInfo = async () => null;
  getMetrics = async () => ({ meta: { count: 0, prevTS: 0, prevCount: 0 }, data: [], count: 0 });

  // The board refuses the routes to these; nothing else may reach them either.
  addJob = refuse;
  clean = refuse;
  pause = refuse;
  resume = refuse;
  empty = refuse;
  obliterate = refuse;
  promoteAll = refuse;
  removeJobScheduler = refuse;
  updateJobScheduler = refuse;
  runJobSchedulerNow = refuse;
  setGlobalConcurrency = refuse;
}

async function refuse(): Promise<never> {
  throw new DomainError('forbidden');
}

function isIn(state: State, now: Date): Prisma.OutboxWhereInput {
  if (state === 'failed') return { parkedAt: { not: null } };
  return { parkedAt: null, runAfter: state === 'delayed' ? { gt: now } : { lte: now } };
}

function stateOf({ parkedAt, runAfter }: Row, now: Date): State {
  if (parkedAt) return 'failed';
  return runAfter > now ? 'delayed' : 'waiting';
}

function jobOf(row: Row, now: Date) {
  const { id, topic, createdAt, parkedAt, attempts, lastError } = row;
  return {
    opts: {},
    getState: async () => stateOf(row, now),
    toJSON: () => ({
      id: String(id),
      name: topic,
      data: {},
      opts: {},
      progress: 0,
      attemptsMade: attempts,
      timestamp: createdAt.getTime(),
      processedOn: parkedAt?.getTime() ?? null,
      finishedOn: parkedAt?.getTime() ?? null,
      failedReason: lastError ?? '',
      stacktrace: [],
      returnvalue: null,
    }),
    promote: refuse,
    remove: refuse,
    retry: refuse,
  };
}
