// SPDX-License-Identifier: Apache-2.0
// Resident identity numbers, GB 11643-1999: region (6), date of birth (8), sequence (3), check character.
import type { FieldCode } from '../errors.ts';
import { cleanNumber } from '../http/text.ts';
import { PROVINCE_CODES } from './regions.ts';

const SHAPE = /^([1-9]\d)\d{4}((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

export function normalizeResidentId(text: string): string {
  return cleanNumber(text).toUpperCase();
}

/** What is wrong with the number, if anything. Numbers of 15 digits are no longer valid. */
export function residentIdFault(number: string, today = new Date()): FieldCode | undefined {
  const [, province = '', year, month, day] = SHAPE.exec(number) ?? [];
  if (!year || !PROVINCE_CODES.has(province)) return 'malformed';
  const birth = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // A day that the month does not have rolls over into the next month, or is no date at all.
  if (Number.isNaN(birth.getTime()) || birth.getUTCDate() !== Number(day)) return 'malformed';
  if (birth > today) return 'in-future';
  return number[17] === residentIdCheck(number) ? undefined : 'checksum-wrong';
}

/** Check character over the first 17 digits. */
export function residentIdCheck(number: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}
