// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { DomainError } from '../errors.ts';

/** Passes the bytes on, and fails at their end when their SHA-256 is another one. */
export async function* compareDigest(bytes: AsyncIterable<Uint8Array>, sha256: Buffer): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
  if (!hash.digest().equals(sha256)) throw new DomainError('stored-object-damaged', { part: 'digest' });
}
