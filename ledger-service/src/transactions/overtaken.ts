// SPDX-License-Identifier: Apache-2.0
// A nonce that somebody else used: another program with the same key, or a thief. What we signed for it will never be
// mined, so it is given up, and what it was to do can be signed again. The contract lets nothing happen twice.
import { fromHex } from '@inkseal/verifier';
import type pg from 'pg';
import { type Chain, RpcError } from '../chain/index.ts';
import { STUCK_MS } from './broadcast.ts';
import { rememberAccount } from './sign.ts';

export interface Account {
  readonly pool: pg.Pool;
  readonly chain: Chain;
  readonly address: string;
}

/**
 * Settles what has waited for long although its nonce is used up in a final block. To be called after receipts were
 * looked for, with the final block that was known before that. The deployment is left alone: the registry's address holds
 * its nonce.
 */
export async function settleOvertaken(account: Account, finalBlock: bigint): Promise<void> {
  const { pool, chain, address } = account;
  const sender = fromHex(address.toLowerCase());
  if (!(await isAnyStuck(pool, sender))) return;
  const used = await usedNonces(account, finalBlock);
  const { rowCount } = await pool.query(
    `UPDATE chain_transaction SET settled_at = now()
     WHERE sender = $1 AND nonce < $2 AND settled_at IS NULL AND purpose <> 'deploy'`,
    [sender, used],
  );
  if (rowCount) await rememberAccount(pool, chain, address);
}

async function isAnyStuck(pool: pg.Pool, sender: Uint8Array): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT FROM chain_transaction
     WHERE sender = $1 AND settled_at IS NULL AND failed_at IS NULL AND purpose <> 'deploy' AND signed_at < $2 LIMIT 1`,
    [sender, new Date(Date.now() - STUCK_MS)],
  );
  return rowCount === 1;
}

/** 0 where no node has the state of that block any more; a later one tells. */
async function usedNonces({ chain, address }: Account, block: bigint): Promise<bigint> {
  try {
    return await chain.transactionCount(address, block);
  } catch (error) {
    if (error instanceof RpcError) return 0n;
    throw error;
  }
}
