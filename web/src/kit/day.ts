// SPDX-License-Identifier: Apache-2.0
import { cleanNumber } from '../ui/clean.ts';

/** A day as people type it, as `2025-06-01`; undefined for what is not a day of the calendar. */
export function dayIn(text: string): string | undefined {
  const typed = cleanNumber(text);
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(typed) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(typed);
  if (!found) return undefined;
  const [, year = '', month = '', day = ''] = found;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : undefined;
}
