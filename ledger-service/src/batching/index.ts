// SPDX-License-Identifier: Apache-2.0
// Batching's public face.
export { batchById, listBatches } from './find-batches.ts';
