// SPDX-License-Identifier: Apache-2.0
// Money is whole fen everywhere; people read and type yuan.
import { cleanNumber } from '../ui/clean.ts';

/** Whole fen as `¥30.00`. */
export const formatFen = (fen: number): string => `¥${yuanOf(fen)}`;

/** Whole fen as `30.00`. */
export function yuanOf(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/** What was typed as yuan, such as `30`, `30.5` and `¥30.50`, as fen; NaN for anything else. */
export function fenOf(text: string): number {
  const [, yuan, rest = ''] = /^[¥￥]?(\d{1,9})(?:\.(\d{1,2}))?$/.exec(cleanNumber(text)) ?? [];
  return yuan === undefined ? Number.NaN : Number(yuan) * 100 + Number(rest.padEnd(2, '0'));
}
