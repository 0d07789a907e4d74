// SPDX-License-Identifier: Apache-2.0
// Sealing: in one transaction, what is received gets contiguous numbers and statements, and the batch its root. Either
// all of it is committed or none; two sealers would take different entries, and the batch's unique number lets one win.
import { hash } from 'node:crypto';
import { buildTree, HASH_SIZE } from '@inkseal/verifier';
import type pg from 'pg';
import type { Header } from '../chain/index.ts';
import { withTransaction } from '../db/database.ts';
import type { Ledger } from '../ledger.ts';
import { numberEntries } from './number-entries.ts';

export interface SealedBatch {
  readonly id: bigint;
  readonly firstNumber: bigint;
  readonly count: number;
  readonly root: Uint8Array;
}

export interface SealOptions {
  readonly maxSize: number;
  /** The newest final header known: the statements were written after it. */
  readonly notBefore: Header;
  /** Entries received later are left: the chain's time has not reached them, and nobody would believe their proof. */
  readonly receivedUntil: Date;
}

/** Seals the oldest received entries, at most `maxSize`; undefined if there are none. */
export async function sealBatch(ledger: Ledger, options: SealOptions): Promise<SealedBatch | undefined> {
  const { notBefore } = options;
  const { chainId, address, firstNumber: registryFirst } = ledger.registry;
  const registry = { chainId: String(chainId), contract: address };
  const batch = await withTransaction(ledger.pool, async (client) => {
    const { id, firstNumber } = await nextBatch(client, registryFirst);
    const leaves = await numberEntries(client, { ...options, batchId: id, firstNumber, registry });
    if (leaves.length === 0) return undefined;
    ledger.onStage('claim');
    const tree = buildTree(leaves, nativeSha256);
    const sealed = { id, firstNumber, count: leaves.length / HASH_SIZE, root: tree.root };
    await insertBatch(client, { ...sealed, nodes: tree.nodes, notBefore });
    return sealed;
  });
  if (!batch) return undefined;
  ledger.onStage('seal');
  ledger.observer.batchSealed(batch.count);
  return batch;
}

const nativeSha256 = (message: Uint8Array): Uint8Array => hash('sha256', message, 'buffer');

async function nextBatch(client: pg.PoolClient, registryFirst: bigint): Promise<{ id: bigint; firstNumber: bigint }> {
  const { rows } = await client.query<{ id: string; next: string }>(
    'SELECT id, first_number + count AS next FROM batch ORDER BY id DESC LIMIT 1',
  );
  const [last] = rows;
  return last ? { id: BigInt(last.id) + 1n, firstNumber: BigInt(last.next) } : { id: 1n, firstNumber: registryFirst };
}

async function insertBatch(client: pg.PoolClient, batch: SealedBatch & { nodes: Uint8Array; notBefore: Header }) {
  const { id, firstNumber, count, root, nodes, notBefore } = batch;
  await client.query(
    `INSERT INTO batch (id, first_number, count, root, state, not_before_block, not_before_hash, not_before_header, sealed_at)
     VALUES ($1, $2, $3, $4, 'sealed', $5, decode($6, 'hex'), $7, clock_timestamp())`,
    [id, firstNumber, count, root, notBefore.number, notBefore.hash.slice(2), notBefore.rlp],
  );
  await client.query('INSERT INTO batch_tree (batch_id, nodes) VALUES ($1, $2)', [id, nodes]);
}
