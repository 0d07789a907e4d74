// SPDX-License-Identifier: Apache-2.0
export { type StampTime, signDigest } from './cms.ts';
export type { DocumentSigner, PrintedSignature } from './document-signer.ts';
export { openSigner } from './open-signer.ts';
export { openTimeStamps } from './time-stamp.ts';
