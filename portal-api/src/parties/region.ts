// SPDX-License-Identifier: Apache-2.0
// Where a party belongs, for statistics: province and city, the first four digits of GB/T 2260.
import { PROVINCE_CODES } from '../identity/index.ts';
import { type DocumentType, isCounty, isOrganisationDocument } from '../right-holders/index.ts';

/** The number of a residence permit begins with 83 for Taiwan, which is 71 everywhere else. */
const TAIWAN_PERMIT = /^83/;

/**
 * Of a resident ID card the place of its first issue, of a credit code that of the authority. Undefined for documents whose number
 * names no place.
 */
export function regionInNumber(type: DocumentType, number: string): string | undefined {
  if (isOrganisationDocument(type)) return knownRegion(number.slice(2, 6));
  if (type === 'RESIDENT_ID' || type === 'HK_MO_TW_PERMIT')
    return knownRegion(number.slice(0, 4).replace(TAIWAN_PERMIT, '71'));
  return undefined;
}

/** Where a form may begin: the county itself, of a resident ID card or a credit code, if there still is one with that code. */
export function countyInNumber(type: DocumentType, number: string): string | undefined {
  const code = isOrganisationDocument(type) ? number.slice(2, 8) : type === 'RESIDENT_ID' ? number.slice(0, 6) : '';
  return isCounty(code) ? code : undefined;
}

/** Cities change their codes, provinces do not. */
export const knownRegion = (code: string): string | undefined =>
  /^\d{4}/.test(code) && PROVINCE_CODES.has(code.slice(0, 2)) ? code.slice(0, 4) : undefined;
