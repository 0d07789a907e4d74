// SPDX-License-Identifier: Apache-2.0
// The digest that the sender computed of their own file. An upload that was resumed with another file of the same name
// and size would else be stored as a file that exists nowhere.
import type { NonSharedBuffer } from 'node:buffer';
import type { Database, Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { endingOf, isStored, type Upload, uploadMachine } from './upload.ts';
import { isInOrder } from './uploads.store.ts';

/**
 * Keeps the first digest that is stated; throws `upload-corrupt` for another one, and when other bytes are stored. A complete
 * upload whose digest nobody has confirmed is then discarded: nobody knows which file its bytes are. One that was confirmed
 * stays, since a member may choose another file of the same name and size afterwards; so does one that a submitted order holds.
 */
export async function expectDigest(db: Database, { id, accountId }: Owned, stated: NonSharedBuffer): Promise<void> {
  const isKept = await db.transaction(async (tx) => {
    const upload = await lockDigests(tx, id);
    if (!upload || !(upload.state === 'RECEIVING' || isStored(upload.state))) throw new DomainError('upload-not-found');
    const known = upload.sha256 ?? upload.expectedSha256;
    if (!known || stated.equals(known)) {
      await tx.prisma.upload.updateMany({ where: { id }, data: { expectedSha256: stated } });
      return true;
    }
    if (isStored(upload.state) && !upload.expectedSha256 && !(await isInOrder(tx, id))) {
      const detail = { reason: 'not the file that was stated' };
      const request = { id, event: 'discard', actor: `account:${accountId}`, detail, ...endingOf(id) } as const;
      await transition(tx, uploadMachine, request);
    }
    return false;
  });
  // After the commit: a refusal inside it would keep the upload.
  if (!isKept) throw new DomainError('upload-corrupt');
}

type Owned = Pick<Upload, 'id' | 'accountId'>;

/** Whether the bytes that arrived are what the sender stated, if they stated anything. */
export async function isExpected(tx: Transaction, { id }: Pick<Upload, 'id'>, found: Buffer): Promise<boolean> {
  const expected = (await lockDigests(tx, id))?.expectedSha256;
  return !expected || found.equals(expected);
}

/** From the metadata of a new upload: 64 hex digits. */
export function statedDigest(text: string | null | undefined): NonSharedBuffer | null {
  if (text === undefined || text === null) return null;
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  throw new DomainError('invalid-request', {}, { errors: [{ field: 'sha256', code: 'malformed' }] });
}

async function lockDigests(tx: Transaction, id: string) {
  await lockRow(tx, 'upload', id);
  return tx.prisma.upload.findUnique({ where: { id }, select: { state: true, sha256: true, expectedSha256: true } });
}
