// SPDX-License-Identifier: Apache-2.0
// Numbers of 历史证书: of whatever form the other system gave them. Whoever types one may write it in other widths, spaces,
// dashes and cases than it is printed in.
import { z } from 'zod';
import { cleanLine, cleanNumber } from '../http/text.ts';
import { code, pasted } from '../http/validation.ts';

const MAX_LENGTH = 64;
/** NFKC makes several characters of some. */
const MAX_KEY_LENGTH = 128;
const DASHES = /[\p{Pd}\u2212]+/gu;
/** No control characters, nothing unassigned, and half a surrogate pair neither. */
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;

/** Equal for two ways to write one number. */
export const numberKeyOf = (text: string): string => withOneDash(cleanNumber(text));
const withOneDash = (text: string): string => text.replace(DASHES, '-').toUpperCase();

const isKey = (key: string): boolean => key !== '' && key.length <= MAX_KEY_LENGTH && PRINTABLE.test(key);

/** As it is printed. */
export const earlierNumberSchema = z
  .string()
  .max(MAX_LENGTH * 4)
  .transform(cleanLine)
  .refine((text) => text !== '', { ...code('missing'), abort: true })
  .refine((text) => [...text].length <= MAX_LENGTH, code('too-long'))
  .refine((text) => PRINTABLE.test(text) && isKey(numberKeyOf(text)), code('malformed'));

/** As somebody types it; the answer of parsing is its key. */
export const typedNumberSchema = pasted(z.string().refine(isKey, code('malformed')), withOneDash).meta({
  description:
    'The number of a 历史证书 as it is printed. Spaces, invisible characters and full-width forms are cleaned away, and dashes may be of any kind',
  example: '鲁著证字（2014）第0005号',
});
