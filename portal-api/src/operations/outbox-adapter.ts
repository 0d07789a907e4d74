// SPDX-License-Identifier: Apache-2.0
// The rows of the outbox in the shape in which bull-board shows a queue: parked rows are its failed jobs. It only
// reads, and never says what a row is about; what staff do to a row goes through queue-board.ts.
import { BaseAdapter } from '@bull-board/api/dist/queueAdapters/base.js';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';

type Job = Awaited<ReturnType<BaseAdapter['addJob']>>;
type State = 'waiting' | 'delayed' | 'failed';

/** The name of the queue on the board. */
export const OUTBOX = 'outbox';

const STATES: State[] = ['failed', 'delayed', 'waiting'];
const STATE = `CASE WHEN parked_at IS NOT NULL THEN 'failed' WHEN run_after > now() THEN 'delayed' ELSE 'waiting' END`;
const IS_OPEN = 'done_at IS NULL AND discarded_at IS NULL';
const rowsSchema = z.array(
  z.object({
    id: z.string(),
    topic: z.string(),
    state: z.enum(['waiting', 'delayed', 'failed']),
    createdAt: z.date(),
    parkedAt: z.date().nullable(),
    attempts: z.int(),
    lastError: z.string().nullable(),
  }),
);
const countsSchema = z.array(z.object({ state: z.enum(['waiting', 'delayed', 'failed']), count: z.int() }));

export class OutboxAdapter extends BaseAdapter {
  readonly #db: Database;

  constructor(db: Database) {
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
    return this.#rows(`${STATE} = ANY($1) ORDER BY id DESC OFFSET $2 LIMIT $3`, [states, start, end - start + 1]);
  }
  async getJob(id: string): Promise<Job | undefined> {
    return /^\d{1,18}$/.test(id) ? (await this.#rows('id = $1', [id]))[0] : undefined;
  }
  async getJobCounts() {
    const rows = await this.#db.query(
      `SELECT ${STATE} AS state, count(*)::int AS count FROM outbox WHERE ${IS_OPEN} GROUP BY 1`,
    );
    const counts = Object.fromEntries(countsSchema.parse(rows).map(({ state, count }) => [state, count]));
    return { failed: 0, delayed: 0, waiting: 0, ...counts };
  }

  async #rows(where: string, values: unknown[]): Promise<Job[]> {
    const rows = await this.#db.query(
      `SELECT id::text, topic, ${STATE} AS state, created_at AS "createdAt", parked_at AS "parkedAt", attempts,
              last_error AS "lastError"
         FROM outbox WHERE ${IS_OPEN} AND ${where}`,
      values,
    );
    return rowsSchema.parse(rows).map(jobOf);
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

function jobOf({ id, topic, state, createdAt, parkedAt, attempts, lastError }: z.output<typeof rowsSchema>[number]) {
  return {
    opts: {},
    getState: async () => state,
    toJSON: () => ({
      id,
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
