// SPDX-License-Identifier: Apache-2.0
// Replacing the master key.
export { type RotationResult, rotateKeys } from './rotate-keys.ts';
