// SPDX-License-Identifier: Apache-2.0
export { counterApi } from './counter.api.ts';
export { openCounter } from './open-counter.ts';
