// SPDX-License-Identifier: Apache-2.0
// Statements on the table in which Prisma's engine keeps what it has applied. No service's schema has that table.

/** Reason: read without the engine, which takes seconds. A migration that began and did not end counts as missing. */
export const APPLIED_MIGRATIONS = `
  SELECT concat(migration_name, ' ', CASE WHEN finished_at IS NOT NULL THEN checksum END) AS id
    FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`;

/** Reason: appended to a script, so that both are one transaction. */
export const MARK_FINISHED = `UPDATE "_prisma_migrations" SET "finished_at" = now(), "applied_steps_count" = 1
  WHERE "finished_at" IS NULL AND "rolled_back_at" IS NULL;`;
