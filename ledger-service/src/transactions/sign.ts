// SPDX-License-Identifier: Apache-2.0
// Signing: the nonce comes from the database, and the signed bytes are in it before any node sees them. So after a
// crash the same bytes are sent again, and a sender's transactions have no gap and no repeat.
import { fromHex, toHex0x } from '@inkseal/verifier';
import { Transaction, type Wallet } from 'ethers';
import type pg from 'pg';
import { type Chain, type Fees, priceOf, raise } from '../chain/index.ts';

export type Purpose = 'deploy' | 'anchor' | 'revoke';

export interface TransactionRequest {
  readonly purpose: Purpose;
  /** Batch id or certificate number; 0 for the deployment. */
  readonly subject: bigint;
  /** Null deploys. */
  readonly to: string | null;
  readonly data: string;
  readonly gasLimit: bigint;
  readonly chainId: bigint;
  readonly fees: Fees;
}

export interface SignedTransaction {
  /** 0x word. */
  readonly hash: string;
  readonly raw: string;
  readonly nonce: bigint;
}

/**
 * Writes down from where a key's nonces count. Once it is known, that moves only past transactions which the chain has
 * and a restored backup forgot. Ours are stored before any node sees them, so all others are known when we ask.
 */
export async function rememberAccount(pool: pg.Pool, chain: Chain, address: string): Promise<void> {
  const sender = fromHex(address.toLowerCase());
  const used = await chain.transactionCount(address);
  await pool.query(
    `INSERT INTO chain_account AS known (address, first_nonce) VALUES ($1, $2)
     ON CONFLICT (address) DO UPDATE SET first_nonce = $2
       WHERE $2 > GREATEST(known.first_nonce, (SELECT max(nonce) + 1 FROM chain_transaction WHERE sender = $1))`,
    [sender, used],
  );
}

/** Signs with the sender's next nonce and stores the result; to be committed together with the state it serves. */
export async function signNext(
  client: pg.PoolClient,
  wallet: Wallet,
  request: TransactionRequest,
): Promise<SignedTransaction> {
  const nonce = await nextNonce(client, wallet.address);
  const { chainId, to, data, gasLimit, fees } = request;
  const signed = sign(wallet, Transaction.from({ chainId, to, data, gasLimit, nonce: Number(nonce), ...priced(fees) }));
  await client.query(
    `INSERT INTO chain_transaction (hash, purpose, subject, sender, nonce, raw, gas_price)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [...identity(signed, wallet, request), nonce, fromHex(signed.raw), priceOf(fees)],
  );
  return signed;
}

/** Signs the same transaction at the same nonce for a higher fee, and stores it beside the first. */
export async function signReplacement(
  pool: pg.Pool,
  wallet: Wallet,
  replaced: SignedTransaction & { purpose: Purpose; subject: bigint },
  current: Fees,
): Promise<SignedTransaction> {
  const first = Transaction.from(replaced.raw);
  const { chainId, to, data, gasLimit, nonce } = first;
  const fees = raise(current, feesOf(first));
  const signed = sign(wallet, Transaction.from({ chainId, to, data, gasLimit, nonce, ...priced(fees) }));
  await pool.query(
    `INSERT INTO chain_transaction (hash, purpose, subject, sender, nonce, raw, gas_price, replaces)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [...identity(signed, wallet, replaced), nonce, fromHex(signed.raw), priceOf(fees), fromHex(replaced.hash)],
  );
  return signed;
}

/** The lock on the account's row keeps two signers from taking the same nonce. */
async function nextNonce(client: pg.PoolClient, address: string): Promise<bigint> {
  const sender = fromHex(address.toLowerCase());
  await client.query('SELECT FROM chain_account WHERE address = $1 FOR UPDATE', [sender]);
  const { rows } = await client.query<{ next: string }>(
    `SELECT GREATEST(first_nonce, (SELECT max(nonce) + 1 FROM chain_transaction WHERE sender = address)) AS next
     FROM chain_account WHERE address = $1`,
    [sender],
  );
  return BigInt(rows[0]?.next ?? 0n);
}

const priced = (fees: Fees) =>
  fees.kind === 'legacy'
    ? { type: 0, gasPrice: fees.gasPriceWei }
    : { type: 2, maxFeePerGas: fees.feeCapWei, maxPriorityFeePerGas: fees.tipWei };

const feesOf = ({ gasPrice, maxFeePerGas, maxPriorityFeePerGas }: Transaction): Fees =>
  maxFeePerGas === null
    ? { kind: 'legacy', gasPriceWei: gasPrice ?? 0n }
    : { kind: 'market', feeCapWei: maxFeePerGas, tipWei: maxPriorityFeePerGas ?? 0n };

function sign(wallet: Wallet, transaction: Transaction): SignedTransaction {
  transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
  return {
    hash: toHex0x(fromHex(transaction.hash ?? '')),
    raw: transaction.serialized,
    nonce: BigInt(transaction.nonce),
  };
}

const identity = (signed: SignedTransaction, wallet: Wallet, of: { purpose: Purpose; subject: bigint }) => [
  fromHex(signed.hash),
  of.purpose,
  of.subject,
  fromHex(wallet.address.toLowerCase()),
];
