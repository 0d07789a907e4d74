// SPDX-License-Identifier: Apache-2.0
// Numbering: one SQL statement claims the oldest received entries, gives them contiguous numbers, writes what is put on
// record for each, and hashes that. A million entries never leave PostgreSQL; only their leaf hashes do.
import { encodeStatement, type RegistryName } from '@inkseal/verifier';
import type pg from 'pg';
import type { Header } from '../chain/index.ts';

export interface NumberingOptions {
  readonly batchId: bigint;
  readonly firstNumber: bigint;
  readonly maxSize: number;
  readonly registry: RegistryName;
  readonly notBefore: Header;
  readonly receivedUntil: Date;
}

/**
 * The leaf hashes of the numbered entries, 32 bytes each, in the order of their numbers; none if nothing is received.
 * Rows that another transaction holds are left for the next batch.
 */
export async function numberEntries(client: pg.PoolClient, options: NumberingOptions): Promise<Uint8Array> {
  const { batchId, firstNumber, maxSize, registry, notBefore, receivedUntil } = options;
  const { rows } = await client.query<{ leaves: Buffer | null }>({
    name: 'number-entries',
    text: NUMBER_ENTRIES,
    values: [maxSize, firstNumber, batchId, ...textAround(registry, notBefore), receivedUntil],
  });
  return rows[0]?.leaves ?? new Uint8Array();
}

/** `number` is one expression for row and statement: they cannot differ. The leaf is RFC 9162's: H(0x00 ‖ statement). */
const NUMBER_ENTRIES = `
  WITH claimed AS MATERIALIZED (
    SELECT id, received_at FROM entry WHERE number IS NULL AND received_at <= $10
      ORDER BY received_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
  ), numbered AS (
    SELECT id, $2::bigint + row_number() OVER (ORDER BY received_at, id) - 1 AS number FROM claimed
  ), written AS (
    UPDATE entry AS e SET number = c.number, batch_id = $3, statement =
      $4 || kind || $5 || c.number || $6 || to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || $7 || encode(sha256, 'hex') || coalesce($8 || encode(sm3, 'hex'), '') || $9
    FROM numbered AS c WHERE e.id = c.id
    RETURNING e.number, sha256('\\x00'::bytea || convert_to(statement, 'UTF8')) AS leaf
  )
  SELECT string_agg(leaf, '' ORDER BY number) AS leaves FROM written`;

/** No value that stands beside them has it. */
const GAP = '\u0000';

/** The text of a statement around kind, number, receivedAt, sha256 and sm3, as the verifier writes it. */
function textAround(registry: RegistryName, { number, hash }: Header): string[] {
  const notBefore = { block: String(number), hash };
  const gaps = { number: GAP, receivedAt: GAP, sha256: GAP, sm3: GAP };
  const kind = 'attestation';
  const text = new TextDecoder().decode(encodeStatement({ v: 1, registry, notBefore, kind, ...gaps }));
  return text.replace(kind, GAP).split(GAP);
}
