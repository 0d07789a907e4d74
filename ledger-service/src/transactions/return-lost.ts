// SPDX-License-Identifier: Apache-2.0
// signed, sent → back to be signed: what can never be mined. Somebody else used its nonce, another program with the same
// key or a thief, or its key is no longer ours. The contract lets nothing happen twice.
import type { Logger } from 'pino';
import { type Chain, RpcError } from '../chain/index.ts';
import { bytesOf, type Database, type Db } from '../db/database.ts';
import { STUCK_MS } from './broadcast.ts';
import { rememberAccount } from './sign.ts';
import { unsignBatches, unsignRevocations } from './transactions.sql.ts';

export interface LostOptions {
  readonly database: Database;
  readonly chain: Chain;
  readonly signers: Readonly<Record<'anchorer' | 'revoker', { readonly address: string }>>;
  readonly log: Logger;
}

export interface Looked {
  /** The final block that was known before results were looked for. */
  readonly finalBlock: bigint;
  /** Ids of the rows of which neither contract nor result could be asked: nothing says that those are lost. */
  readonly unseen: readonly bigint[];
}

/** To be called after results were looked for. */
export const returnLostBatches = (options: LostOptions, looked: Looked): Promise<void> =>
  returnFrom({ table: 'batch', signer: options.signers.anchorer, unsign: unsignBatches }, options, looked);

/** To be called after results were looked for. */
export const returnLostRevocations = (options: LostOptions, looked: Looked): Promise<void> =>
  returnFrom({ table: 'revocation', signer: options.signers.revoker, unsign: unsignRevocations }, options, looked);

interface Signed {
  readonly table: string;
  readonly signer: { readonly address: string };
  /** Answers how many rows are to be signed again. */
  readonly unsign: (db: Db, sender: Uint8Array, except: readonly bigint[]) => Promise<number>;
}

async function returnFrom(
  { table, signer: { address }, unsign }: Signed,
  { database, chain, log }: LostOptions,
  { finalBlock, unseen }: Looked,
): Promise<void> {
  const sender = bytesOf(address.toLowerCase());
  await settleOvertaken({ db: database.prisma, chain, address, sender }, finalBlock);
  const rows = await unsign(database.prisma, sender, unseen);
  if (rows > 0) log.warn({ table, rows }, 'transactions are lost, signing again');
}

interface Account {
  readonly db: Db;
  readonly chain: Chain;
  readonly address: string;
  readonly sender: Uint8Array<ArrayBuffer>;
}

/** Settles what has waited for long although its nonce is used up. Not the deployment: the registry's address holds its nonce. */
async function settleOvertaken(account: Account, finalBlock: bigint): Promise<void> {
  const { db, chain, address, sender } = account;
  if (!(await isAnyStuck(account))) return;
  const used = await usedNonces(account, finalBlock);
  const { count } = await db.chainTransaction.updateMany({
    where: { sender, nonce: { lt: used }, settledAt: null, purpose: { not: 'deploy' } },
    data: { settledAt: new Date() },
  });
  if (count > 0) await rememberAccount(db, chain, address);
}

async function isAnyStuck({ db, sender }: Account): Promise<boolean> {
  const stuck = await db.chainTransaction.findFirst({
    where: {
      sender,
      settledAt: null,
      failedAt: null,
      purpose: { not: 'deploy' },
      signedAt: { lt: new Date(Date.now() - STUCK_MS) },
    },
    select: { hash: true },
  });
  return stuck !== null;
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
