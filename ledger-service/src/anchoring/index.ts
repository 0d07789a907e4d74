// The public face of anchoring.
export { confirmBatches, returnUndoneBatches } from './confirm-batches.ts';
export { createHaltGuard, type HaltGuard, haltReason } from './halt.ts';
export { sendBatches } from './send-batches.ts';
export { signBatches } from './sign-batches.ts';
