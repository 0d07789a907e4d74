// SPDX-License-Identifier: Apache-2.0
export { FREE_ORDER, FREE_WORK, hasHeldOrder, lockAgainstHolds, NOT_HELD_ACCOUNT } from './legal-hold.ts';
export { staffLegalHoldApi } from './legal-holds.api.ts';
export { openLegalHolds } from './open-legal-holds.ts';
