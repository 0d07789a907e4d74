// SPDX-License-Identifier: Apache-2.0
export { type StampTime, signDigest } from './cms.ts';
export type { DocumentSigner, PrintedSignature, ValidationData } from './document-signer.ts';
export { type DocumentSigning, openDocumentSigning } from './open-document-signing.ts';
