// SPDX-License-Identifier: Apache-2.0
export { eraseRightsEvents } from './erase-events.ts';
export { openRightsEvents } from './open-rights-events.ts';
export { type PublicStep, publicStepSchema, rightsHistoryOf } from './public-history.ts';
export { recordUpheld } from './record-objection.ts';
export { rightsEventApi } from './rights-events.api.ts';
export { OBJECTION_REASONS } from './rights-events.schema.ts';
