// SPDX-License-Identifier: Apache-2.0
// The proof bundle of one number, put together from stored rows with a few small reads: a batch of a million leaves
// costs twenty slices of its stored tree. The status is the only part that asks the chain.
import {
  BUNDLE_MEDIA_TYPE,
  BUNDLE_MEDIA_TYPE_V2,
  type Bundle,
  encodeBundle,
  pathNodeOffsets,
  type Statement,
  type StateProof,
  toHex,
  toHex0x,
} from '@inkseal/verifier';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { witnessesOf } from '../witnesses/index.ts';
import { findNodes, findProof, type ProofRow } from './proofs.sql.ts';
import type { StateReader } from './state-reader.ts';

/**
 * The exact bytes of the bundle. Throws `entry-not-found`, or `not-yet-final` before there is a proof. The status is
 * left out when it is not wanted or the chain does not answer soon.
 */
export async function readBundle(
  db: Db,
  number: bigint,
  status: Pick<StateReader, 'revocation'> | undefined,
): Promise<Uint8Array> {
  const row = await readProof(db, number);
  const [inclusion, proven] = await Promise.all([
    readInclusion(db, row, number),
    status?.revocation(number, BigInt(row.block)),
  ]);
  return encodeBundle(bundleOf(row, inclusion, proven));
}

/** The bundle that these parts of a batch would make, before anything of them is stored. */
export async function draftBundle(db: Db, row: ProofRow, number: bigint): Promise<Uint8Array> {
  return encodeBundle(bundleOf(row, await readInclusion(db, row, number), undefined));
}

async function readProof(db: Db, number: bigint) {
  const row = await findProof(db, number);
  if (!row) throw new DomainError('entry-not-found', { number: String(number) });
  if (!row.is_final) throw new DomainError('not-yet-final', { number: String(number) });
  return row;
}

async function readInclusion(db: Db, row: ProofRow, number: bigint): Promise<Bundle['inclusion']> {
  const index = Number(number - BigInt(row.first_number));
  const nodes = await findNodes(db, row.batch_id, pathNodeOffsets(index, row.count));
  return { index, count: row.count, path: nodes.map(toHex) };
}

function bundleOf(row: ProofRow, inclusion: Bundle['inclusion'], status: StateProof | undefined): Bundle {
  // The column holds what encodeStatement wrote; the leaf's hash is over the same text.
  const statement: Statement = JSON.parse(row.statement);
  return {
    mediaType: row.tokens.length > 0 ? BUNDLE_MEDIA_TYPE_V2 : BUNDLE_MEDIA_TYPE,
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
    ...(row.tokens.length > 0 ? { witnesses: witnessesOf(row) } : {}),
    hints: {
      anchorBlockHash: toHex0x(row.mined_block_hash),
      ...(row.transaction_hash ? { transaction: toHex0x(row.transaction_hash) } : {}),
    },
  };
}
