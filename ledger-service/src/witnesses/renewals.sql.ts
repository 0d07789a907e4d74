// SPDX-License-Identifier: Apache-2.0
// The SQL of renewals: the tokens of a batch in the order of its bundle, which of them age, and what renewed them.
import { column, rowsOf } from '@inkseal/service-kit';
import type { ChainWitness, Witness } from '@inkseal/verifier';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { NEVER } from './witnesses.sql.ts';

/** A bundle has no more. */
export const MAX_WITNESSES = 8;

/**
 * Reason: a part of statements on the path of look-up. The tokens of a row of `batch`, and whether each is a renewal. What a
 * renewal covers is before it and never changes: a token that came later has no `renewed_by`, and is at the end.
 */
export const WITNESS_COLUMNS = Prisma.sql`ARRAY(${inOrder(Prisma.sql`token`)}) AS tokens,
  ARRAY(${inOrder(Prisma.sql`is_renewal`)}) AS renewals`;

function inOrder(wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT ${wanted} FROM (
      SELECT token, renewed_by AS place, false AS is_renewal, stored_at, authority FROM witness_token
        WHERE batch_id = batch.id AND token IS NOT NULL
      UNION ALL SELECT token, position, true, stored_at, authority FROM renewal WHERE batch_id = batch.id) AS witness
    ORDER BY place NULLS LAST, is_renewal, stored_at, authority LIMIT ${MAX_WITNESSES}`;
}

const tokenColumns = { tokens: z.array(column.bytes), renewals: z.array(z.boolean()) };

/** As a bundle has them. */
export const witnessesOf = ({ tokens, renewals }: Tokens): Witness[] =>
  tokens.map((token, place) => {
    const bytes = Buffer.from(token);
    // What a second chain shows is stored as the canonical JSON of its witness; no DER begins like that.
    if (bytes[0] === OPENING_BRACE) return JSON.parse(bytes.toString('utf8')) as ChainWitness;
    return { kind: renewals[place] ? 'renewal' : 'rfc3161', token: bytes.toString('base64') };
  });

const OPENING_BRACE = 0x7b;

interface Tokens {
  readonly tokens: readonly Uint8Array[];
  readonly renewals: readonly boolean[];
}

const ageingBatch = z.object({
  batch_id: column.bigint,
  root: column.bytes,
  not_before_header: column.bytes,
  is_old: z.boolean(),
  ...tokenColumns,
});
/** `batch_id` is a decimal string. */
export type AgeingBatch = z.output<typeof ageingBatch>;

export interface Age {
  /** A token whose certificates end by then ages. */
  readonly expiresUntil: Date;
  /** And one that was stored by then. */
  readonly storedUntil: Date;
}

/** Reason: a set of two tables. Final batches after an id that have a token which ages, or whose age nobody has looked at. */
export function findAgeing(
  db: Db,
  { after, limit, expiresUntil, storedUntil }: Age & { after: string; limit: number },
): Promise<AgeingBatch[]> {
  return rowsOf(
    db,
    ageingBatch,
    Prisma.sql`WITH open AS (
        SELECT batch_id, expires_at, stored_at FROM witness_token WHERE token IS NOT NULL AND renewed_by IS NULL
        UNION ALL SELECT batch_id, expires_at, stored_at FROM renewal WHERE renewed_by IS NULL),
      ageing AS (SELECT batch_id, bool_or(stored_at <= ${storedUntil}) AS is_old FROM open WHERE batch_id > ${after}::bigint
        AND (expires_at IS NULL OR expires_at <= ${expiresUntil} OR stored_at <= ${storedUntil}) GROUP BY batch_id)
      SELECT batch.id AS batch_id, root, not_before_header, is_old, ${WITNESS_COLUMNS}
      FROM ageing JOIN batch ON batch.id = ageing.batch_id
      WHERE final_sequence IS NOT NULL ORDER BY batch.id LIMIT ${limit}`,
  );
}

export interface NewRenewal {
  readonly batchId: bigint;
  readonly authority: string;
  readonly token: Uint8Array<ArrayBuffer>;
  readonly expiresAt: Date;
  /** The tokens before it. */
  readonly covers: readonly Uint8Array[];
}

/**
 * Stores a renewal, and notes which tokens it covers. Answers false where another process has renewed the batch meanwhile; a
 * token that came meanwhile is not covered, and stands behind it.
 */
export async function storeRenewal(db: Db, { covers, ...renewal }: NewRenewal, position: number): Promise<boolean> {
  const { batchId } = renewal;
  const stored = await db.renewal.createMany({ data: { ...renewal, position }, skipDuplicates: true });
  if (stored.count === 0) return false;
  const where = { batchId, renewedBy: null, token: { in: covers.map((token) => Uint8Array.from(token)) } };
  await db.witnessToken.updateMany({ where, data: { renewedBy: position } });
  await db.renewal.updateMany({ where: { ...where, position: { lt: position } }, data: { renewedBy: position } });
  return true;
}

/** When the first certificate ends of a token that nothing renewed. */
export async function firstExpiry(db: Db): Promise<Date | undefined> {
  // Each is the first row of an index: every request for metrics asks this.
  const ask = { orderBy: { expiresAt: 'asc' }, select: { expiresAt: true } } as const;
  const [token, renewal] = await Promise.all([
    db.witnessToken.findFirst({
      where: { token: { not: null }, renewedBy: null, expiresAt: { not: null, lt: NEVER } },
      ...ask,
    }),
    db.renewal.findFirst({ where: { renewedBy: null }, ...ask }),
  ]);
  const ends = [token, renewal].flatMap((first) => first?.expiresAt ?? []);
  return ends.sort((one, other) => one.getTime() - other.getTime())[0];
}
