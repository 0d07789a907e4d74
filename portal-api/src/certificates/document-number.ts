// SPDX-License-Identifier: Apache-2.0

const BEIJING_MS = 8 * 3_600_000;

/** 证单编号: C3, the day of issue in Beijing, a running number. */
export function documentNumberOf(issuedAt: Date, serial: number): string {
  const day = new Date(issuedAt.getTime() + BEIJING_MS).toISOString().slice(0, 10).replaceAll('-', '');
  return `C3${day}${String(serial).padStart(10, '0')}`;
}
