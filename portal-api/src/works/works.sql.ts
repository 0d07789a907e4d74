// SPDX-License-Identifier: Apache-2.0
// The SQL of works.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { PageEnd } from '../http/cursor.ts';
import type { Owner } from '../http/members.ts';
import { ownedRows } from '../http/owned-rows.sql.ts';
import type { WorkListQuery } from './works.schema.ts';

const ORDERS = {
  createdAt: { column: Prisma.sql`created_at`, type: Prisma.sql`timestamptz` },
  updatedAt: { column: Prisma.sql`updated_at`, type: Prisma.sql`timestamptz` },
  title: { column: Prisma.sql`title`, type: Prisma.sql`text` },
};

export interface WorkQuery {
  owner: Owner;
  /** Any but deleted ones, if undefined. */
  state: WorkListQuery['state'];
  /** Part of the title or of a tag. */
  search: string | undefined;
  sort: { key: keyof typeof ORDERS; isDescending: boolean };
  after: PageEnd | undefined;
  limit: number;
}

/** Times as in JSON, as cursors have them. */
const placeRow = z.object({
  id: z.string(),
  key: z.union([z.string(), column.time.transform((time) => time.toISOString())]),
});

/** Reason: it looks into the elements of an array, and compares pairs. Where each work stands, in the order asked for. */
export function findWorkPlaces(db: Db, query: WorkQuery): Promise<PageEnd[]> {
  const { owner, state, search, sort, after, limit } = query;
  const { column: sorted, type } = ORDERS[sort.key];
  const [direction, follows] = sort.isDescending ? [Prisma.sql`DESC`, Prisma.sql`<`] : [Prisma.sql`ASC`, Prisma.sql`>`];
  const pattern = search && `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const conditions = [
    ownedRows(owner),
    state ? Prisma.sql`state = ${state}::work_state` : Prisma.sql`state <> 'DELETED'`,
    ...(pattern
      ? [Prisma.sql`(title ILIKE ${pattern} OR EXISTS (SELECT FROM unnest(tags) AS tag WHERE tag ILIKE ${pattern}))`]
      : []),
    ...(after ? [Prisma.sql`(${sorted}, id) ${follows} (${after.key}::${type}, ${after.id}::uuid)`] : []),
  ];
  return rowsOf(
    db,
    placeRow,
    Prisma.sql`SELECT id, ${sorted} AS key FROM work WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY ${sorted} ${direction}, id ${direction} LIMIT ${limit}`,
  );
}
