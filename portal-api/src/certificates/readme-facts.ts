// SPDX-License-Identifier: Apache-2.0
// What the README of an evidence package tells, in either language.
import type { PackageParts } from './certificates.store.ts';
import type { CertificateFacts } from './facts.ts';

export type Original = PackageParts['originals'][number];

export interface ReadmeFacts {
  facts: CertificateFacts;
  documentNumber: string;
  originals: readonly Original[];
  isDevelopment: boolean;
}

/** How to check the first time stamp with OpenSSL alone: `authority.pem` is the reader's own. */
export const tokenCommands = ({ number, record }: CertificateFacts): string => `\`\`\`sh
printf %s ${record.anchor.root} | xxd -r -p > root.bin
grep -o '"token":"[^"]*"' ${number}.proof.json | sed -n 1p | cut -d'"' -f4 | openssl base64 -d -A > token.der
openssl ts -verify -data root.bin -in token.der -token_in -CAfile authority.pem -partial_chain
\`\`\``;
