// SPDX-License-Identifier: Apache-2.0
// A stored tree, slice by slice: one of a million leaves is 64 MiB, and its text twice that.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../../ledger-service/src/db/database.ts';
import { Prisma } from '../../ledger-service/src/generated/prisma/client.ts';

const SLICE_BYTES = 4 * 2 ** 20;

/** Reason: Prisma reads a column as a whole. Undefined where there is no tree of that size. */
export async function readTree(db: Db, batchId: bigint, size: number): Promise<Uint8Array | undefined> {
  const nodes = new Uint8Array(size);
  for (let start = 0; start < size; start += SLICE_BYTES) {
    const [row] = await rowsOf(
      db,
      z.object({ slice: column.bytes, length: z.int() }),
      Prisma.sql`SELECT substring(nodes FROM ${start + 1} FOR ${SLICE_BYTES}) AS slice, octet_length(nodes) AS length
        FROM batch_tree WHERE batch_id = ${batchId}`,
    );
    if (row?.length !== size) return undefined;
    nodes.set(row.slice, start);
  }
  return nodes;
}
