// SPDX-License-Identifier: Apache-2.0
// signed → sent: broadcast, and broadcast again while there is no result. What nodes answer settles nothing.
import { ENOUGH, eachApart } from '../apart.ts';
import { bytesOf } from '../db/database.ts';
import type { Ledger } from '../ledger.ts';
import { type Broadcaster, repeatOwed, type StoredTransaction, unsettled } from '../transactions/index.ts';

/** Sends what is signed, in the order of nonces. */
export async function sendBatches(ledger: Ledger, broadcaster: Broadcaster): Promise<void> {
  const signed = await signedBatches(ledger);
  if (signed.size === 0) return;
  await ledger.tracer.run({ name: 'send batches', kind: 'internal' }, () => sendAll(ledger, broadcaster, signed));
}

async function sendAll(ledger: Ledger, broadcaster: Broadcaster, signed: ReadonlySet<bigint>): Promise<void> {
  const owed = await unsettled(ledger.database.prisma, ledger.signers.anchorer.address);
  await eachApart(ledger, {
    work: 'send-batch',
    items: owed.filter(({ purpose, subject, hasFailed }) => purpose === 'anchor' && signed.has(subject) && !hasFailed),
    idOf: ({ subject }) => String(subject),
    run: async (transaction) => {
      // No node takes those after it either.
      if (!(await broadcaster.send(transaction))) return ENOUGH;
      ledger.onStage('send');
      return markSent(ledger, transaction);
    },
  });
}

/** Repeats what has no result, the deployment included, from the first that the chain does not have. */
export async function repeatBatches(ledger: Ledger, broadcaster: Broadcaster): Promise<void> {
  const { database, chain, signers, log } = ledger;
  const owed = await unsettled(database.prisma, signers.anchorer.address);
  await repeatOwed({ database, chain, wallet: signers.anchorer, log, broadcaster }, owed);
}

async function signedBatches({ database }: Ledger): Promise<Set<bigint>> {
  const batches = await database.prisma.batch.findMany({ where: { state: 'signed' }, select: { id: true } });
  return new Set(batches.map(({ id }) => id));
}

async function markSent({ database }: Ledger, { hash, subject }: StoredTransaction): Promise<void> {
  await database.prisma.batch.updateMany({
    where: { id: subject, state: 'signed' },
    data: { state: 'sent', sentAt: new Date(), transactionHash: bytesOf(hash) },
  });
}
