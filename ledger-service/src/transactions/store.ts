// SPDX-License-Identifier: Apache-2.0
// The stored transactions: which are still owed to the chain, and which are done.
import { fromHex, toHex0x } from '@inkseal/verifier';
import { bytesOf, type Db } from '../db/database.ts';
import type { Purpose, SignedTransaction } from './sign.ts';
import { readUnsettled } from './transactions.sql.ts';

export interface StoredTransaction extends SignedTransaction {
  readonly purpose: Purpose;
  readonly subject: bigint;
  readonly gasPriceWei: bigint;
  readonly signedAt: Date;
  readonly hasFailed: boolean;
}

/** How many of a sender's transactions are looked at together; a node's pool holds no more of one sender for sure. */
export const MAX_IN_FLIGHT = 64;

/**
 * What the chain may not have yet, in the order of nonces; replacements after what they replace. A transaction that
 * failed stays in: if its block is undone, its nonce is a gap that only the same bytes can fill.
 */
export async function unsettled(db: Db, sender: string): Promise<StoredTransaction[]> {
  const rows = await readUnsettled(db, fromHex(sender.toLowerCase()), 4 * MAX_IN_FLIGHT);
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

/** The transactions that may still be mined for these subjects, the newest first. */
export async function pendingHashes(
  db: Db,
  purpose: 'anchor' | 'revoke',
  subjects: readonly bigint[],
): Promise<ReadonlyMap<bigint, readonly string[]>> {
  const rows = await db.chainTransaction.findMany({
    where: { purpose, subject: { in: [...subjects] }, failedAt: null, settledAt: null },
    orderBy: { signedAt: 'desc' },
    select: { hash: true, subject: true },
  });
  const bySubject = Map.groupBy(rows, ({ subject }) => subject);
  return new Map([...bySubject].map(([subject, sent]) => [subject, sent.map(({ hash }) => toHex0x(hash))]));
}

/** A transaction in a final block uses up its nonce and all before it: none of them is sent again. */
export async function settle(db: Db, hash: string): Promise<void> {
  const final = await db.chainTransaction.findUnique({
    where: { hash: bytesOf(hash) },
    select: { sender: true, nonce: true },
  });
  if (!final) return;
  await db.chainTransaction.updateMany({
    where: { sender: final.sender, nonce: { lte: final.nonce }, settledAt: null },
    data: { settledAt: new Date() },
  });
}

/** A transaction was mined but reverted; it is kept, because its nonce is needed again if its block is undone. */
export async function markFailed(tx: Db, hash: string): Promise<void> {
  await tx.chainTransaction.updateMany({
    where: { hash: bytesOf(hash), failedAt: null },
    data: { failedAt: new Date() },
  });
}
