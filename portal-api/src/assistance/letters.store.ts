// SPDX-License-Identifier: Apache-2.0
// The letter of a court or an authority: a paper kept encrypted.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError, refuseFields } from '../errors.ts';
import { paperTypeOf } from '../papers.ts';

const contextOf = (id: string) => `assistance_letter:${id}`;

export async function addLetter(
  { prisma }: Database,
  vault: Vault,
  { sentBy, bytes }: { sentBy: string; bytes: Buffer },
) {
  const mediaType = await paperTypeOf(bytes);
  if (!mediaType) throw new DomainError('unsupported-media-type');
  const id = newId();
  const cipher = vault.encrypt(bytes, contextOf(id));
  await prisma.assistanceLetter.createMany({ data: { id, sentBy, mediaType, size: bytes.length, cipher } });
  return { id };
}

/** Gives them to the case. Throws one `invalid-request` for letters of somebody else, or of another case. */
export async function takeLetters(
  { prisma }: Transaction,
  { caseId, sentBy, letters }: { caseId: string; sentBy: string; letters: readonly { id: string; name: string }[] },
): Promise<void> {
  const missing: number[] = [];
  for (const [position, { id, name }] of letters.entries()) {
    const where = { id, sentBy, caseId: null };
    const { count } = await prisma.assistanceLetter.updateMany({ where, data: { caseId, position, name } });
    if (count === 0) missing.push(position);
  }
  refuseFields(missing.map((position) => ({ field: `letters.${position}`, code: 'not-found' })));
}

/** Throws `file-not-found`. */
export async function readLetter(
  { prisma }: Database,
  vault: Vault,
  { id, caseId }: { id: string; caseId: string },
): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
  const row = await prisma.assistanceLetter.findFirst({ where: { id, caseId } });
  if (!row) throw new DomainError('file-not-found');
  const { name, mediaType, cipher } = row;
  return { name, mediaType, bytes: Buffer.from(vault.decrypt(cipher, contextOf(id))) };
}
