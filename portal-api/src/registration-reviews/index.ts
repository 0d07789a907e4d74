// SPDX-License-Identifier: Apache-2.0
export { openRegistrationReviews } from './open-registration-reviews.ts';
export { registrationReviewApi } from './registration-reviews.api.ts';
