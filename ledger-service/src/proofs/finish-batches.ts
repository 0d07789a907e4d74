// SPDX-License-Identifier: Apache-2.0
// What becomes of batches after a try to prove them: final with a stored proof, or waiting for the next try.
import { toHex0x } from '@inkseal/verifier';
import { LOCK_KEYS, LOCK_SPACE } from '../db/advisory-locks.ts';
import { withTransaction } from '../db/database.ts';
import type { Ledger } from '../ledger.ts';
import { settle } from '../transactions/index.ts';
import type { BatchProof, Unproven } from './batch-proof.ts';

/**
 * The lock is held until the commit, so whoever sees a sequence sees all before it: readers may use it as a cursor. A
 * batch that another process finished meanwhile keeps its place.
 */
export async function finishBatches(ledger: Ledger, proofs: readonly BatchProof[]): Promise<void> {
  if (proofs.length === 0) return;
  await withTransaction(ledger.pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_SPACE, LOCK_KEYS.finality]);
    for (const { batch, header, account, storage } of proofs) {
      await client.query(
        `INSERT INTO batch_proof (batch_id, block, header_rlp, account_proof, storage_proof)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [batch.batch_id, header.number, header.rlp, account, storage],
      );
      await client.query(
        `UPDATE batch SET state = 'final', final_at = now(), unproven_since = NULL, proof_due_at = NULL,
           final_sequence = (SELECT coalesce(max(final_sequence), 0) + 1 FROM batch)
         WHERE id = $1 AND state = 'mined'`,
        [batch.batch_id],
      );
      if (batch.transaction_hash) await settle(client, toHex0x(batch.transaction_hash));
    }
  });
  for (const { batch } of proofs) ledger.observer.anchorTook((Date.now() - batch.sealed_at.getTime()) / 1000);
}

/** Waits as long again as it has waited, from a quarter of a second up to half a minute. */
export async function postpone({ pool, log }: Ledger, unproven: readonly Unproven[]): Promise<void> {
  for (const { batch, reason } of unproven) {
    const { rows } = await pool.query<{ is_new: boolean }>(
      `WITH waiting AS (SELECT id, unproven_since FROM batch WHERE id = $1 AND state = 'mined' FOR UPDATE)
       UPDATE batch SET unproven_since = coalesce(waiting.unproven_since, now()), proof_due_at = now()
         + least('30 s', greatest('250 ms', now() - coalesce(waiting.unproven_since, now())))
       FROM waiting WHERE batch.id = waiting.id RETURNING waiting.unproven_since IS NULL AS is_new`,
      [batch.batch_id],
    );
    // The same failure comes again with every try.
    if (rows[0]?.is_new) log.warn({ err: reason, batch: batch.batch_id, block: batch.mined_block }, 'no proof yet');
  }
}
