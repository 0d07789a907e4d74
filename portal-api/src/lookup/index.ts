// SPDX-License-Identifier: Apache-2.0
export { createFreshProofs } from './fresh-proofs.ts';
export { lookupEndpoints } from './lookup.routes.ts';
