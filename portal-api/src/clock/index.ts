// SPDX-License-Identifier: Apache-2.0
export { type ClockOffset, type ClockWatch, watchClock } from './clock-watch.ts';
