// SPDX-License-Identifier: Apache-2.0
// The SQL of proofs. Look-up reads a bundle with two of these statements, which the bench measures.
import { column, execute, named, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Ledger } from '../ledger.ts';
import { WITNESS_COLUMNS } from '../witnesses/index.ts';

const batchPart = z.object({
  statement: z.string(),
  batch_id: column.bigint,
  first_number: column.bigint,
  count: z.int(),
  root: column.bytes,
  anchored_at: column.bigint,
  not_before_header: column.bytes,
  mined_block_hash: column.bytes,
  transaction_hash: column.bytes.nullable(),
});

const proofRow = batchPart.extend({
  block: column.bigint,
  header_rlp: column.bytes,
  account_proof: z.array(column.bytes),
  storage_proof: z.array(column.bytes),
  tokens: z.array(column.bytes),
  renewals: z.array(z.boolean()),
});

/** What a bundle without its status is made of. */
export type ProofRow = z.output<typeof batchPart> & {
  header_rlp: Uint8Array;
  account_proof: readonly Uint8Array[];
  storage_proof: readonly Uint8Array[];
  /** Of time-stamping authorities, each renewal behind what it covers, and beside each whether it is one. */
  tokens: readonly Uint8Array[];
  renewals: readonly boolean[];
};

/** A batch that is not final has no proof, and some of its columns are empty; one without a place waits for its witnesses. */
const storedProof = z.discriminatedUnion('is_final', [
  proofRow.extend({ is_final: z.literal(true) }),
  z.object({ is_final: z.literal(false) }),
]);

/** Reason: on the path of look-up. Undefined where no entry has the number. */
export async function findProof(db: Db, number: bigint): Promise<z.output<typeof storedProof> | undefined> {
  const rows = await rowsOf(
    db,
    storedProof,
    named(
      'read-proof',
      Prisma.sql`SELECT statement, batch.id AS batch_id, first_number, count, root, anchored_at, not_before_header,
          mined_block_hash, transaction_hash, block, header_rlp, account_proof, storage_proof,
          final_sequence IS NOT NULL AS is_final, ${WITNESS_COLUMNS}
        FROM entry JOIN batch ON batch.id = entry.batch_id LEFT JOIN batch_proof ON batch_proof.batch_id = batch.id
        WHERE number = ${number}`,
    ),
  );
  return rows[0];
}

/** Reason: on the path of look-up, and it reads slices of a column: a batch of a million leaves costs twenty. */
export async function findNodes(db: Db, batchId: string, offsets: readonly number[]): Promise<Uint8Array[]> {
  const rows = await rowsOf(
    db,
    z.object({ node: column.bytes }),
    named(
      'read-path',
      Prisma.sql`SELECT substring(nodes FROM slice.start + 1 FOR 32) AS node
        FROM batch_tree, unnest(${offsets}::int[]) WITH ORDINALITY AS slice (start, position)
        WHERE batch_id = ${batchId} ORDER BY position`,
    ),
  );
  return rows.map(({ node }) => node);
}

const minedBatch = batchPart.extend({
  last_number: column.bigint,
  mined_block: column.bigint,
  closed_at: column.time,
  has_failed: z.boolean(),
});

/** A batch whose block is final, with the statement of its last entry. */
export type MinedBatch = z.output<typeof minedBatch>;

/**
 * Reason: a join without a foreign key, ordered by PostgreSQL's clock. New ones first, then those whose next try is due, so
 * that any number of hopeless ones leaves room for the others.
 */
export function findProvable(db: Db, finalBlock: bigint, limit: number): Promise<MinedBatch[]> {
  return rowsOf(
    db,
    minedBatch,
    Prisma.sql`SELECT batch.id AS batch_id, first_number, count, root, anchored_at, not_before_header, mined_block,
        mined_block_hash, transaction_hash, closed_at, unproven_since IS NOT NULL AS has_failed, number AS last_number,
        statement
      FROM batch JOIN entry ON number = first_number + count - 1
      WHERE state = 'mined' AND mined_block <= ${finalBlock} AND (proof_due_at IS NULL OR proof_due_at <= now())
      ORDER BY proof_due_at NULLS FIRST, batch.id LIMIT ${limit}`,
  );
}

/**
 * Reason: a row lock, and arithmetic on times by PostgreSQL's clock. The batch waits as long again as it has waited, from
 * a quarter of a second up to half a minute. Answers whether it failed for the first time; undefined if it is not mined.
 */
export async function postponeProof(db: Db, batchId: string): Promise<boolean | undefined> {
  const [row] = await rowsOf(
    db,
    z.object({ is_new: z.boolean() }),
    Prisma.sql`WITH waiting AS (SELECT id, unproven_since FROM batch WHERE id = ${batchId} AND state = 'mined' FOR UPDATE)
      UPDATE batch SET unproven_since = coalesce(waiting.unproven_since, now()), proof_due_at = now()
        + least('30 s', greatest('250 ms', now() - coalesce(waiting.unproven_since, now())))
      FROM waiting WHERE batch.id = waiting.id RETURNING waiting.unproven_since IS NULL AS is_new`,
  );
  return row?.is_new;
}

/**
 * Reason: set-based. Gives each final batch that has its witnesses the next place in the list of final entries, in the order of
 * their ids. Only under the lock `finality`.
 */
export async function placeFinal(
  db: Db,
  { witnessesRequired, hintWitnesses }: Pick<Ledger, 'witnessesRequired' | 'hintWitnesses'>,
): Promise<number> {
  return execute(
    db,
    Prisma.sql`WITH ready AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM batch
        WHERE state = 'final' AND final_sequence IS NULL AND ${witnessesRequired} <=
          (SELECT count(*) FROM witness_token WHERE batch_id = batch.id AND token IS NOT NULL AND authority <> ALL (${[...hintWitnesses]}::text[])))
      UPDATE batch SET final_sequence = ready.place + greatest(
        (SELECT coalesce(max(final_sequence), 0) FROM batch), (SELECT coalesce(max(final_sequence), 0) FROM burned_batch))
      FROM ready WHERE batch.id = ready.id`,
  );
}

/** Reason: as for `placeFinal`, without the lock. Whether there is anything to do. */
export async function hasUnplaced(db: Db): Promise<boolean> {
  const rows = await rowsOf(
    db,
    z.object({ id: column.bigint }),
    Prisma.sql`SELECT id FROM batch WHERE state = 'final' AND final_sequence IS NULL LIMIT 1`,
  );
  return rows.length > 0;
}
