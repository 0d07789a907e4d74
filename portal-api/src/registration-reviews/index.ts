// SPDX-License-Identifier: Apache-2.0
export { changesOf } from './changes.ts';
export { REVIEW_DAYS } from './duty.ts';
export { openRegistrationReviews } from './open-registration-reviews.ts';
export { registrationReviewApi } from './registration-reviews.api.ts';
