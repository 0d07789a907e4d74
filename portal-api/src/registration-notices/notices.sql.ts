// SPDX-License-Identifier: Apache-2.0
// The SQL of the public notices.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { PageEnd } from '../http/cursor.ts';

export interface NoticeQuery {
  /** In the title, or the whole registration number. */
  search: string | undefined;
  workType: string | undefined;
  /** Where the page before ended. */
  after: PageEnd | undefined;
  limit: number;
}

/** Times as in JSON, as cursors have them. */
const placeRow = z.object({ id: z.string(), key: column.time.transform((time) => time.toISOString()) });

/** Reason: it asks an index of arrays, and compares pairs. The newest first; without those whose content was erased. */
export function findNoticePlaces(db: Db, { search, workType, after, limit }: NoticeQuery): Promise<PageEnd[]> {
  const conditions = [
    Prisma.sql`state IN ('REGISTERED', 'REVOKED')`,
    Prisma.sql`form->>'title' <> ''`,
    ...(search ? [matches(search)] : []),
    ...(workType ? [Prisma.sql`form->>'workType' = ${workType}`] : []),
    ...(after ? [Prisma.sql`(registered_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`] : []),
  ];
  return rowsOf(
    db,
    placeRow,
    Prisma.sql`SELECT id, registered_at AS key FROM registration WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY registered_at DESC, id DESC LIMIT ${limit}`,
  );
}

function matches(search: string): Prisma.Sql {
  const text = search.replace(/[\\%_]/g, '\\$&');
  // Terms find the rows by an index; a title can have all of them in another order.
  return Prisma.sql`((search_terms(form->>'title') @> search_terms(${search}) AND form->>'title' ILIKE ${`%${text}%`})
    OR registration_number = ${search})`;
}
