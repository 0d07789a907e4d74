// SPDX-License-Identifier: Apache-2.0
// An attestation order: its states, who moves it, and what its owner may do in each.
import { z } from 'zod';
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';

export const ATTESTATION_STATES = [
  'DRAFT',
  'SUBMITTED',
  'AWAITING_PAYMENT',
  'PAID',
  'UNDER_REVIEW',
  'RETURNED',
  'APPROVED',
  'ANCHORING',
  'CERTIFIED',
  'REVOKED',
  'REJECTED',
  'WITHDRAWN',
  'CANCELLED',
  'CLOSED',
] as const;

export type AttestationState = (typeof ATTESTATION_STATES)[number];

/** The database knows states that orders do not have yet. */
export const attestationStateSchema = z.enum(ATTESTATION_STATES);

/** No order leaves these, except that a certificate may be revoked. */
export const ENDED = ['CERTIFIED', 'REVOKED', 'REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED'] as const;

type AttestationEvent =
  | 'submit'
  | 'await-payment'
  | 'pay'
  | 'enter-submission'
  | 'return'
  | 'reject'
  | 'resubmit'
  | 'approve'
  | 'enter'
  | 'certify'
  | 'revoke'
  | 'cancel'
  | 'close'
  | 'withdraw';

export const attestationMachine: Machine<
  AttestationState,
  AttestationEvent,
  Prisma.AttestationUpdateManyMutationInput
> = {
  name: 'attestation',
  records: (db) => db.attestation,
  transitions: [
    { from: ['DRAFT'], event: 'submit', to: 'SUBMITTED' },
    { from: ['SUBMITTED', 'AWAITING_PAYMENT'], event: 'await-payment', to: 'AWAITING_PAYMENT' },
    { from: ['SUBMITTED', 'AWAITING_PAYMENT'], event: 'cancel', to: 'CANCELLED' },
    { from: ['SUBMITTED', 'AWAITING_PAYMENT'], event: 'close', to: 'CLOSED' },
    { from: ['SUBMITTED', 'AWAITING_PAYMENT'], event: 'pay', to: 'PAID' },
    // The ledger has committed the submission's entry: the creator's time is on record before anybody reviews.
    { from: ['PAID'], event: 'enter-submission', to: 'UNDER_REVIEW' },
    { from: ['UNDER_REVIEW'], event: 'return', to: 'RETURNED' },
    { from: ['UNDER_REVIEW'], event: 'reject', to: 'REJECTED' },
    { from: ['UNDER_REVIEW'], event: 'approve', to: 'APPROVED' },
    { from: ['RETURNED'], event: 'resubmit', to: 'UNDER_REVIEW' },
    { from: ['RETURNED'], event: 'withdraw', to: 'WITHDRAWN' },
    // As `enter-submission`: from manifests/entries.ts by entries.ts beside this, when the ledger has committed the entry.
    { from: ['APPROVED'], event: 'enter', to: 'ANCHORING' },
    { from: ['ANCHORING'], event: 'certify', to: 'CERTIFIED' },
    { from: ['CERTIFIED'], event: 'revoke', to: 'REVOKED' },
  ],
};

export const EDITABLE: readonly AttestationState[] = ['DRAFT', 'RETURNED'];
export const PAYABLE: readonly AttestationState[] = ['SUBMITTED', 'AWAITING_PAYMENT'];

/** What staff may look at: nothing that was never submitted and paid. */
export const REVIEWABLE: readonly AttestationState[] = [
  'UNDER_REVIEW',
  'RETURNED',
  'APPROVED',
  'ANCHORING',
  'CERTIFIED',
  'REVOKED',
  'REJECTED',
  'WITHDRAWN',
];

type Action = 'edit' | 'submit' | 'pay' | 'cancel' | 'resubmit' | 'delete' | 'download';

/** What the owner may do now. */
export function allowedIn(state: AttestationState): Action[] {
  return ALLOWED[state] ?? [];
}

const ALLOWED: Readonly<Partial<Record<AttestationState, Action[]>>> = {
  DRAFT: ['edit', 'submit', 'delete'],
  SUBMITTED: ['pay', 'cancel'],
  AWAITING_PAYMENT: ['pay', 'cancel'],
  RETURNED: ['edit', 'resubmit'],
  CERTIFIED: ['download'],
  REVOKED: ['download'],
};

/** Outbox topics; the payload is `{ attestationId, round }`. */
export const SUBMISSION_ENTRY_TOPIC = 'submission-entry';
export const ATTESTATION_ENTRY_TOPIC = 'attestation-entry';

export const DAY_MS = 86_400_000;

export interface AttestationLimits {
  /** From submission: an order that nobody paid is closed. */
  unpaidMs: number;
  /** From the return: an order that nobody submitted again is withdrawn. */
  returnedMs: number;
}

export const ATTESTATION_LIMITS: AttestationLimits = Object.freeze({ unpaidMs: 7 * DAY_MS, returnedMs: 30 * DAY_MS });
