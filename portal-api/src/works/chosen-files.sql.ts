// SPDX-License-Identifier: Apache-2.0
// The SQL of the files that an order takes of its work: the work's uploads, locked.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

const uploadRow = z.object({
  id: z.string(),
  role: z.enum(['FILE', 'COVER', 'DISPLAY']),
  derivedFrom: z.string().nullable(),
  name: z.string(),
  size: column.bigint,
  state: z.string(),
  mediaType: z.string().nullable(),
  sha256: z.string().nullable(),
  sm3: z.string().nullable(),
  uploadedAt: column.time,
});

export type WorkUpload = z.output<typeof uploadRow>;

/** Reason: row locks. The uploads of a work; none of them can be discarded before the transaction ends. */
export function lockWorkFiles(db: Db, workId: string): Promise<WorkUpload[]> {
  return rowsOf(
    db,
    uploadRow,
    Prisma.sql`SELECT u.id, f.role, f.derived_from_id AS "derivedFrom", u.name, u.declared_size AS size, u.state,
        u.media_type AS "mediaType", encode(u.sha256, 'hex') AS sha256, encode(u.sm3, 'hex') AS sm3,
        coalesce(u.first_byte_at, u.created_at) AS "uploadedAt"
      FROM work_file f JOIN upload u ON u.id = f.upload_id WHERE f.work_id = ${workId} ORDER BY u.id FOR SHARE OF u`,
  );
}
