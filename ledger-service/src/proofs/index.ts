// SPDX-License-Identifier: Apache-2.0
// The public face of the proofs.

export { type AbsenceSources, proveAbsence } from './prove-absence.ts';
export { proveBatches } from './prove-batches.ts';
export { readBundle } from './read-bundle.ts';
export { releaseBatches } from './release-batches.ts';
export { createStateReader, type StateReader, type StateReaderOptions } from './state-reader.ts';
export { readTrustFile, type TrustFileOptions } from './trust-file.ts';
