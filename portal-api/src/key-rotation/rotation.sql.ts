// SPDX-License-Identifier: Apache-2.0
// The SQL of a rotation.
import { execute, rowsOf, column as types } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';

const ROWS_AT_ONCE = 200;

const headRow = z.object({ id: z.string(), start: types.bytes });

/**
 * Reason: tables and columns are values here, and Prisma would read whole ciphertexts. The beginnings of those that do not begin
 * as ciphertexts of the active key do, in the order of ids.
 */
export function findHeads(
  db: Db,
  column: EncryptedColumn,
  { after, prefix, length }: { after: string; prefix: Buffer; length: number },
): Promise<z.output<typeof headRow>[]> {
  const { table, id, value } = namesOf(column);
  return rowsOf(
    db,
    headRow,
    Prisma.sql`SELECT ${id}::text AS id, substring(${value} FROM 1 FOR ${length}) AS start FROM ${table}
      WHERE ${id} > ${after}::uuid AND octet_length(${value}) > 0
        AND substring(${value} FROM 1 FOR ${prefix.length}) <> ${prefix}
      ORDER BY ${id} LIMIT ${ROWS_AT_ONCE}`,
  );
}

/** Reason: it replaces the first bytes of a value. Nothing happens to one that was saved anew since. */
export async function replaceHead(
  db: Db,
  column: EncryptedColumn,
  { row, head, newHead }: { row: string; head: Buffer; newHead: Buffer },
): Promise<void> {
  const { table, id, value } = namesOf(column);
  await execute(
    db,
    Prisma.sql`UPDATE ${table} SET ${value} = ${newHead}::bytea || substring(${value} FROM ${head.length + 1})
      WHERE ${id} = ${row}::uuid AND substring(${value} FROM 1 FOR ${head.length}) = ${head}`,
  );
}

/** Of our own list: nothing that anybody typed. */
function namesOf({ table, id, column }: EncryptedColumn) {
  return { table: Prisma.raw(table), id: Prisma.raw(id), value: Prisma.raw(column) };
}
