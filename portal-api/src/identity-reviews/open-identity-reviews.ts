// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import { createIdentityLook, createIdentityViews } from '../identity/index.ts';
import type { Platform } from '../platform.ts';
import { createStaffReviews } from '../staff-reviews/index.ts';
import { identityReviewEndpoints } from './identity-reviews.routes.ts';
import { REVIEWED } from './identity-reviews.view.ts';
import { reviewedIdentities } from './reviewed-identities.ts';

export function openIdentityReviews({
  config,
  db,
  vault,
  fonts,
}: Pick<Platform, 'config' | 'db' | 'vault' | 'fonts'>): Domain {
  const needsTwo = config.identityFourEyes;
  const look = createIdentityLook(db, vault);
  const views = createIdentityViews(vault);
  const reviews = createStaffReviews({ db, needsTwo, kind: reviewedIdentities });
  const fontFile = fonts.files[0] ?? '';
  return {
    endpoints: identityReviewEndpoints({ db, vault, look, views, reviews, needsTwo, fontFile }),
    queues: [
      {
        name: 'identities',
        roles: ['reviewer', 'senior-reviewer'],
        async look() {
          const { _count, _min } = await db.prisma.identity.aggregate({
            where: { ...REVIEWED, supersededAt: null, state: 'PENDING' },
            _count: true,
            _min: { stateAt: true },
          });
          return { count: _count, oldestAt: _min.stateAt };
        },
      },
    ],
  };
}
