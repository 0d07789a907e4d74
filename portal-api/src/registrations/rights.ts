// SPDX-License-Identifier: Apache-2.0
// 权利拥有状况: the seventeen rights of article 10 of the Copyright Law (2020), in its order.

export const RIGHTS = [
  'R01',
  'R02',
  'R03',
  'R04',
  'R05',
  'R06',
  'R07',
  'R08',
  'R09',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R15',
  'R16',
  'R17',
] as const;

export type Right = (typeof RIGHTS)[number];

/** 人身权: publication, authorship, revision and integrity stay with the author, whatever else is licensed or transferred. */
const PERSONAL: readonly Right[] = ['R01', 'R02', 'R03', 'R04'];
export const ECONOMIC_RIGHTS = RIGHTS.filter((right) => !PERSONAL.includes(right));

/** 其他: needs words. */
export const OTHER_RIGHT: Right = 'R17';

export const scopeOf = (rights: readonly Right[]): 'ALL' | 'PART' => (rights.length === RIGHTS.length ? 'ALL' : 'PART');
