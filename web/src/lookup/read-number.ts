// SPDX-License-Identifier: Apache-2.0
// The numbers that stand on certificates, as people type and paste them.
import { cleanNumber } from '../ui/clean.ts';

const DASHES = /[\p{Pd}\u2212]+/gu;
const DOCUMENT_NUMBER = /^C3\d{18}$/;
/** 登记号; six digits in those of before 2016. */
const REGISTRATION_NUMBER = /^(\p{Script=Han}{1,3}作登字)-?((?:19|20)\d{2})-?([A-P])-?(\d{6,10})号?$/u;

const OURS = /^(100000\d{12}|[1-9]\d{18,19})$/;
/** Longest number of a 历史证书. */
const MOST = 128;

/** As it is printed: digits, a 证单编号 with its letter, or a 登记号 with its dashes; undefined for anything else. */
export function readNumber(typed: string): string | undefined {
  const number = cleanNumber(typed).replace(DASHES, '-').toUpperCase();
  const registration = REGISTRATION_NUMBER.exec(number);
  if (registration) return registration.slice(1).join('-');
  const bare = number.replaceAll('-', '');
  return /^[1-9]\d{0,19}$/.test(bare) || DOCUMENT_NUMBER.test(bare) ? bare : undefined;
}

/** As `readNumber`, or what may be the number of a 历史证书: as it was typed, because only digits of ours lose their dashes. */
export function readAsked(typed: string): string | undefined {
  const number = readNumber(typed);
  if (number !== undefined && isOurs(number)) return number;
  const other = cleanNumber(typed).replace(DASHES, '-').toUpperCase();
  return other !== '' && other.length <= MOST && !/\p{C}/u.test(other) ? other : undefined;
}

/** Of a form that this portal gives. Of a number that `readNumber` has read. */
export const isOurs = (number: string): boolean => OURS.test(number) || ownKindOf(number) !== undefined;

/** Given by the portal itself, unlike the numbers of the ledger. Of a number that `readNumber` has read. */
export function ownKindOf(number: string): 'document' | 'registration' | undefined {
  if (DOCUMENT_NUMBER.test(number)) return 'document';
  return REGISTRATION_NUMBER.test(number) ? 'registration' : undefined;
}
