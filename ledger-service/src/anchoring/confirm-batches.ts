// SPDX-License-Identifier: Apache-2.0
// sent → mined: the chain decides. `batchOf(root)` says that a batch is anchored, its receipt where; a batch that was
// refused halts anchoring.
import { fromHex, toHex0x } from '@inkseal/verifier';
import { withTransaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { type BatchOnChain, batchOf } from '../registry/index.ts';
import { type Found, firstReceipt, MAX_IN_FLIGHT, markFailed } from '../transactions/index.ts';
import { haltAnchoring } from './halt.ts';

interface SentRow {
  id: string;
  first_number: string;
  count: number;
  root: Buffer;
  hashes: Buffer[] | null;
}

/** Records what was mined, in the order of batches. Answers how many batches moved. */
export async function confirmBatches(ledger: Ledger): Promise<number> {
  const { rows } = await ledger.pool.query<SentRow>(
    `SELECT id, first_number, count, root, (SELECT array_agg(hash ORDER BY signed_at DESC) FROM chain_transaction
       WHERE purpose = 'anchor' AND subject = batch.id AND failed_at IS NULL AND settled_at IS NULL) AS hashes
     FROM batch WHERE state IN ('signed', 'sent') ORDER BY id LIMIT $1`,
    [MAX_IN_FLIGHT],
  );
  for (const [index, row] of rows.entries()) {
    // Nonces keep the order: where one is not mined, those after it are not.
    if (!(await confirmBatch(ledger, row))) return index;
  }
  return rows.length;
}

async function confirmBatch(ledger: Ledger, row: SentRow): Promise<boolean> {
  const { chain, registry } = ledger;
  const [anchored, found] = await Promise.all([
    batchOf(chain, registry.address, toHex0x(row.root)),
    firstReceipt(chain, (row.hashes ?? []).map(toHex0x)),
  ]);
  if (!anchored && found?.receipt.isSuccess !== false) return false;
  ledger.onStage('receipt');
  if (anchored) await recordMined(ledger, row, { anchored, found });
  else if (found) await recordRefused(ledger, row, found);
  return true;
}

async function recordMined(
  ledger: Ledger,
  { id, first_number, count }: SentRow,
  { anchored, found }: { anchored: BatchOnChain; found: Found | undefined },
): Promise<void> {
  if (String(anchored.id) !== id || String(anchored.firstNumber) !== first_number || Number(anchored.count) !== count) {
    throw new DomainError('ledger-behind-chain', { batch: id });
  }
  const place = found?.receipt.isSuccess ? found.receipt : await newestBlock(ledger);
  await ledger.pool.query(
    `UPDATE batch SET state = 'mined', mined_block = $2, mined_block_hash = $3, anchored_at = $4,
       transaction_hash = coalesce($5, transaction_hash)
     WHERE id = $1 AND state IN ('signed', 'sent')`,
    [id, place.block, fromHex(place.blockHash), anchored.anchoredAt, found ? fromHex(found.hash) : null],
  );
  if (found) ledger.observer.gasUsed('anchor', found.receipt.gasUsed);
}

/** Where the receipt is lost, a block that surely has the batch does as well: its state is what is proven. */
async function newestBlock({ chain }: Ledger): Promise<{ block: bigint; blockHash: string }> {
  const header = await chain.header(await chain.head());
  if (!header) throw new DomainError('chain-unavailable');
  return { block: header.number, blockHash: header.hash };
}

/** The batch keeps its numbers and waits, sealed, until anchoring goes on. */
async function recordRefused(ledger: Ledger, { id }: SentRow, { hash }: Found): Promise<void> {
  await withTransaction(ledger.pool, async (client) => {
    await markFailed(client, hash);
    await client.query(
      `UPDATE batch SET state = 'sealed', sent_at = NULL, transaction_hash = NULL WHERE id = $1 AND state IN ('signed', 'sent')`,
      [id],
    );
  });
  await haltAnchoring(ledger, `batch ${id}: the transaction ${hash} reverted`);
}
