// SPDX-License-Identifier: Apache-2.0
// One leader among the processes on a database: whoever holds the session lock. When the session is lost, so is the
// lead, and the work stops until it is taken again. Two leaders at a time could do no harm: every step is guarded.
import { pause } from '@inkseal/service-kit';
import type { Logger } from 'pino';
import { tryAdvisoryLock } from '../db/advisory-locks.ts';
import { createNews } from '../news.ts';

const RETRY_MS = 1_000;

export interface Leader {
  isLeading(): boolean;
  stop(): Promise<void>;
}

export interface LeaderOptions {
  readonly databaseUrl: string;
  /** The leader's work; has to end soon after the signal. Called again whenever the lead is taken again. */
  readonly lead: (signal: AbortSignal) => Promise<void>;
  /** Told when another process leads. */
  readonly onFollowing: () => void;
  readonly log: Logger;
}

export function startLeader({ databaseUrl, lead, onFollowing, log }: LeaderOptions): Leader {
  const stopped = new AbortController();
  const news = createNews();
  let held: Awaited<ReturnType<typeof tryAdvisoryLock>>;

  async function term(): Promise<void> {
    held = await tryAdvisoryLock(databaseUrl, 'leader');
    if (!held) return onFollowing();
    log.info('leading');
    try {
      await lead(AbortSignal.any([stopped.signal, held.lost]));
    } finally {
      if (held.lost.aborted) log.warn('lead lost with the database connection');
      await held.release();
      held = undefined;
    }
  }

  // It is tried again every second: the same failure is logged once.
  function noteFailure(error: unknown): void {
    if (news.isNew('leading', String(error))) log.warn({ err: error }, 'leading failed, trying again');
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      await term().then(() => news.isOver('leading'), noteFailure);
      if (!stopped.signal.aborted) await pause(RETRY_MS, stopped.signal);
    }
  }

  const ended = run();
  return {
    isLeading: () => held !== undefined,
    stop: async () => {
      stopped.abort();
      await ended;
    },
  };
}
