// SPDX-License-Identifier: Apache-2.0
// What becomes of batches after a try to prove them: final with a stored proof, or waiting for the next try.
import { toHex0x } from '@inkseal/verifier';
import { eachApart } from '../apart.ts';
import { lockUntilCommit } from '../db/advisory-locks.ts';
import type { Db } from '../db/database.ts';
import type { Ledger } from '../ledger.ts';
import { settle } from '../transactions/index.ts';
import type { BatchProof, Unproven } from './batch-proof.ts';
import { placeFinal, postponeProof } from './proofs.sql.ts';

/**
 * The lock is held until the commit, so whoever sees a sequence sees all before it: readers may use it as a cursor. A
 * batch that another process finished meanwhile keeps its place.
 */
export async function finishBatches(ledger: Ledger, proofs: readonly BatchProof[]): Promise<void> {
  if (proofs.length === 0) return;
  try {
    await finishTogether(ledger, proofs);
  } catch (error) {
    if (proofs.length === 1) throw error;
    await eachApart(ledger, {
      work: 'finish-batch',
      items: proofs,
      idOf: ({ batch }) => batch.batch_id,
      run: (proof) => finishTogether(ledger, [proof]),
    });
  }
}

async function finishTogether(ledger: Ledger, proofs: readonly BatchProof[]): Promise<void> {
  await ledger.database.transaction(async (tx) => {
    await lockUntilCommit(tx, 'finality');
    for (const proof of proofs) await finishBatch(tx, proof);
    await placeFinal(tx, ledger);
  });
  ledger.log.info({ batches: proofs.map(({ batch }) => batch.batch_id) }, 'batches final');
  for (const { batch } of proofs) ledger.observer.anchorTook((Date.now() - batch.closed_at.getTime()) / 1000);
}

async function finishBatch(tx: Db, { batch, header, account, storage }: BatchProof): Promise<void> {
  const id = BigInt(batch.batch_id);
  const proof = {
    batchId: id,
    block: header.number,
    headerRlp: new Uint8Array(header.rlp),
    accountProof: account.map((node) => new Uint8Array(node)),
    storageProof: storage.map((node) => new Uint8Array(node)),
  };
  await tx.batchProof.createMany({ data: [proof], skipDuplicates: true });
  await tx.batch.updateMany({
    where: { id, state: 'mined' },
    data: {
      state: 'final',
      finalAt: new Date(),
      unprovenSince: null,
      proofDueAt: null,
    },
  });
  if (batch.transaction_hash) await settle(tx, toHex0x(batch.transaction_hash));
}

export async function postpone(ledger: Ledger, unproven: readonly Unproven[]): Promise<void> {
  const { database, log } = ledger;
  await eachApart(ledger, {
    work: 'postpone-proof',
    items: unproven,
    idOf: ({ batch }) => batch.batch_id,
    run: async ({ batch, reason }) => {
      const isNew = await postponeProof(database.prisma, batch.batch_id);
      // The same failure comes again with every try.
      if (isNew) log.warn({ err: reason, batch: batch.batch_id, block: batch.mined_block }, 'no proof yet');
    },
  });
}
