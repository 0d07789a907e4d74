// SPDX-License-Identifier: Apache-2.0
// What a certificate prints, and its preview.

import type { PrintedSignature } from '../../document-signing/index.ts';
import type { CertificateFacts, PrintedContent } from '../facts.ts';
import { isTestNumber } from '../registration-content.ts';

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
  /** Undefined: nobody signs the PDF. */
  signature: PrintedSignature | undefined;
}

/** The same before anything is on record: without number, code, proof and stamp, and marked 预览 on each page. */
export interface PrintedPreview {
  isPreview: true;
  facts: PrintedContent;
  madeAt: string;
  siteName: string;
}

export type Printed = PrintedCertificate | PrintedPreview;

export const isPreview = (printed: Printed): printed is PrintedPreview => 'isPreview' in printed;

/** A 作品登记证书 whose number no authority gave. */
export const hasTestNumber = ({ facts }: Pick<Printed, 'facts'>): boolean =>
  'registration' in facts && isTestNumber(facts.registration.registrationNumber);

type Standing = Pick<PrintedCertificate, 'facts' | 'isDevelopment' | 'signature'>;

/** Without legal effect: a chain, a number or a signature that nobody vouches for. */
export const isSample = (printed: Standing): boolean =>
  printed.isDevelopment || hasTestNumber(printed) || printed.signature?.isDevelopment === true;

/** The red stamp: where validators back the chain and the centre signed the PDF, and never on a sample. */
export const isStamped = (printed: Standing): boolean => !isSample(printed) && printed.signature !== undefined;

/** In place of what nobody knows before the certificate is issued. */
export const PENDING = '出证时填入 Filled in on issue';
