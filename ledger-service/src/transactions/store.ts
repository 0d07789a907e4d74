// SPDX-License-Identifier: Apache-2.0
// The stored transactions: which are still owed to the chain, and which are done.
import { fromHex, toHex0x } from '@inkseal/verifier';
import type pg from 'pg';
import type { Purpose, SignedTransaction } from './sign.ts';

export interface StoredTransaction extends SignedTransaction {
  readonly purpose: Purpose;
  readonly subject: bigint;
  readonly gasPriceWei: bigint;
  readonly signedAt: Date;
  readonly hasFailed: boolean;
}

interface Row {
  hash: Buffer;
  purpose: Purpose;
  subject: string;
  nonce: string;
  raw: Buffer;
  gas_price: string;
  signed_at: Date;
  failed_at: Date | null;
}

/** How many of a sender's transactions are looked at together; a node's pool holds no more of one sender for sure. */
export const MAX_IN_FLIGHT = 64;

/**
 * What the chain may not have yet, in the order of nonces; replacements after what they replace. A transaction that
 * failed stays in: if its block is undone, its nonce is a gap that only the same bytes can fill.
 */
export async function unsettled(pool: pg.Pool, sender: string): Promise<StoredTransaction[]> {
  const { rows } = await pool.query<Row>(
    `SELECT hash, purpose, subject, nonce, raw, gas_price, signed_at, failed_at FROM chain_transaction AS t
     WHERE sender = $1 AND settled_at IS NULL AND (
       failed_at IS NOT NULL OR purpose = 'deploy'
       OR purpose = 'anchor' AND EXISTS (SELECT FROM batch WHERE id = subject AND state < 'mined')
       OR purpose = 'revoke' AND EXISTS (SELECT FROM revocation WHERE number = subject AND state < 'mined'))
     ORDER BY nonce, gas_price LIMIT $2`,
    [fromHex(sender.toLowerCase()), 4 * MAX_IN_FLIGHT],
  );
  return rows.map((row) => ({
    hash: toHex0x(row.hash),
    purpose: row.purpose,
    subject: BigInt(row.subject),
    nonce: BigInt(row.nonce),
    raw: toHex0x(row.raw),
    gasPriceWei: BigInt(row.gas_price),
    signedAt: row.signed_at,
    hasFailed: row.failed_at !== null,
  }));
}

/** A transaction in a final block uses up its nonce and all before it: none of them is sent again. */
export async function settle(client: pg.PoolClient | pg.Pool, hash: string): Promise<void> {
  await client.query(
    `UPDATE chain_transaction AS t SET settled_at = now() FROM chain_transaction AS final
     WHERE final.hash = $1 AND t.sender = final.sender AND t.nonce <= final.nonce AND t.settled_at IS NULL`,
    [fromHex(hash)],
  );
}

/** A transaction was mined but reverted; it is kept, because its nonce is needed again if its block is undone. */
export async function markFailed(client: pg.PoolClient, hash: string): Promise<void> {
  await client.query('UPDATE chain_transaction SET failed_at = now() WHERE hash = $1 AND failed_at IS NULL', [
    fromHex(hash),
  ]);
}
