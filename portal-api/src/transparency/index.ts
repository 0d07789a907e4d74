// SPDX-License-Identifier: Apache-2.0
export { openTransparency } from './open-transparency.ts';
export { transparencyApi } from './transparency.api.ts';
