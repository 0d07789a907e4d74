// SPDX-License-Identifier: Apache-2.0
// The form of an organisation between visits: as it was left, encrypted, for some days; else what is on record of the
// organisation acted for, for its manager.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { type OrganisationDraft, organisationDraftSchema } from './organisations.schema.ts';
import type { OrganisationStore } from './organisations.store.ts';

export interface OrganisationFormStore {
  read(accountId: string, organisationId: string | null): Promise<{ form: OrganisationDraft; savedAt: string | null }>;
  keep(accountId: string, organisationId: string | null, form: OrganisationDraft): Promise<void>;
  forget(tx: Transaction, accountId: string): Promise<void>;
}

export function createOrganisationFormStore(
  db: Database,
  vault: Vault,
  organisations: Pick<OrganisationStore, 'current' | 'read'>,
): OrganisationFormStore {
  return {
    async read(accountId, organisationId) {
      const draft = await db.prisma.organisationDraft.findUnique({ where: { accountId } });
      const kept = draft && JSON.parse(vault.decryptText(draft.cipher, draftContext(accountId)));
      // A draft that was begun for another party is not shown to this one.
      if (draft && kept.organisationId === organisationId) {
        return { form: organisationDraftSchema.parse(kept.form), savedAt: draft.savedAt.toISOString() };
      }
      if (organisationId === null) return { form: organisationDraftSchema.parse({}), savedAt: null };
      const version = await organisations.current(organisationId);
      const { licenceImageId, isCodeIrregular: isCodeConfirmed } = version;
      const onRecord = { ...organisations.read(version), licenceImageId, isCodeConfirmed };
      return { form: organisationDraftSchema.parse(onRecord), savedAt: null };
    },

    async keep(accountId, organisationId, form) {
      const cipher = vault.encrypt(JSON.stringify({ organisationId, form }), draftContext(accountId));
      const draft = { cipher, savedAt: new Date() };
      await db.prisma.organisationDraft.upsert({
        where: { accountId },
        create: { accountId, ...draft },
        update: draft,
      });
    },

    async forget(tx, accountId) {
      await tx.prisma.organisationDraft.deleteMany({ where: { accountId } });
    },
  };
}

export const draftContext = (accountId: string) => `organisation_draft:${accountId}`;
