// SPDX-License-Identifier: Apache-2.0
// 用户头像: the middle of a picture, square, small and written anew, so that nothing of the original's metadata is kept.
// Encrypted like every other picture of a person, and shown to its owner alone.
import { fileTypeFromBuffer } from 'file-type';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import { drawPicture } from '../pictures.ts';

export const AVATAR_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;
export const MAX_AVATAR_BYTES = 5 * 1024 * 1024;
const SIDE_PX = 256;
const RECIPE = { width: SIDE_PX, height: SIDE_PX, fit: 'cover', format: 'webp', quality: 82 } as const;

export interface Avatars {
  /** The id of the picture, another one each time. */
  set(accountId: string, original: Buffer): Promise<string>;
  /** WebP; `file-not-found` when there is none. */
  read(accountId: string): Promise<Buffer>;
  remove(accountId: string): Promise<void>;
}

export function createAvatars(db: Database, vault: Vault): Avatars {
  return {
    async set(accountId, original) {
      const bytes = await rewrite(original);
      const id = newId();
      const cipher = vault.encrypt(bytes, `private_image:${id}`);
      await replace(db, accountId, { id, cipher });
      return id;
    },

    async read(accountId) {
      const account = await db.prisma.account.findUnique({
        where: { id: accountId },
        select: { avatar: { select: { id: true, cipher: true } } },
      });
      if (!account?.avatar) throw new DomainError('file-not-found');
      return vault.decrypt(account.avatar.cipher, `private_image:${account.avatar.id}`);
    },

    remove: (accountId) => replace(db, accountId, undefined),
  };
}

/** The picture of before is nobody's any more. */
function replace(
  db: Database,
  accountId: string,
  picture: { id: string; cipher: ReturnType<Vault['encrypt']> } | undefined,
): Promise<void> {
  return db.transaction(async (tx) => {
    await lockRow(tx, 'account', accountId);
    if (picture)
      await tx.prisma.privateImage.createMany({
        data: { ...picture, accountId, purpose: 'AVATAR', mediaType: 'image/webp' },
      });
    await tx.prisma.account.updateMany({ where: { id: accountId }, data: { avatarId: picture?.id ?? null } });
    await tx.prisma.privateImage.deleteMany({
      where: { accountId, purpose: 'AVATAR', ...(picture && { id: { not: picture.id } }) },
    });
    const subject = `account:${accountId}`;
    tx.record({ actor: subject, action: picture ? 'account.set-avatar' : 'account.remove-avatar', subject });
  });
}

async function rewrite(bytes: Buffer): Promise<Buffer> {
  // sharp would read more, SVG among it: the bytes decide, not what the caller calls them.
  const type = await fileTypeFromBuffer(bytes);
  if (!AVATAR_TYPES.some((each) => each === type?.mime)) throw new DomainError('image-invalid');
  try {
    return (await drawPicture(bytes, RECIPE)).data;
  } catch (cause) {
    throw new DomainError('image-invalid', {}, { cause });
  }
}
