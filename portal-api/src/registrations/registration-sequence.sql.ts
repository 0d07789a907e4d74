// SPDX-License-Identifier: Apache-2.0
// The SQL of registration numbers.
import { rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Transaction } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** Reason: inserts or adds one in one statement, under the row's lock, so that no number is given twice or left out. */
export async function nextInSequence(
  tx: Transaction,
  { prefix, year, letter }: { prefix: string; year: number; letter: string },
): Promise<number> {
  const [row] = await rowsOf(
    tx.prisma,
    z.object({ last: z.int() }),
    Prisma.sql`INSERT INTO registration_sequence (prefix, year, letter, last) VALUES (${prefix}, ${year}, ${letter}, 1)
      ON CONFLICT (prefix, year, letter) DO UPDATE SET last = registration_sequence.last + 1 RETURNING last`,
  );
  if (!row) throw new TypeError('the sequence has a row after the insert');
  return row.last;
}
