// SPDX-License-Identifier: Apache-2.0
export { openReviews } from './open-reviews.ts';
export { reviewApi } from './reviews.api.ts';
