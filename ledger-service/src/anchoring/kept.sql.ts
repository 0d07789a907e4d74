// SPDX-License-Identifier: Apache-2.0
// The SQL of `kept-rows.ts`: places in PostgreSQL's log (WAL), as numbers of bytes.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** Up to where a synchronous standby has it on disk; null where none follows, or where we may not know. */
const ON_STANDBY = Prisma.sql`(SELECT max(pg_wal_lsn_diff(flush_lsn, '0/0')) FROM pg_stat_replication
  WHERE sync_state IN ('sync', 'quorum'))`;
/** The end of the last file that was archived: files are archived in their order. Its name is timeline, 4 GiB, file. */
const ARCHIVED = Prisma.sql`(SELECT ('x' || substr(last_archived_wal, 9, 8))::bit(32)::bigint * 4294967296
    + (('x' || substr(last_archived_wal, 17, 8))::bit(32)::bigint + 1) * pg_size_bytes(current_setting('wal_segment_size'))
  FROM pg_stat_archiver WHERE last_archived_wal ~ '^[0-9A-F]{24}$')`;

/** Reason: functions of PostgreSQL's. Rows that this statement sees were written before `written`. */
export async function readPlaces(db: Db, where: 'standby' | 'archived') {
  const [row] = await rowsOf(
    db,
    z.object({
      batch: column.bigint.nullable(),
      revocation: column.bigint.nullable(),
      written: column.bigint,
      kept: column.bigint.nullable(),
    }),
    Prisma.sql`SELECT (SELECT max(id) FROM batch) AS batch, (SELECT max(position) FROM revocation) AS revocation,
        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS written,
        ${where === 'standby' ? ON_STANDBY : ARCHIVED}::bigint AS kept`,
  );
  return {
    batch: BigInt(row?.batch ?? 0),
    revocation: BigInt(row?.revocation ?? 0),
    written: BigInt(row?.written ?? 0),
    kept: row?.kept == null ? undefined : BigInt(row.kept),
  };
}
