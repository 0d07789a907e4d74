// SPDX-License-Identifier: Apache-2.0
// signed, sent → back to be signed: what can never be mined. Somebody else used its nonce, another program with the same
// key or a thief, or its key is no longer ours. The contract lets nothing happen twice.
import { fromHex } from '@inkseal/verifier';
import type pg from 'pg';
import type { Logger } from 'pino';
import { type Chain, RpcError } from '../chain/index.ts';
import { STUCK_MS } from './broadcast.ts';
import { rememberAccount } from './sign.ts';

interface Signed {
  readonly signer: 'anchorer' | 'revoker';
  readonly table: 'batch' | 'revocation';
  /** Whose subject is the row's `id`. */
  readonly purpose: 'anchor' | 'revoke';
  readonly id: 'id' | 'number';
  /** What the rows become again. */
  readonly unsigned: string;
}

const BATCHES: Signed = {
  signer: 'anchorer',
  table: 'batch',
  purpose: 'anchor',
  id: 'id',
  unsigned: `state = 'sealed', sent_at = NULL, transaction_hash = NULL`,
};
const REVOCATIONS: Signed = {
  signer: 'revoker',
  table: 'revocation',
  purpose: 'revoke',
  id: 'number',
  unsigned: `state = 'pending'`,
};

export interface LostOptions {
  readonly pool: pg.Pool;
  readonly chain: Chain;
  readonly signers: Readonly<Record<Signed['signer'], { readonly address: string }>>;
  readonly log: Logger;
}

/** To be called after receipts were looked for, with the final block that was known before that. */
export async function returnLost(options: LostOptions, finalBlock: bigint): Promise<void> {
  for (const signed of [BATCHES, REVOCATIONS]) await returnFrom(signed, options, finalBlock);
}

async function returnFrom(
  { signer, table, purpose, id, unsigned }: Signed,
  { pool, chain, signers, log }: LostOptions,
  finalBlock: bigint,
): Promise<void> {
  const { address } = signers[signer];
  await settleOvertaken({ pool, chain, address }, finalBlock);
  const { rowCount } = await pool.query(
    `UPDATE ${table} SET ${unsigned}
     WHERE state IN ('signed', 'sent') AND NOT EXISTS (SELECT FROM chain_transaction
       WHERE purpose = $1 AND subject = ${table}.${id} AND sender = $2 AND failed_at IS NULL AND settled_at IS NULL)`,
    [purpose, fromHex(address.toLowerCase())],
  );
  if (rowCount) log.warn({ table, rows: rowCount }, 'transactions are lost, signing again');
}

interface Account {
  readonly pool: pg.Pool;
  readonly chain: Chain;
  readonly address: string;
}

/** Settles what has waited for long although its nonce is used up. Not the deployment: the registry's address holds its nonce. */
async function settleOvertaken(account: Account, finalBlock: bigint): Promise<void> {
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
