// SPDX-License-Identifier: Apache-2.0
// An application to register the copyright of a work (版权登记): its states, who moves it, and what its owner may do in each.
import { z } from 'zod';
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';

export const REGISTRATION_STATES = [
  'DRAFT',
  'AWAITING_PAYMENT',
  'INITIAL_REVIEW',
  'INITIAL_RETURNED',
  'FINAL_REVIEW',
  'FINAL_RETURNED',
  'REGISTERING',
  'REGISTERED',
  'NOT_REGISTERED',
  'WITHDRAWN',
  'REVOKED',
] as const;

export type RegistrationState = (typeof REGISTRATION_STATES)[number];

export const registrationStateSchema = z.enum(REGISTRATION_STATES);

/** No registration leaves these, except that one may be revoked. */
export const ENDED = ['REGISTERED', 'NOT_REGISTERED', 'WITHDRAWN', 'REVOKED'] as const;

type RegistrationEvent =
  | 'submit'
  | 'submit-free'
  | 'pay'
  | 'pass'
  | 'return'
  | 'refuse'
  | 'resubmit'
  | 'approve'
  | 'register'
  | 'withdraw'
  | 'revoke';

export const registrationMachine: Machine<
  RegistrationState,
  RegistrationEvent,
  Prisma.RegistrationUpdateManyMutationInput
> = {
  name: 'registration',
  records: (db) => db.registration,
  transitions: [
    { from: ['DRAFT'], event: 'submit', to: 'AWAITING_PAYMENT' },
    { from: ['DRAFT'], event: 'submit-free', to: 'INITIAL_REVIEW' },
    { from: ['AWAITING_PAYMENT'], event: 'pay', to: 'INITIAL_REVIEW' },
    { from: ['INITIAL_REVIEW'], event: 'pass', to: 'FINAL_REVIEW' },
    { from: ['INITIAL_REVIEW'], event: 'return', to: 'INITIAL_RETURNED' },
    { from: ['FINAL_REVIEW'], event: 'return', to: 'FINAL_RETURNED' },
    { from: ['INITIAL_REVIEW', 'FINAL_REVIEW'], event: 'refuse', to: 'NOT_REGISTERED' },
    // Whoever returned it looks at it again.
    { from: ['INITIAL_RETURNED'], event: 'resubmit', to: 'INITIAL_REVIEW' },
    { from: ['FINAL_RETURNED'], event: 'resubmit', to: 'FINAL_REVIEW' },
    { from: ['FINAL_REVIEW'], event: 'approve', to: 'REGISTERING' },
    { from: ['REGISTERING'], event: 'register', to: 'REGISTERED' },
    {
      from: ['AWAITING_PAYMENT', 'INITIAL_REVIEW', 'INITIAL_RETURNED', 'FINAL_REVIEW', 'FINAL_RETURNED'],
      event: 'withdraw',
      to: 'WITHDRAWN',
    },
    { from: ['REGISTERED'], event: 'revoke', to: 'REVOKED' },
  ],
};

export const RETURNED: readonly RegistrationState[] = ['INITIAL_RETURNED', 'FINAL_RETURNED'];
export const EDITABLE: readonly RegistrationState[] = ['DRAFT', ...RETURNED];
/** Staff sees nothing that was never submitted, or not paid. */
export const REVIEWABLE: readonly RegistrationState[] = REGISTRATION_STATES.filter(
  (state) => state !== 'DRAFT' && state !== 'AWAITING_PAYMENT',
);

export const ACTIONS = ['edit', 'submit', 'pay', 'withdraw', 'resubmit', 'delete', 'download'] as const;

type Action = (typeof ACTIONS)[number];

/** What the owner may do now. */
export function allowedIn(state: RegistrationState): Action[] {
  return ALLOWED[state] ?? [];
}

const ALLOWED: Readonly<Partial<Record<RegistrationState, Action[]>>> = {
  DRAFT: ['edit', 'submit', 'delete'],
  AWAITING_PAYMENT: ['pay', 'withdraw'],
  INITIAL_REVIEW: ['withdraw'],
  INITIAL_RETURNED: ['edit', 'resubmit', 'withdraw'],
  FINAL_REVIEW: ['withdraw'],
  FINAL_RETURNED: ['edit', 'resubmit', 'withdraw'],
  REGISTERED: ['download'],
  REVOKED: ['download'],
};

/** Outbox topic; the payload is `{ registrationId, round }`. */
export const REGISTRATION_ENTRY_TOPIC = 'registration-entry';

/** Outbox topic; the payload is `{ registrationId, number, reason }`. */
export const REGISTRATION_REVOCATION_TOPIC = 'registration-revocation';

export const DAY_MS = 86_400_000;

export interface RegistrationLimits {
  /** From submission: one that nobody paid is withdrawn. */
  unpaidMs: number;
  /** From the notice of what is missing: one that nobody submitted again counts as withdrawn. */
  returnedMs: number;
}

/** 30 days to mend: notice of the National Copyright Administration of 2011 on 作品登记, article 5. */
export const REGISTRATION_LIMITS: RegistrationLimits = Object.freeze({ unpaidMs: 7 * DAY_MS, returnedMs: 30 * DAY_MS });
