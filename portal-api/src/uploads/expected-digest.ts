// SPDX-License-Identifier: Apache-2.0
// The digest that the sender computed of their own file. An upload that was resumed with another file of the same name
// and size would else be stored as a file that exists nowhere.
import type { Database, Transaction } from '../db/database.ts';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { endingOf, type Upload, uploadMachine } from './upload.ts';
import { isInOrder } from './uploads.store.ts';

/**
 * Keeps the first digest that is stated; throws `upload-corrupt` for another one, and when other bytes are stored. A complete
 * upload whose digest nobody has confirmed is then discarded: nobody knows which file its bytes are. One that was confirmed
 * stays, since a member may choose another file of the same name and size afterwards; so does one that a submitted order holds.
 */
export async function expectDigest(db: Database, { id, accountId }: Owned, stated: Buffer): Promise<void> {
  const isKept = await db.transaction(async (tx) => {
    const upload = await lockDigests(tx, id);
    if (upload?.state !== 'RECEIVING' && upload?.state !== 'COMPLETE') throw new DomainError('upload-not-found');
    const known = upload.sha256 ?? upload.expected;
    if (!known || known.equals(stated)) {
      await tx.query('UPDATE upload SET expected_sha256 = $2 WHERE id = $1', [id, stated]);
      return true;
    }
    if (upload.state === 'COMPLETE' && !upload.expected && !(await isInOrder(tx, id))) {
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
  const expected = (await lockDigests(tx, id))?.expected;
  return !expected || expected.equals(found);
}

/** From the metadata of a new upload: 64 hex digits. */
export function statedDigest(text: string | null | undefined): Buffer | null {
  if (text === undefined || text === null) return null;
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  throw new DomainError('invalid-request', {}, { errors: [{ field: 'sha256', code: 'malformed' }] });
}

interface Digests {
  state: Upload['state'];
  sha256: Buffer | null;
  expected: Buffer | null;
}

async function lockDigests(tx: Transaction, id: string): Promise<Digests | undefined> {
  const [row] = await tx.query<Digests>(
    'SELECT state, sha256, expected_sha256 AS expected FROM upload WHERE id = $1 FOR UPDATE',
    [id],
  );
  return row;
}
