// SPDX-License-Identifier: Apache-2.0
// Opaque cursors of lists: where the page ended, in the order it was asked in. A cursor grants nothing: whose rows are
// listed is decided by the session.
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
    .prefault('20'),
};

const cursorSchema = z.tuple([z.string(), z.string(), z.uuid()]);

export function encodeCursor(sort: string, { key, id }: PageEnd): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

/** Throws `invalid-request` for a cursor that is not ours, or of another order. */
export function decodeCursor(sort: string, cursor: string): PageEnd {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[0] !== sort) {
    throw new DomainError('invalid-request', {}, { errors: [{ field: 'cursor', code: 'malformed' }] });
  }
  return { key: parsed.data[1], id: parsed.data[2] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
