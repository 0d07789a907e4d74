// SPDX-License-Identifier: Apache-2.0
// Closing: in one transaction, what is received gets contiguous numbers and statements, and the batch its root. Either
// all of it is committed or none; two runs would take different entries, and the batch's unique number lets one win.
import { hash } from 'node:crypto';
import { buildTree, HASH_SIZE } from '@inkseal/verifier';
import type { Header } from '../chain/index.ts';
import type { Db } from '../db/database.ts';
import type { Ledger } from '../ledger.ts';
import { findLastBatch, insertBatch, insertTree } from './batching.sql.ts';
import { numberEntries } from './number-entries.ts';

/** A batch of the largest size takes about a minute on a slow disk. */
const CLOSE_WITHIN_MS = 15 * 60_000;

export interface ClosedBatch {
  readonly id: bigint;
  readonly firstNumber: bigint;
  readonly count: number;
  readonly root: Uint8Array;
}

export interface CloseOptions {
  readonly maxSize: number;
  /** The newest final header known: the statements were written after it. */
  readonly notBefore: Header;
  /** Entries received later are left: the chain's time has not reached them, and nobody would believe their proof. */
  readonly receivedUntil: Date;
}

/** Closes the oldest received entries, at most `maxSize`; undefined if there are none. */
export async function closeBatch(ledger: Ledger, options: CloseOptions): Promise<ClosedBatch | undefined> {
  const { notBefore } = options;
  const { chainId, address, firstNumber: registryFirst } = ledger.registry;
  const registry = { chainId: String(chainId), contract: address };
  const close = async (tx: Db) => {
    const { id, firstNumber } = await nextBatch(tx, registryFirst);
    const leaves = await numberEntries(tx, { ...options, batchId: id, firstNumber, registry });
    if (leaves.length === 0) return undefined;
    ledger.onStage('claim');
    const tree = buildTree(leaves, nativeSha256);
    const closed = { id, firstNumber, count: leaves.length / HASH_SIZE, root: tree.root };
    await insertBatch(tx, { ...closed, notBefore });
    await insertTree(tx, id, tree.nodes);
    return closed;
  };
  const batch = await ledger.database.transaction(close, { timeoutMs: CLOSE_WITHIN_MS });
  if (!batch) return undefined;
  ledger.onStage('close');
  ledger.observer.batchClosed(batch.count);
  return batch;
}

const nativeSha256 = (message: Uint8Array): Uint8Array => hash('sha256', message, 'buffer');

async function nextBatch(tx: Db, registryFirst: bigint): Promise<{ id: bigint; firstNumber: bigint }> {
  const last = await findLastBatch(tx);
  return last ? { id: last.id + 1n, firstNumber: last.nextNumber } : { id: 1n, firstNumber: registryFirst };
}
