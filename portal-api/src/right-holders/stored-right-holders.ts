// SPDX-License-Identifier: Apache-2.0
// Right holders and their unfinished forms, for the scrub.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { contextOf as draftContext } from './holder-drafts.store.ts';
import { contextOf } from './right-holders.store.ts';

/** Every version: orders name the one they were submitted with. */
export function storedRightHolders({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'right-holder',
    async list(after, limit) {
      const rows = await prisma.rightHolderVersion.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.rightHolderVersion.findUnique({ where: { id }, select: { contentCipher: true } });
      return row ? [vault.decrypt(row.contentCipher, contextOf(id))] : undefined;
    },
  };
}

export function storedRightHolderDrafts({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'right-holder-draft',
    async list(after, limit) {
      const rows = await prisma.rightHolderDraft.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.rightHolderDraft.findUnique({ where: { id } });
      return row ? [vault.decrypt(row.cipher, draftContext(id))] : undefined;
    },
  };
}

function page(after: string, limit: number) {
  return { where: { id: { gt: after } }, orderBy: { id: 'asc' as const }, take: limit };
}
