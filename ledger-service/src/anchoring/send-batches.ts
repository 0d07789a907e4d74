// SPDX-License-Identifier: Apache-2.0
// signed → sent: broadcast, and broadcast again while there is no receipt. What nodes answer settles nothing.
import { fromHex } from '@inkseal/verifier';
import type { Ledger } from '../ledger.ts';
import { type Broadcaster, repeatOwed, type StoredTransaction, unsettled } from '../transactions/index.ts';

/** Sends what is signed, in the order of nonces. */
export async function sendBatches(ledger: Ledger, broadcaster: Broadcaster): Promise<void> {
  const signed = await signedBatches(ledger);
  if (signed.size === 0) return;
  for (const transaction of await unsettled(ledger.pool, ledger.signers.anchorer.address)) {
    if (transaction.purpose !== 'anchor' || !signed.has(transaction.subject) || transaction.hasFailed) continue;
    if (!(await broadcaster.send(transaction))) return;
    ledger.onStage('send');
    await markSent(ledger, transaction);
  }
}

/** Repeats what has no receipt, the deployment included, from the first that the chain does not have. */
export async function repeatBatches(ledger: Ledger, broadcaster: Broadcaster): Promise<void> {
  const { pool, chain, signers, log } = ledger;
  const owed = await unsettled(pool, signers.anchorer.address);
  await repeatOwed({ pool, chain, wallet: signers.anchorer, log, broadcaster }, owed);
}

async function signedBatches({ pool }: Ledger): Promise<Set<bigint>> {
  const { rows } = await pool.query<{ id: string }>(`SELECT id FROM batch WHERE state = 'signed'`);
  return new Set(rows.map(({ id }) => BigInt(id)));
}

async function markSent({ pool }: Ledger, { hash, subject }: StoredTransaction): Promise<void> {
  await pool.query(
    `UPDATE batch SET state = 'sent', sent_at = now(), transaction_hash = $2 WHERE id = $1 AND state = 'signed'`,
    [subject, fromHex(hash)],
  );
}
