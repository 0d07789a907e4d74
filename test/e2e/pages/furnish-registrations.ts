// SPDX-License-Identifier: Apache-2.0
// Registrations in every state that has a page of its own.
import type { Order } from '../../support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../support/portal.ts';
import {
  decide,
  draftRegistration,
  type Level,
  registeredWork,
  reviewableRegistration,
  submittedRegistration,
} from '../../support/registrations.ts';
import { reissued } from '../../support/version-requests.ts';

export type Registrations = Record<
  'draft' | 'unpaid' | 'underReview' | 'returned' | 'refused' | 'registered',
  Order
> & {
  /** Number of a certificate that a newer one has superseded. */
  superseded: string;
};

export async function furnishRegistrations(
  member: PortalMember,
  reviewers: Record<Level, PortalClient>,
): Promise<Registrations> {
  const draft = await draftRegistration(member);
  const unpaid = await submittedRegistration(member);
  const [underReview, returned, refused] = [
    await reviewableRegistration(member),
    await reviewableRegistration(member),
    await reviewableRegistration(member),
  ];
  await expectStatus(200, decide(reviewers.initial, returned.id, { level: 'initial', decision: 'RETURN' }));
  await expectStatus(200, decide(reviewers.initial, refused.id, { level: 'initial', decision: 'REJECT' }));
  const [registered, replaced] = await Promise.all([
    registeredWork(member, reviewers),
    registeredWork(member, reviewers),
  ]);
  await reissued(member, replaced.id, reviewers);
  return { draft, unpaid, underReview, returned, refused, registered, superseded: replaced.certificate.number };
}
