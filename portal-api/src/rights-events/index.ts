// SPDX-License-Identifier: Apache-2.0
export { eraseRightsEvents } from './erase-events.ts';
export { openRightsEvents } from './open-rights-events.ts';
export { rightsEventApi } from './rights-events.api.ts';
