// SPDX-License-Identifier: Apache-2.0
// What the README of an evidence package tells, in either language.
import type { IdentityRecord } from '../parties/index.ts';
import type { PackageParts } from './certificates.store.ts';
import type { CertificateFacts } from './facts.ts';

/** A file of the package, or one that is too large for it. */
export type PackedFile = PackageParts['originals'][number] & { sha256: string };

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

/** How to check the first time stamp with OpenSSL alone: `authority.pem` is the reader's own. */
export const tokenCommands = ({ number, record }: CertificateFacts): string => `\`\`\`sh
printf %s ${record.anchor.root} | xxd -r -p > root.bin
grep -o '"token":"[^"]*"' ${number}.proof.json | sed -n 1p | cut -d'"' -f4 | openssl base64 -d -A > token.der
openssl ts -verify -data root.bin -in token.der -token_in -CAfile authority.pem -partial_chain
\`\`\``;
