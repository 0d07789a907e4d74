// SPDX-License-Identifier: Apache-2.0
// The two reviews of a registration, by different people: where each waits, and whose it is.
import type { Role, StaffRegistration } from '../../api/staff.ts';

export type Level = 'INITIAL' | 'FINAL';

export const WAITING_AT = { INITIAL: 'INITIAL_REVIEW', FINAL: 'FINAL_REVIEW' } as const;
export const REVIEWER_OF: Readonly<Record<Level, Role>> = { INITIAL: 'reviewer', FINAL: 'senior-reviewer' };
export const QUEUE_PATH = { INITIAL: '/staff/registrations/initial', FINAL: '/staff/registrations/final' } as const;
export const QUEUE_KEY = 'staff-registrations';

/** Which review awaits it; undefined if none does. */
export function levelOf({ state }: Pick<StaffRegistration, 'state'>): Level | undefined {
  if (state === WAITING_AT.INITIAL) return 'INITIAL';
  return state === WAITING_AT.FINAL ? 'FINAL' : undefined;
}
