// SPDX-License-Identifier: Apache-2.0
export { identityReviewApi } from './identity-reviews.api.ts';
export { openIdentityReviews } from './open-identity-reviews.ts';
