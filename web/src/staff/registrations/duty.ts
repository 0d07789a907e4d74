// SPDX-License-Identifier: Apache-2.0
// How long staff have been taking, beside what they are allowed: 国家版权局 notice of 2011 on 作品登记.
import type { StaffRegistrationSummary } from '../../api/staff.ts';

const DAY_MS = 86_400_000;
/** Days from acceptance: to tell of all defects, and to finish. */
const LIMIT_DAYS = { INITIAL_REVIEW: 7, FINAL_REVIEW: 30 } as const;

export interface Duty {
  limitDays: number;
  overdueDays: number;
  /** `early`: less than half of the time has passed. */
  age: 'early' | 'due' | 'overdue';
}

/** Undefined where nobody of staff is awaited. */
export function dutyOf(
  { state, acceptedAt, waitingSince }: Pick<StaffRegistrationSummary, 'state' | 'acceptedAt' | 'waitingSince'>,
  now: number,
): Duty | undefined {
  if (state !== 'INITIAL_REVIEW' && state !== 'FINAL_REVIEW') return undefined;
  const limitDays = LIMIT_DAYS[state];
  const days = (now - Date.parse(acceptedAt ?? waitingSince)) / DAY_MS;
  const overdueDays = Math.max(0, Math.ceil(days - limitDays));
  return { limitDays, overdueDays, age: overdueDays > 0 ? 'overdue' : days < limitDays / 2 ? 'early' : 'due' };
}
