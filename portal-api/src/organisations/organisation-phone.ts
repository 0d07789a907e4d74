// SPDX-License-Identifier: Apache-2.0
// 单位电话: a mobile, a fixed line with area code, or a 400 or 800 number; kept with one way of writing it.
import { cleanNumber } from '../http/text.ts';

const MOBILE = /^1[3-9]\d{9}$/;
/** Area codes have three or four digits; an extension may follow. */
const FIXED = /^(010|02\d|0[3-9]\d{2})(\d{7,8})(?:-(\d{1,6}))?$/;
const SERVICE = /^([48]00)(\d{3})(\d{4})$/;

/** `0531-88886666-12`, `400-123-4567` or `13900000001`; undefined for anything else. */
export function organisationPhone(text: string): string | undefined {
  const digits = cleanNumber(text)
    .replace(/[‐-―－—]/g, '-')
    .replace(/^\+?86-?(?=1|0)/, '')
    .replace(/[()（）]/g, '');
  // The extension keeps its dash: it is the last group behind a number that is whole without it.
  const [, main = '', extension] = /^([\d-]+?)(?:(?:转|-)(\d{1,6}))?$/.exec(digits) ?? [];
  for (const candidate of [digits.replaceAll('-', ''), `${main.replaceAll('-', '')}-${extension}`]) {
    if (MOBILE.test(candidate)) return candidate;
    const [, prefix, middle, last] = SERVICE.exec(candidate) ?? [];
    if (prefix) return `${prefix}-${middle}-${last}`;
    const [, area, number, branch] = FIXED.exec(candidate) ?? [];
    if (area) return [area, number, branch].filter(Boolean).join('-');
  }
  return undefined;
}
