// SPDX-License-Identifier: Apache-2.0
// The SQL of API keys.
import { column, named, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { SCOPES } from './api-key.ts';

const keyRow = z.object({
  id: z.string(),
  client_id: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  digest: column.bytes,
});

/** Reason: every request of intake and look-up begins with it. */
export async function findValidKey(db: Db, digest: Uint8Array): Promise<z.output<typeof keyRow> | undefined> {
  const rows = await rowsOf(
    db,
    keyRow,
    named(
      'authenticate',
      Prisma.sql`SELECT id, client_id, scopes, digest FROM api_key WHERE digest = ${digest} AND revoked_at IS NULL`,
    ),
  );
  return rows[0];
}
