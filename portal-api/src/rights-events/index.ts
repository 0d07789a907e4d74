// SPDX-License-Identifier: Apache-2.0
export { eraseRightsEvents } from './erase-events.ts';
export { openRightsEvents } from './open-rights-events.ts';
export { type PublicStep, publicStepSchema, rightsHistoryOf } from './public-history.ts';
export { rightsEventApi } from './rights-events.api.ts';
