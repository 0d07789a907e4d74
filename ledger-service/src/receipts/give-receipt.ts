// SPDX-License-Identifier: Apache-2.0
// The acceptance receipt of one number: signed when it is first asked for, committed before it is given out, and the same bytes ever
// after. Two that ask at once, of whichever process, get the one that was stored.
import type { Statement } from '@inkseal/verifier';
import { encodeReceipt, signReceipt } from '@inkseal/verifier/receipts';
import { lockUntilCommit } from '../db/advisory-locks.ts';
import { bytesOf, type Database, type Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { ReceiptSigner } from './receipt-key.ts';

/** The exact bytes. Throws `entry-not-found` for a number that was not issued, `not-ready` once another key has taken over. */
export async function giveReceipt(database: Database, signer: ReceiptSigner, number: bigint): Promise<Uint8Array> {
  const kept = await findReceipt(database.prisma, number);
  if (kept) return kept;
  const statement = await readStatement(database.prisma, number);
  const bytes = receiptOf(statement, signer);
  return database.transaction(
    async (tx) => {
      await lockUntilCommit(tx, 'receipts');
      const stored = await findReceipt(tx, number);
      if (stored) return stored;
      const key = await tx.receiptKey.findUnique({ where: { key: bytesOf(signer.key) } });
      if (!key || key.validUntil) throw new DomainError('not-ready');
      await tx.receipt.create({ data: { number, key: key.key, bytes: new Uint8Array(bytes) } });
      return bytes;
    },
    { mayRunTwice: true },
  );
}

async function findReceipt(db: Db, number: bigint): Promise<Uint8Array | undefined> {
  const row = await db.receipt.findUnique({ where: { number }, select: { bytes: true } });
  return row?.bytes;
}

async function readStatement(db: Db, number: bigint): Promise<Statement> {
  const entry = await db.entry.findUnique({ where: { number }, select: { statement: true } });
  if (!entry?.statement) throw new DomainError('entry-not-found', { number: String(number) });
  // The column holds what encodeStatement wrote.
  return JSON.parse(entry.statement);
}

/** The time of the promise follows from the entry: asking late does not move it. */
function receiptOf(statement: Statement, { secretKey, anchorWithinMs }: ReceiptSigner): Uint8Array {
  const { registry, number, kind, sha256, receivedAt } = statement;
  const anchorBy = new Date(Date.parse(receivedAt) + anchorWithinMs).toISOString();
  return encodeReceipt(signReceipt({ registry, number, kind, sha256, receivedAt, anchorBy }, secretKey));
}
