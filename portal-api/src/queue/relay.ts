// SPDX-License-Identifier: Apache-2.0
// Puts a job on the queue for each row of the outbox that is due. It hears of new rows at once, waits for the time of
// those that are for later, and looks for itself now and then: notifications are lost while the session is down. A job
// that the queue has lost is put there again.
import { type ListeningSession, pause, waitBriefly } from '@inkseal/service-kit';
import { type DueRow, findDue, nextDueMs } from './outbox.sql.ts';

const POLL_MS = 2_000;
/** A job that has not come to its end by then is added again; as long as the queue has it, that changes nothing. */
const CARRY_MS = 5_000;
const MAX_CARRIED = 200;

export interface RelayOptions {
  session: ListeningSession;
  /** Rows of other topics are left alone. */
  topics: readonly string[];
  add(row: DueRow): Promise<unknown>;
  onError(error: Error): void;
}

export interface Relay {
  /** There may be something to do. */
  wake(): void;
  /** The row's job has come to its end. */
  settle(id: string): void;
  stop(): Promise<void>;
}

export function startRelay({ session, topics, add, onError }: RelayOptions): Relay {
  const carried = new Map<string, { since: number; isSuspect: boolean }>();
  let isStopping = false;
  let alarm = new AbortController();

  const loop = async () => {
    while (!isStopping) {
      alarm = new AbortController();
      const waitMs = await carryDue().catch((error: Error) => {
        onError(error);
        return POLL_MS;
      });
      await pause(waitMs, alarm.signal);
    }
  };

  /** How long to wait for the next row. */
  const carryDue = async (): Promise<number> => {
    forgetOverdue();
    const free = MAX_CARRIED - carried.size;
    if (topics.length === 0 || free <= 0) return POLL_MS;
    const due = await findDue(session, { topics, carried: [...carried.keys()], limit: free });
    await Promise.all(due.filter(isNext).map(carry));
    return Math.min(POLL_MS, (await nextDueMs(session, topics)) ?? POLL_MS);
  };

  const forgetOverdue = () => {
    const overdue = Date.now() - CARRY_MS;
    for (const [id, { since }] of carried) if (since < overdue) carried.delete(id);
  };

  /** What ran when the process ended is tried one row at a time: so the row that ends it drags no other one along. */
  const isNext = ({ id, isSuspect }: DueRow): boolean => {
    if (isSuspect && [...carried.values()].some((each) => each.isSuspect)) return false;
    carried.set(id, { since: Date.now(), isSuspect });
    return true;
  };

  const carry = (row: DueRow) =>
    add(row).catch((error: unknown) => {
      carried.delete(row.id);
      throw error;
    });

  const wake = () => alarm.abort();
  const done = loop();
  return {
    wake,
    settle(id) {
      carried.delete(id);
      wake();
    },
    async stop() {
      isStopping = true;
      wake();
      await waitBriefly(done);
    },
  };
}
