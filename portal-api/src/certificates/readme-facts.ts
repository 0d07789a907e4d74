// SPDX-License-Identifier: Apache-2.0
// What the README of an evidence package tells, in either language.
import type { IdentityRecord } from '../parties/index.ts';
import type { PackageParts } from './certificates.store.ts';
import type { CertificateFacts } from './facts.ts';
import type { Listed } from './package-lists.ts';

/** A file of the package, or one that is too large for it. */
export type PackedFile = PackageParts['originals'][number] & Listed;

export interface ReadmeFacts {
  facts: CertificateFacts;
  documentNumber: string;
  originals: readonly PackedFile[];
  /** Of a registration, beside its samples. */
  documents: readonly PackedFile[];
  isDevelopment: boolean;
  /** Of the owner; absent where it was erased. */
  identity?: IdentityRecord | undefined;
}

/** Of the first time stamp, and of those after it. */
export const timeStampName = (index: number): string => `timestamp${index === 0 ? '' : `-${index + 1}`}.tsr`;

export const timeStampNames = ({ tokens }: CertificateFacts): string =>
  Array.from({ length: tokens }, (_, index) => timeStampName(index)).join(', ');

/** How to check the first time stamp with OpenSSL alone: `authority.pem` is the reader's own. */
export const tokenCommands = ({ record }: CertificateFacts): string => `\`\`\`sh
printf %s ${record.anchor.root} | xxd -r -p > root.bin
openssl ts -verify -data root.bin -in ${timeStampName(0)} -CAfile authority.pem -partial_chain
\`\`\``;
