// SPDX-License-Identifier: Apache-2.0
// Signing: the nonce comes from the database, and the signed bytes are in it before any node sees them. So after a
// crash the same bytes are sent again, and a sender's transactions have no gap and no repeat.
import { fromHex, toHex0x } from '@inkseal/verifier';
import { Transaction, type Wallet } from 'ethers';
import { type Chain, type Fees, priceOf, raise } from '../chain/index.ts';
import { bytesOf, type Db } from '../db/database.ts';
import { lockAccount, moveFirstNonce } from './transactions.sql.ts';

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
export async function rememberAccount(db: Db, chain: Chain, address: string): Promise<void> {
  const sender = fromHex(address.toLowerCase());
  const used = await chain.transactionCount(address);
  await moveFirstNonce(db, sender, used);
}

/** Signs with the sender's next nonce and stores the result; to be committed together with the state it serves. */
export async function signNext(tx: Db, wallet: Wallet, request: TransactionRequest): Promise<SignedTransaction> {
  const nonce = await nextNonce(tx, wallet.address);
  const { fees } = request;
  const signed = signAt(wallet, request, nonce);
  await tx.chainTransaction.create({ data: rowOf(signed, wallet, { ...request, fees }) });
  return signed;
}

/** Signs with a nonce of the caller's choice, and stores nothing. */
export function signAt(
  wallet: Wallet,
  { chainId, to, data, gasLimit, fees }: Omit<TransactionRequest, 'purpose' | 'subject'>,
  nonce: bigint,
): SignedTransaction {
  return sign(wallet, Transaction.from({ chainId, to, data, gasLimit, nonce: Number(nonce), ...priced(fees) }));
}

/** Signs the same transaction at the same nonce for a higher fee, and stores it beside the first. */
export async function signReplacement(
  db: Db,
  wallet: Wallet,
  replaced: SignedTransaction & { purpose: Purpose; subject: bigint },
  current: Fees,
): Promise<SignedTransaction> {
  const first = Transaction.from(replaced.raw);
  const { chainId, to, data, gasLimit, nonce } = first;
  const fees = raise(current, feesOf(first));
  const signed = sign(wallet, Transaction.from({ chainId, to, data, gasLimit, nonce, ...priced(fees) }));
  const row = { ...rowOf(signed, wallet, { ...replaced, fees }), replaces: bytesOf(replaced.hash) };
  await db.chainTransaction.createMany({ data: [row], skipDuplicates: true });
  return signed;
}

/** The account stays locked until the commit. Its highest nonce is read after the lock, so it is the newest. */
async function nextNonce(tx: Db, address: string): Promise<bigint> {
  const sender = bytesOf(address.toLowerCase());
  const firstNonce = (await lockAccount(tx, sender)) ?? 0n;
  const { _max } = await tx.chainTransaction.aggregate({ where: { sender }, _max: { nonce: true } });
  const next = (_max.nonce ?? -1n) + 1n;
  return next > firstNonce ? next : firstNonce;
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

const rowOf = (
  signed: SignedTransaction,
  wallet: Wallet,
  { purpose, subject, fees }: { purpose: Purpose; subject: bigint; fees: Fees },
) => ({
  hash: bytesOf(signed.hash),
  purpose,
  subject,
  sender: bytesOf(wallet.address.toLowerCase()),
  nonce: signed.nonce,
  raw: bytesOf(signed.raw),
  gasPrice: String(priceOf(fees)),
});
