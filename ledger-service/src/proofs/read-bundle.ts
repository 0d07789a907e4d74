// SPDX-License-Identifier: Apache-2.0
// The proof bundle of one number, put together from stored rows with a few small reads: a batch of a million leaves
// costs twenty slices of its stored tree. The status is the only part that asks the chain.
import {
  BUNDLE_MEDIA_TYPE,
  type Bundle,
  encodeBundle,
  pathNodeOffsets,
  type Statement,
  type StateProof,
  toHex,
  toHex0x,
} from '@inkseal/verifier';
import type pg from 'pg';
import { DomainError } from '../errors.ts';
import type { StateReader } from './state-reader.ts';

/** What a bundle without its status is made of. */
export interface ProofRow {
  statement: string;
  batch_id: string;
  first_number: string;
  count: number;
  root: Buffer;
  anchored_at: string;
  not_before_header: Buffer;
  mined_block_hash: Buffer;
  transaction_hash: Buffer | null;
  header_rlp: Uint8Array;
  account_proof: readonly Uint8Array[];
  storage_proof: readonly Uint8Array[];
}

/**
 * The exact bytes of the bundle. Throws `entry-not-found`, or `not-yet-final` before there is a proof. The status is
 * left out when it is not wanted or the chain does not answer soon.
 */
export async function readBundle(
  pool: pg.Pool,
  number: bigint,
  status: Pick<StateReader, 'revocation'> | undefined,
): Promise<Uint8Array> {
  const row = await readProof(pool, number);
  const [inclusion, proven] = await Promise.all([
    readInclusion(pool, row, number),
    status?.revocation(number, BigInt(row.block)),
  ]);
  return encodeBundle(bundleOf(row, inclusion, proven));
}

/** The bundle that these parts of a batch would make, before anything of them is stored. */
export async function draftBundle(pool: pg.Pool, row: ProofRow, number: bigint): Promise<Uint8Array> {
  return encodeBundle(bundleOf(row, await readInclusion(pool, row, number), undefined));
}

interface StoredProofRow extends ProofRow {
  block: string;
}

async function readProof(pool: pg.Pool, number: bigint): Promise<StoredProofRow> {
  const { rows } = await pool.query<StoredProofRow & { is_final: boolean }>({
    name: 'read-proof',
    text: `SELECT statement, batch.id AS batch_id, first_number, count, root, anchored_at, not_before_header,
        mined_block_hash, transaction_hash, block, header_rlp, account_proof, storage_proof,
        batch.state = 'final' AS is_final
      FROM entry JOIN batch ON batch.id = entry.batch_id LEFT JOIN batch_proof ON batch_proof.batch_id = batch.id
      WHERE number = $1`,
    values: [number],
  });
  const [row] = rows;
  if (!row) throw new DomainError('entry-not-found', { number: String(number) });
  if (!row.is_final) throw new DomainError('not-yet-final', { number: String(number) });
  return row;
}

async function readInclusion(pool: pg.Pool, row: ProofRow, number: bigint): Promise<Bundle['inclusion']> {
  const index = Number(number - BigInt(row.first_number));
  return { index, count: row.count, path: await readPath(pool, row.batch_id, pathNodeOffsets(index, row.count)) };
}

async function readPath(pool: pg.Pool, batchId: string, offsets: readonly number[]): Promise<string[]> {
  const { rows } = await pool.query<{ node: Buffer }>({
    name: 'read-path',
    text: `SELECT substring(nodes FROM slice.start + 1 FOR 32) AS node
      FROM batch_tree, unnest($2::int[]) WITH ORDINALITY AS slice (start, position)
      WHERE batch_id = $1 ORDER BY position`,
    values: [batchId, offsets],
  });
  return rows.map(({ node }) => toHex(node));
}

function bundleOf(row: ProofRow, inclusion: Bundle['inclusion'], status: StateProof | undefined): Bundle {
  // The column holds what encodeStatement wrote; the leaf's hash is over the same text.
  const statement: Statement = JSON.parse(row.statement);
  return {
    mediaType: BUNDLE_MEDIA_TYPE,
    statement,
    inclusion,
    notBefore: { headerRlp: toHex0x(row.not_before_header) },
    anchor: {
      batch: {
        root: toHex(row.root),
        id: row.batch_id,
        firstNumber: row.first_number,
        count: row.count,
        anchoredAt: row.anchored_at,
      },
      headerRlp: toHex0x(row.header_rlp),
      accountProof: row.account_proof.map(toHex0x),
      storageProof: row.storage_proof.map(toHex0x),
    },
    ...(status ? { status } : {}),
    hints: {
      anchorBlockHash: toHex0x(row.mined_block_hash),
      ...(row.transaction_hash ? { transaction: toHex0x(row.transaction_hash) } : {}),
    },
  };
}
