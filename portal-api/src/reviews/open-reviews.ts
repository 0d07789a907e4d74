// SPDX-License-Identifier: Apache-2.0
import { type ViewParts, waitingForReview } from '../attestations/index.ts';
import type { Domain } from '../domain.ts';
import type { Likenesses } from '../likeness/index.ts';
import type { Platform } from '../platform.ts';
import type { Originals } from '../works/index.ts';
import { REVIEWERS } from './reviews.api.ts';
import { reviewEndpoints } from './reviews.routes.ts';
import { createReviews } from './reviews.ts';

type ReviewPlatform = Pick<Platform, 'db' | 'ledger' | 'crash'>;

export function openReviews(
  { db, ledger, crash }: ReviewPlatform,
  needs: { originals: Originals; likenesses: Likenesses } & Omit<ViewParts, 'db'>,
): Domain {
  const reviews = createReviews({ db, ledger, onApproved: () => crash('approval') });
  return {
    endpoints: reviewEndpoints({ db, reviews, ...needs }),
    topics: reviews.topics,
    queues: [{ name: 'attestations', roles: REVIEWERS, look: () => waitingForReview(db.prisma) }],
  };
}
