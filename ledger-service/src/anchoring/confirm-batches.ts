// SPDX-License-Identifier: Apache-2.0
// sent → mined: the chain decides. `batchOf(root)` says that a batch is anchored, its result where; a batch that was
// refused halts anchoring.
import { toHex0x } from '@inkseal/verifier';
import { ENOUGH, eachApart } from '../apart.ts';
import { bytesOf } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Ledger } from '../ledger.ts';
import { type BatchOnChain, batchOf } from '../registry/index.ts';
import { type Found, firstResult, MAX_IN_FLIGHT, markFailed, pendingHashes } from '../transactions/index.ts';
import { haltAnchoring } from './halt.ts';

interface SentBatch {
  readonly id: bigint;
  readonly firstNumber: bigint;
  readonly count: number;
  readonly root: Uint8Array;
}

const UNDER_WAY = { in: ['signed', 'sent'] } satisfies Prisma.EnumBatchStateFilter;

/** Records what was mined, in the order of batches. */
export async function confirmBatches(ledger: Ledger): Promise<void> {
  const db = ledger.database.prisma;
  const batches = await db.batch.findMany({
    where: { state: UNDER_WAY },
    orderBy: { id: 'asc' },
    take: MAX_IN_FLIGHT,
    select: { id: true, firstNumber: true, count: true, root: true },
  });
  if (batches.length === 0) return;
  const hashes = await pendingHashes(
    db,
    'anchor',
    batches.map(({ id }) => id),
  );
  await eachApart(ledger, {
    work: 'confirm-batch',
    items: batches,
    idOf: ({ id }) => String(id),
    // Nonces keep the order: where one is not mined, those after it are not.
    run: async (batch) => (await confirmBatch(ledger, batch, hashes.get(batch.id) ?? [])) || ENOUGH,
  });
}

async function confirmBatch(ledger: Ledger, batch: SentBatch, hashes: readonly string[]): Promise<boolean> {
  const { chain, registry } = ledger;
  const [anchored, found] = await Promise.all([
    batchOf(chain, registry.address, toHex0x(batch.root)),
    firstResult(chain, hashes),
  ]);
  if (!anchored && found?.result.isSuccess !== false) return false;
  ledger.onStage('result');
  if (anchored) await recordMined(ledger, batch, { anchored, found });
  else if (found) await recordRefused(ledger, batch, found);
  return true;
}

async function recordMined(
  ledger: Ledger,
  { id, firstNumber, count }: SentBatch,
  { anchored, found }: { anchored: BatchOnChain; found: Found | undefined },
): Promise<void> {
  if (anchored.id !== id || anchored.firstNumber !== firstNumber || anchored.count !== BigInt(count)) {
    throw new DomainError('ledger-behind-chain', { batch: String(id) });
  }
  const place = found?.result.isSuccess ? found.result : await newestBlock(ledger);
  await ledger.database.prisma.batch.updateMany({
    where: { id, state: UNDER_WAY },
    data: {
      state: 'mined',
      minedBlock: place.block,
      minedBlockHash: bytesOf(place.blockHash),
      anchoredAt: anchored.anchoredAt,
      ...(found ? { transactionHash: bytesOf(found.hash) } : {}),
    },
  });
  if (found) ledger.observer.gasUsed('anchor', found.result.gasUsed);
}

/** Where the result is lost, a block that surely has the batch does as well: its state is what is proven. */
async function newestBlock({ chain }: Ledger): Promise<{ block: bigint; blockHash: string }> {
  const header = await chain.header(await chain.head());
  if (!header) throw new DomainError('chain-unavailable');
  return { block: header.number, blockHash: header.hash };
}

/** The batch keeps its numbers and waits, closed, until anchoring goes on. */
async function recordRefused(ledger: Ledger, { id }: SentBatch, { hash }: Found): Promise<void> {
  await ledger.database.transaction(async (tx) => {
    await markFailed(tx, hash);
    await tx.batch.updateMany({
      where: { id, state: UNDER_WAY },
      data: { state: 'closed', sentAt: null, transactionHash: null },
    });
  });
  await haltAnchoring(ledger, `batch ${id}: the transaction ${hash} reverted`);
}
