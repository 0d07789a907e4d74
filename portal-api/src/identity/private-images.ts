// SPDX-License-Identifier: Apache-2.0
// Pictures of documents in the database: encrypted, and of the account that sent them.
import type { Vault } from '../crypto/vault.ts';
import type { Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { holdRows } from '../db/row-locks.sql.ts';
import type { ImagePurpose } from '../generated/prisma/client.ts';

export interface NewImage {
  accountId: string;
  purpose: ImagePurpose;
  mediaType: string;
  bytes: Buffer;
}

export async function insertImage({ prisma }: Pick<Transaction, 'prisma'>, vault: Vault, image: NewImage) {
  const { accountId, purpose, mediaType, bytes } = image;
  const id = newId();
  const cipher = vault.encrypt(bytes, `private_image:${id}`);
  await prisma.privateImage.createMany({ data: { id, accountId, purpose, mediaType, cipher } });
  return id;
}

export interface WantedImage {
  id: string;
  purpose: ImagePurpose;
}

/** Those that are no picture of this account for that purpose. Nobody removes the others before the transaction ends. */
export async function missingImages<W extends WantedImage>(
  tx: Transaction,
  accountId: string,
  wanted: readonly W[],
): Promise<W[]> {
  const ids = wanted.map(({ id }) => id);
  await holdRows(tx, 'private-image', ids);
  const found = await tx.prisma.privateImage.findMany({
    where: { accountId, id: { in: ids } },
    select: { id: true, purpose: true },
  });
  return wanted.filter((each) => !found.some(({ id, purpose }) => id === each.id && purpose === each.purpose));
}
