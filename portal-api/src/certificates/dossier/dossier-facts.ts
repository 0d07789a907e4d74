// SPDX-License-Identifier: Apache-2.0
// What the parts of an evidence package that tell of the past are written from. Nothing in it changes once the package is made.
import type { Section, TrustFile } from '@inkseal/verifier';
import type { ReceivedUpload } from '../../uploads/index.ts';
import type { ReadmeFacts } from '../readme-facts.ts';
import type { Environment } from './environment.ts';

export interface DossierFacts extends ReadmeFacts {
  /** Of the proof. */
  sections: readonly Section[];
  issuedAt: Date;
  trust: TrustFile;
  environment: Environment;
  /** Who signed certificate.pdf; undefined if nobody did. */
  signer: { name: string; isDevelopment: boolean } | undefined;
  received: readonly ReceivedUpload[];
  /** Lines of the audit log: of the order, and of its owner. */
  processLog: readonly string[];
  ownerTrail: readonly string[];
}
