// SPDX-License-Identifier: Apache-2.0
// Which numbers are this portal's: it gave them, or will. No other system's certificate is kept under one, so that the look-up of
// a number of ours never has two answers.
import { dayInChina } from '../china-time.ts';
import type { Db } from '../db/database.ts';
import { registrationNumberIn } from './registration-number.ts';

/** 证书编号 as far as a trillion of them, orders, 证单编号. */
const OURS = /^(100000\d{12}|[1-9]\d{18,19}|C3\d{18})$/;

/** Of a number as `numberKeyOf` has it. A 登记号 is ours if we gave others of its prefix and year, or may give it yet. */
export async function isOurNumber(db: Db, key: string): Promise<boolean> {
  if (OURS.test(key)) return true;
  const registrationNumber = registrationNumberIn(key);
  if (registrationNumber === undefined) return false;
  const [prefix = '', year = ''] = registrationNumber.split('-');
  if (year >= dayInChina().slice(0, 4)) return true;
  return (await db.registrationSequence.count({ where: { prefix, year: Number(year) } })) > 0;
}
