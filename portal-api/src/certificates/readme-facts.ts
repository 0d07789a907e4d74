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
