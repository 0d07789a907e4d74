// SPDX-License-Identifier: Apache-2.0
// Opaque cursors of lists: where the page ended, in the order it was asked in. A cursor grants nothing: whose rows are
// listed is decided by the session.
import { parseJson } from '@inkseal/service-kit';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { code } from './validation.ts';

export interface PageEnd {
  /** Value of the sort column in the last row, as text. */
  key: string;
  id: string;
}

/** What every list takes in its query. */
export const pageQuery = {
  cursor: z.string().max(1_024).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 100, code('out-of-range'))
    .meta({ example: '20' })
    .prefault('20'),
};

/** How the database compares sort columns. */
export type SortType = 'text' | 'timestamptz';

/** What PostgreSQL would refuse is no place in a list. Times are as JSON has them, of years with four digits. */
const KEYS: Readonly<Record<SortType, z.ZodType>> = {
  text: z.string().refine((key) => !key.includes('\0')),
  timestamptz: z.iso.datetime({ precision: 3 }).regex(/^[1-9]/),
};

const cursorSchema = z.tuple([z.string(), z.string(), z.uuid()]);

export function encodeCursor(sort: string, { key, id }: PageEnd): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

/** Throws `invalid-request` for a cursor that is not ours, or of another order. */
export function decodeCursor({ sort, type }: { sort: string; type: SortType }, cursor: string): PageEnd {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  const [order, key, id] = parsed.data ?? [];
  const isOurs = order === sort && KEYS[type].safeParse(key).success;
  if (isOurs && key !== undefined && id !== undefined) return { key, id };
  throw new DomainError('invalid-request', {}, { errors: [{ field: 'cursor', code: 'malformed' }] });
}
