// SPDX-License-Identifier: Apache-2.0
export { lookupApi } from './lookup.api.ts';
export { openLookup } from './open-lookup.ts';
export { isOurNumber } from './our-number.ts';
