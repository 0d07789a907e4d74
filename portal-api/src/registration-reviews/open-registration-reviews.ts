// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { type ViewParts, waitingForReview } from '../registrations/index.ts';
import type { Originals } from '../works/index.ts';
import { REVIEWERS_OF } from './registration-reviews.api.ts';
import { registrationReviewEndpoints } from './registration-reviews.routes.ts';
import { createRegistrationReviews } from './registration-reviews.ts';

type ReviewPlatform = Pick<Platform, 'config' | 'db' | 'ledger' | 'crash'>;

export function openRegistrationReviews(
  { config, db, ledger, crash }: ReviewPlatform,
  needs: { originals: Originals } & Omit<ViewParts, 'db' | 'homeProvince'>,
): Domain {
  const { registrationPrefix: prefix, homeProvince } = config;
  const reviews = createRegistrationReviews({ db, ledger, prefix, onApproved: () => crash('registration') });
  return {
    endpoints: registrationReviewEndpoints({ db, reviews, homeProvince, ...needs }),
    topics: reviews.topics,
    queues: [
      {
        name: 'registrations/initial',
        roles: REVIEWERS_OF.INITIAL,
        look: () => waitingForReview(db.prisma, 'INITIAL_REVIEW'),
      },
      {
        name: 'registrations/final',
        roles: REVIEWERS_OF.FINAL,
        look: () => waitingForReview(db.prisma, 'FINAL_REVIEW'),
      },
    ],
  };
}
