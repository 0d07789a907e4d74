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

export type Registrations = Record<'draft' | 'unpaid' | 'underReview' | 'returned' | 'refused' | 'registered', Order>;

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
  const registered = await registeredWork(member, reviewers);
  return { draft, unpaid, underReview, returned, refused, registered };
}
