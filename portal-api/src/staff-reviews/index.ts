// SPDX-License-Identifier: Apache-2.0
export { approvalSchema, type Decision, decisionSchema, REVIEW_READERS, REVIEWERS } from './decision.ts';
export { pageOf, reviewPage, reviewQuery } from './review-page.ts';
export { createStaffReviews, type ReviewedKind, type StaffReviews } from './staff-reviews.ts';
