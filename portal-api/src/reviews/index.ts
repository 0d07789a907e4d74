// SPDX-License-Identifier: Apache-2.0

export { reviewEndpoints } from './reviews.routes.ts';
export { createReviews } from './reviews.ts';
