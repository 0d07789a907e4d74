// SPDX-License-Identifier: Apache-2.0
// 登记号 as people type and paste it: with another dash or none, in small letters, with 号 behind it.

const DASHES = /[\p{Pd}\u2212]+/gu;
/** Six digits in numbers of before 2016. */
const PARTS = /^(\p{Script=Han}{1,3}作登字)-?((?:19|20)\d{2})-?([A-P])-?(\d{6,10})号?$/u;

/** As it is printed; undefined for what is not one. Takes text that `cleanNumber` has cleaned. */
export function registrationNumberIn(text: string): string | undefined {
  const parts = PARTS.exec(text.replace(DASHES, '-').toUpperCase());
  return parts?.slice(1).join('-');
}
