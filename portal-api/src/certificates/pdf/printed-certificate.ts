// SPDX-License-Identifier: Apache-2.0
// What a certificate prints.
import type { CertificateFacts } from '../facts.ts';

export interface PrintedCertificate {
  facts: CertificateFacts;
  documentNumber: string;
  issuedAt: string;
  /** With its code in the fragment. */
  lookupUrl: string;
  typedCode: string;
  /** Host of the site, as a reader types it. */
  siteName: string;
  /** Nobody's seals back the chain: no red stamp, and the page says why. */
  isDevelopment: boolean;
}
