// SPDX-License-Identifier: Apache-2.0
// Forms that were left unfinished: encrypted as a whole, for some days, one for each entry and one for a new one.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { type HolderForm, holderFormSchema } from './right-holders.schema.ts';

export interface DraftKey {
  accountId: string;
  /** The entry that is edited; for a new one the owner's own id. */
  subjectId: string;
}

export interface HolderDrafts {
  read(key: DraftKey): Promise<{ form: HolderForm; savedAt: string } | undefined>;
  keep(key: DraftKey, form: HolderForm): Promise<void>;
  forget(tx: Pick<Transaction, 'prisma'>, key: DraftKey): Promise<void>;
}

export function createHolderDrafts(db: Database, vault: Vault): HolderDrafts {
  return {
    async read(key) {
      const draft = await db.prisma.rightHolderDraft.findUnique({ where: { accountId_subjectId: key } });
      if (!draft) return undefined;
      const form = holderFormSchema.parse(JSON.parse(vault.decryptText(draft.cipher, contextOf(draft.id))));
      return { form, savedAt: draft.savedAt.toISOString() };
    },
    async keep(key, form) {
      const id = newId();
      const draft = { id, cipher: vault.encrypt(JSON.stringify(form), contextOf(id)), savedAt: new Date() };
      await db.prisma.rightHolderDraft.upsert({
        where: { accountId_subjectId: key },
        create: { ...key, ...draft },
        update: draft,
      });
    },
    async forget({ prisma }, key) {
      await prisma.rightHolderDraft.deleteMany({ where: key });
    },
  };
}

export const contextOf = (id: string) => `right_holder_draft:${id}`;
