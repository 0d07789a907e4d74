// SPDX-License-Identifier: Apache-2.0
// Unified social credit codes of organisations, GB 32100-2015: 17 characters and a check character, base 31.
import type { FieldCode } from '../errors.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const SHAPE = new RegExp(`^[${ALPHABET}]{18}$`);

export function creditCodeFault(creditCode: string): FieldCode | undefined {
  if (!SHAPE.test(creditCode)) return 'malformed';
  return creditCode[17] === creditCodeCheck(creditCode) ? undefined : 'checksum-wrong';
}

/** Check character over the first 17; the weights are the powers of 3 modulo 31. */
export function creditCodeCheck(creditCode: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of creditCode.slice(0, 17)) {
    sum += weight * ALPHABET.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}
