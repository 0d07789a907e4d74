// SPDX-License-Identifier: Apache-2.0
export { lookupEndpoints } from './lookup.routes.ts';
export { openLookup } from './open-lookup.ts';
