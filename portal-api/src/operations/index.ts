// SPDX-License-Identifier: Apache-2.0
export { operationsEndpoints } from './operations.routes.ts';
export { countParked } from './parked-work.ts';
export { sweepRetention } from './retention.ts';
export { countDamaged, startScrub } from './scrub.ts';
