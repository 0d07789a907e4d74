// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../../db/database.ts';
import { Prisma } from '../../generated/prisma/client.ts';

/** Reason: Prisma has no way to ask the server for its version. */
export async function postgresqlVersion(db: Db): Promise<string> {
  const [row] = await rowsOf(
    db,
    z.object({ version: z.string() }),
    Prisma.sql`SELECT current_setting('server_version') AS version`,
  );
  return row?.version ?? '';
}
