// SPDX-License-Identifier: Apache-2.0
// The public face of sequencing.
export { oldestWaiting, type SealingPolicy } from './due.ts';
export { batchById, listBatches, oldestUnanchored } from './find-batches.ts';
export { type SealedBatch, type SealOptions, sealBatch } from './seal-batch.ts';
