// SPDX-License-Identifier: Apache-2.0
// Whoever types a character that a certificate cannot print learns it at the field, before they pay.
import type { FieldError } from '../errors.ts';
import type { Fonts } from './fonts.ts';

/** One fault per text with characters that no font shows; the fault names them. */
export function printingFaults(
  fonts: Pick<Fonts, 'unprintable'>,
  texts: readonly { field: string; text: string }[],
): FieldError[] {
  return texts.flatMap(({ field, text }): FieldError[] => {
    const characters = fonts.unprintable(text).join('');
    return characters === '' ? [] : [{ field, code: 'unprintable', characters }];
  });
}
