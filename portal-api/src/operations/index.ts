// SPDX-License-Identifier: Apache-2.0
export { countDamaged, createDamage } from './damage.ts';
export { operationsEndpoints } from './operations.routes.ts';
export { countParked, countParkedByTopic } from './parked-work.ts';
export { sweepRetention } from './retention.ts';
export { startScrub } from './scrub.ts';
