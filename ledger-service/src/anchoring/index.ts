// SPDX-License-Identifier: Apache-2.0
// The public face of anchoring.
export { confirmBatches } from './confirm-batches.ts';
export { createHaltGuard, type HaltGuard } from './halt.ts';
export { createKeptRows, type Kept } from './kept-rows.ts';
export { repeatBatches, sendBatches } from './send-batches.ts';
export { signBatches } from './sign-batches.ts';
