// SPDX-License-Identifier: Apache-2.0
// The public face of sequencing.

export { type ClosedBatch, type CloseOptions, closeBatch } from './close-batch.ts';
export { type ClosingPolicy, oldestWaiting } from './due.ts';
export { batchById, listBatches, oldestUnanchored } from './find-batches.ts';
export { registryFigures } from './registry-figures.ts';
