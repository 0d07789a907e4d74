// SPDX-License-Identifier: Apache-2.0
// Identity numbers of eighteen characters, GB 11643-1999: region (6), date of birth (8), sequence (3), check character. The
// residence permits for Hong Kong, Macao and Taiwan have regions of their own (81 to 83); the card of foreign permanent
// residents begins with 9, then province (2) and nationality (3).
import type { FieldCode } from '../errors.ts';
import { cleanNumber } from '../http/text.ts';
import { isGuarded } from './birth-date.ts';
import { PROVINCE_CODES } from './regions.ts';

const SHAPE = /^[1-9]\d{5}((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

export function normalizeResidentId(text: string): string {
  return cleanNumber(text).toUpperCase();
}

/** What is wrong with the number, if anything. Numbers of 15 digits are no longer valid. */
export function residentIdFault(number: string, today = new Date()): FieldCode | undefined {
  const [, year, month, day] = SHAPE.exec(number) ?? [];
  if (!year || !PROVINCE_CODES.has(provinceOf(number))) return 'malformed';
  const birth = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // A day that the month does not have rolls over into the next month, or is no date at all.
  if (Number.isNaN(birth.getTime()) || birth.getUTCDate() !== Number(day)) return 'malformed';
  if (birth > today) return 'in-future';
  return number[17] === residentIdCheck(number) ? undefined : 'checksum-wrong';
}

/** What kind of card the number is on; its first three characters say it, so a masked number does too. */
export function documentOf(number: string): 'RESIDENT_ID' | 'HK_MO_TW_PERMIT' | 'FOREIGN_PR' {
  if (number.startsWith('9')) return 'FOREIGN_PR';
  return /^8[123]/.test(number) ? 'HK_MO_TW_PERMIT' : 'RESIDENT_ID';
}

/** Of a number without a fault. */
export function needsGuardian(number: string, now = new Date()): boolean {
  return isGuarded(number.slice(6, 14), now);
}

function provinceOf(number: string): string {
  return number.startsWith('9') ? number.slice(1, 3) : number.slice(0, 2);
}

/** Check character over the first 17 digits. */
export function residentIdCheck(number: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}
