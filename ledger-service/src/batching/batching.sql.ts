// SPDX-License-Identifier: Apache-2.0
// The SQL of sequencing, which the bench measures: a million entries never leave PostgreSQL; only their leaf hashes do.
import { column, execute, named, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Header } from '../chain/index.ts';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

export interface OldestWaiting {
  readonly receivedAt: Date;
  readonly ageMs: number;
  /** At least `maxSize` entries wait. */
  readonly isFull: boolean;
}

/** Reason: on the path of sequencing, and by PostgreSQL's clock. */
export async function readOldestWaiting(db: Db, maxSize: number): Promise<OldestWaiting | undefined> {
  const [oldest] = await rowsOf(
    db,
    z.object({ received_at: column.time, age: z.coerce.number(), is_full: z.boolean() }),
    named(
      'close-due',
      Prisma.sql`SELECT received_at, extract(epoch FROM clock_timestamp() - received_at) * 1000 AS age,
          EXISTS (SELECT FROM entry WHERE number IS NULL ORDER BY received_at, id OFFSET ${maxSize - 1} LIMIT 1) AS is_full
        FROM entry WHERE number IS NULL ORDER BY received_at, id LIMIT 1`,
    ),
  );
  return oldest && { receivedAt: oldest.received_at, ageMs: oldest.age, isFull: oldest.is_full };
}

/** Reason: on the path of sequencing. The last batch, burned or not, and the number after it; undefined before there is one. */
export async function findLastBatch(db: Db): Promise<{ id: bigint; nextNumber: bigint } | undefined> {
  const [last] = await rowsOf(
    db,
    z.object({ id: column.bigint, next: column.bigint }),
    Prisma.sql`(SELECT id, first_number + count AS next FROM batch ORDER BY id DESC LIMIT 1)
      UNION ALL (SELECT id, first_number + count FROM burned_batch ORDER BY id DESC LIMIT 1) ORDER BY id DESC LIMIT 1`,
  );
  return last && { id: BigInt(last.id), nextNumber: BigInt(last.next) };
}

export interface Numbering {
  readonly batchId: bigint;
  readonly firstNumber: bigint;
  readonly maxSize: number;
  readonly receivedUntil: Date;
  /** The text of a statement around kind, number, receivedAt, sha256 and sm3. */
  readonly text: readonly [string, string, string, string, string, string];
}

/**
 * Reason: set-based, and it skips locked rows. Claims the oldest received entries, gives them contiguous numbers, writes
 * what is put on record for each, and hashes that. `number` is one expression for row and statement: they cannot differ.
 * The leaf is RFC 9162's: H(0x00 ‖ statement).
 */
export async function writeNumbers(db: Db, numbering: Numbering): Promise<Uint8Array | undefined> {
  const { batchId, firstNumber, maxSize, receivedUntil, text } = numbering;
  const [row] = await rowsOf(
    db,
    z.object({ leaves: column.bytes.nullable() }),
    named(
      'number-entries',
      Prisma.sql`WITH claimed AS MATERIALIZED (
          SELECT id, received_at FROM entry WHERE number IS NULL AND received_at <= ${receivedUntil}
            ORDER BY received_at, id LIMIT ${maxSize} FOR UPDATE SKIP LOCKED
        ), numbered AS (
          SELECT id, ${firstNumber}::bigint + row_number() OVER (ORDER BY received_at, id) - 1 AS number FROM claimed
        ), written AS (
          UPDATE entry AS e SET number = c.number, batch_id = ${batchId}, statement =
            ${text[0]} || kind || ${text[1]} || c.number || ${text[2]}
            || to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
            || ${text[3]} || encode(sha256, 'hex') || coalesce(${text[4]} || encode(sm3, 'hex'), '') || ${text[5]}
          FROM numbered AS c WHERE e.id = c.id
          RETURNING e.number, sha256('\\x00'::bytea || convert_to(statement, 'UTF8')) AS leaf
        )
        SELECT string_agg(leaf, '' ORDER BY number) AS leaves FROM written`,
    ),
  );
  return row?.leaves ?? undefined;
}

export interface NewBatch {
  readonly id: bigint;
  readonly firstNumber: bigint;
  readonly count: number;
  readonly root: Uint8Array;
  readonly notBefore: Header;
}

/** Reason: on the path of sequencing, and by PostgreSQL's clock. */
export async function insertBatch(db: Db, { id, firstNumber, count, root, notBefore }: NewBatch): Promise<void> {
  await execute(
    db,
    Prisma.sql`INSERT INTO batch (id, first_number, count, root, state, not_before_block, not_before_hash,
        not_before_header, closed_at)
      VALUES (${id}, ${firstNumber}, ${count}, ${root}, 'closed', ${notBefore.number},
        decode(${notBefore.hash.slice(2)}, 'hex'), ${notBefore.rlp}, clock_timestamp())`,
  );
}

/** Reason: on the path of sequencing. Prisma would turn up to 64 MB into base64. */
export async function insertTree(db: Db, batchId: bigint, nodes: Uint8Array): Promise<void> {
  await execute(db, Prisma.sql`INSERT INTO batch_tree (batch_id, nodes) VALUES (${batchId}, ${nodes})`);
}
