// SPDX-License-Identifier: Apache-2.0
// What organisations state of themselves, and whom they invite, for the scrub.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { requireMatch, type StoredKind } from '../storage/stored-kind.ts';
import { invitedPhone } from './invitations.store.ts';
import { draftContext } from './organisation-form.store.ts';
import { contextOf } from './organisations.store.ts';

/** Every version: certificates print the name of their time. */
export function storedOrganisations({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'organisation',
    async list(after, limit) {
      const rows = await prisma.organisationVersion.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.organisationVersion.findUnique({ where: { id } });
      if (!row) return undefined;
      const code = vault.decrypt(row.creditCodeCipher, contextOf(id, 'creditCode'));
      requireMatch(vault.blindIndex('credit-code', code.toString('utf8')).equals(row.creditCodeIndex), 'credit-code');
      return [
        code,
        vault.decrypt(row.nameCipher, contextOf(id, 'name')),
        vault.decrypt(row.phoneCipher, contextOf(id, 'phone')),
        vault.decrypt(row.representativeCipher, contextOf(id, 'representative')),
        vault.decrypt(row.emailCipher, contextOf(id, 'email')),
        vault.decrypt(row.addressCipher, contextOf(id, 'address')),
      ];
    },
  };
}

export function storedInvitations({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'organisation-invitation',
    async list(after, limit) {
      const rows = await prisma.organisationInvitation.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.organisationInvitation.findUnique({ where: { id } });
      if (!row) return undefined;
      const phone = vault.decrypt(row.phoneCipher, invitedPhone(id));
      requireMatch(vault.blindIndex('phone', phone.toString('utf8')).equals(row.phoneIndex), 'phone');
      return [phone];
    },
  };
}

export function storedOrganisationDrafts({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'organisation-draft',
    async list(after, limit) {
      const where = { accountId: { gt: after } };
      const rows = await prisma.organisationDraft.findMany({ where, orderBy: { accountId: 'asc' }, take: limit });
      return rows.map(({ accountId }) => accountId);
    },
    async read(accountId) {
      const row = await prisma.organisationDraft.findUnique({ where: { accountId } });
      return row ? [vault.decrypt(row.cipher, draftContext(accountId))] : undefined;
    },
  };
}

function page(after: string, limit: number) {
  return { where: { id: { gt: after } }, orderBy: { id: 'asc' as const }, take: limit };
}
