// SPDX-License-Identifier: Apache-2.0
// The SQL of the public search.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { PageEnd } from '../http/cursor.ts';

export interface PublicQuery {
  /** All of them must be there; none: every public work. */
  terms: readonly string[];
  category: string | undefined;
  after: PageEnd | undefined;
  limit: number;
}

/** Times as in JSON, as cursors have them. */
const placeRow = z.object({ id: z.string(), key: column.time.transform((time) => time.toISOString()) });

/** Reason: it asks an index of arrays, and compares pairs. Public works alone, the newest first. */
export function findPublicPlaces(db: Db, query: PublicQuery): Promise<PageEnd[]> {
  return rowsOf(db, placeRow, publicPlaces(query));
}

/** Without terms it must not ask the index of terms: everything would match. */
export function publicPlaces({ terms, category, after, limit }: PublicQuery): Prisma.Sql {
  const conditions = [
    Prisma.sql`state = 'PUBLISHED'`,
    ...(terms.length > 0 ? [Prisma.sql`terms @> ${terms}::text[]`] : []),
    ...(category ? [Prisma.sql`category = ${category}`] : []),
    ...(after ? [Prisma.sql`(published_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`] : []),
  ];
  return Prisma.sql`SELECT id, published_at AS key FROM publication WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY published_at DESC, id DESC LIMIT ${limit}`;
}
