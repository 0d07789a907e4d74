// SPDX-License-Identifier: Apache-2.0
// Statements of providers: tables as text, whose columns are found by their names.
import { endOfDay } from '../china-time.ts';
import { DomainError } from '../errors.ts';
import { noAnswer } from './ask-provider.ts';

/** Of the file of a day. */
export const MAX_STATEMENT_BYTES = 64 * 1_048_576;
/** Until ten in the morning of the next day, providers may have none yet. */
const READY_AFTER_MS = 10 * 3_600_000;

/** Throws `statement-not-ready`. */
export function requireOver(day: string): void {
  if (endOfDay(day) > new Date()) throw new DomainError('statement-not-ready', { day });
}

/** Of a provider that says it has none: nothing happened on that day, or it was not made yet. Throws `statement-not-ready`. */
export function requireReady(day: string, now = Date.now()): void {
  if (endOfDay(day).getTime() + READY_AFTER_MS > now) throw new DomainError('statement-not-ready', { day });
}

/** Values by the names of the columns that are wanted; throws `payment-unavailable` for a table without them. */
export function rowsOf<Name extends string>(
  lines: readonly (readonly string[])[],
  names: readonly Name[],
): Record<Name, string>[] {
  const [header = [], ...rows] = lines;
  const places = names.map((name) => [name, header.indexOf(name)] as const);
  if (places.some(([, place]) => place < 0)) throw noAnswer('statement');
  return rows.map((row) => {
    const values = places.map(([name, place]) => [name, row[place] ?? '']);
    return Object.fromEntries(values) as Record<Name, string>; // each name was found above
  });
}

/** Of yuan such as 30 or 30.00; undefined for anything else. */
export function fenOf(yuan: unknown): number | undefined {
  if (typeof yuan !== 'string') return undefined;
  const [, whole, part = ''] = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(yuan) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** Throws `payment-unavailable`: a line that is not understood must not be left out. */
export function requireFen(yuan: string): number {
  const fen = fenOf(yuan);
  if (fen === undefined) throw noAnswer('statement');
  return fen;
}

export const yuanOf = (fen: number): string => (fen / 100).toFixed(2);
