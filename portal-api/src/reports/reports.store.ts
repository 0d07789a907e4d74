// SPDX-License-Identifier: Apache-2.0
// Registrations that await a review now.
import type { Db } from '../db/database.ts';
import { REVIEW_DAYS } from '../registration-reviews/index.ts';
import type { Waiting } from './reports.schema.ts';

const DAY_MS = 86_400_000;

export async function waitingNow(db: Db, now = Date.now()): Promise<{ initial: Waiting; final: Waiting }> {
  const waiting = async (state: 'INITIAL_REVIEW' | 'FINAL_REVIEW', limitDays: number): Promise<Waiting> => {
    const overdue = { state, acceptedAt: { lt: new Date(now - limitDays * DAY_MS) } };
    return {
      waiting: await db.registration.count({ where: { state } }),
      overdue: await db.registration.count({ where: overdue }),
    };
  };
  return {
    initial: await waiting('INITIAL_REVIEW', REVIEW_DAYS.INITIAL),
    final: await waiting('FINAL_REVIEW', REVIEW_DAYS.FINAL),
  };
}
