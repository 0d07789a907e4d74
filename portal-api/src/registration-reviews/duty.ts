// SPDX-License-Identifier: Apache-2.0
// How long staff may take: notice of the National Copyright Administration of 2011 on 作品登记. Both times count from acceptance.
import type { ListedRegistration } from '../registrations/index.ts';

const DAY_MS = 86_400_000;

/** Days to tell the applicant of all defects in the first review, and to finish with the second. */
export const REVIEW_DAYS = { INITIAL: 7, FINAL: 30 } as const;

/** In the last `soonDays` it is due soon. */
const DUTIES: Readonly<Partial<Record<ListedRegistration['state'], { limitDays: number; soonDays: number }>>> = {
  INITIAL_REVIEW: { limitDays: REVIEW_DAYS.INITIAL, soonDays: 2 },
  FINAL_REVIEW: { limitDays: REVIEW_DAYS.FINAL, soonDays: 7 },
};

export const STANDINGS = ['within', 'due-soon', 'overdue'] as const;

interface Duty {
  ageDays: number;
  limitDays: number;
  dueAt: string;
  standing: (typeof STANDINGS)[number];
}

/** Null where no review is awaited. */
export function dutyOf(
  { state, acceptedAt }: Pick<ListedRegistration, 'state' | 'acceptedAt'>,
  now = Date.now(),
): Duty | null {
  const duty = DUTIES[state];
  if (!duty || acceptedAt === null) return null;
  const { limitDays, soonDays } = duty;
  const acceptedMs = Date.parse(acceptedAt);
  const dueMs = acceptedMs + limitDays * DAY_MS;
  return {
    ageDays: Math.max(0, Math.floor((now - acceptedMs) / DAY_MS)),
    limitDays,
    dueAt: new Date(dueMs).toISOString(),
    standing: now > dueMs ? 'overdue' : now > dueMs - soonDays * DAY_MS ? 'due-soon' : 'within',
  };
}
