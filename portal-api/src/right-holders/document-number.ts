// SPDX-License-Identifier: Apache-2.0
// Which documents a right holder may show, and what a number of each looks like.
import type { FieldCode } from '../errors.ts';
import {
  creditCodeFault,
  isOldForeignCard,
  isPassportNumber,
  residentIdCheck,
  residentIdFault,
} from '../identity/index.ts';

export const PERSON_DOCUMENTS = ['RESIDENT_ID', 'HK_MO_TW_PERMIT', 'FOREIGN_PR', 'PASSPORT'] as const;
export const ORGANISATION_DOCUMENTS = ['BUSINESS_LICENCE', 'INSTITUTION_CERT', 'SOCIAL_ORG_CERT'] as const;
export const DOCUMENT_TYPES = [...PERSON_DOCUMENTS, ...ORGANISATION_DOCUMENTS] as const;

export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** Organisations are no private persons: those who may read a certificate read their names in full. */
export const isOrganisationDocument = (type: DocumentType): boolean =>
  ORGANISATION_DOCUMENTS.some((each) => each === type);

/** Provinces 81 to 83 of GB 11643 are those of residence permits. */
const PERMIT = /^8[123]/;
/** Since 2023: 9, place of issue and country, date of birth, sequence, and the check character of GB 11643. */
const FOREIGN_CARD = /^9\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;

/** What is wrong with the number; `mismatch` when it is right for another kind of document. */
export function documentNumberFault(type: DocumentType, number: string): FieldCode | undefined {
  switch (type) {
    case 'RESIDENT_ID':
      return residentIdFault(number) ?? (PERMIT.test(number) ? 'mismatch' : undefined);
    case 'HK_MO_TW_PERMIT':
      return residentIdFault(number) ?? (PERMIT.test(number) ? undefined : 'mismatch');
    case 'FOREIGN_PR':
      return foreignCardFault(number);
    case 'PASSPORT':
      return isPassportNumber(number) ? undefined : 'malformed';
    default:
      return creditCodeFault(number);
  }
}

function foreignCardFault(number: string): FieldCode | undefined {
  if (isOldForeignCard(number)) return undefined;
  if (!FOREIGN_CARD.test(number)) return 'malformed';
  return number[17] === residentIdCheck(number) ? undefined : 'checksum-wrong';
}
