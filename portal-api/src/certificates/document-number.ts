// SPDX-License-Identifier: Apache-2.0
import { dayInChina } from '../china-time.ts';

/** 证单编号: C3, the day of issue in Beijing, a running number. */
export function documentNumberOf(issuedAt: Date, serial: number): string {
  const day = dayInChina(issuedAt).replaceAll('-', '');
  return `C3${day}${String(serial).padStart(10, '0')}`;
}
