// SPDX-License-Identifier: Apache-2.0
// The public face of known losses.
export { acceptLoss } from './accept-loss.ts';
export { type BurnedFigures, type BurnedNumber, burnedFigures, burnedNumber } from './burned-numbers.ts';
export { findLoss, type Loss } from './find-loss.ts';
