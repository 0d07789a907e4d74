// SPDX-License-Identifier: Apache-2.0
// An organisation's states. It is reviewed by staff before it may do anything, and again after each change of what it is.
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';

export const ORGANISATION_STATES = ['PENDING', 'VERIFIED', 'REJECTED'] as const;
export type OrganisationState = (typeof ORGANISATION_STATES)[number];

export const organisationMachine: Machine<
  OrganisationState,
  'save' | 'save-contact' | 'approve' | 'reject',
  Prisma.OrganisationUncheckedUpdateManyInput
> = {
  name: 'organisation',
  records: (db) => db.organisation,
  transitions: [
    { from: ['PENDING', 'VERIFIED', 'REJECTED'], event: 'save', to: 'PENDING' },
    { from: ['VERIFIED'], event: 'save-contact', to: 'VERIFIED' },
    { from: ['PENDING'], event: 'approve', to: 'VERIFIED' },
    { from: ['PENDING'], event: 'reject', to: 'REJECTED' },
  ],
};
