// SPDX-License-Identifier: Apache-2.0
// The real-name form between visits: as it was left, encrypted, for some days; else what is on record, so that a new
// e-mail address needs neither the number nor the card again.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import type { Identity } from '../generated/prisma/client.ts';
import { type Contact, type IdentityForm, identityFormSchema } from './identity.schema.ts';
import { contextOf, detailsOf, findVerified } from './identity.store.ts';

export interface IdentityFormStore {
  /** As it was left, else what is on record. Of the number only what was typed: nobody reads it back from the record. */
  read(accountId: string): Promise<{ form: IdentityForm; savedAt: string | null }>;
  keep(accountId: string, form: IdentityForm): Promise<void>;
  forget(tx: Transaction, accountId: string): Promise<void>;
  /** A new version of the identity with the same person in it; throws `identity-required`. */
  changeContact(tx: Transaction, accountId: string, contact: Contact): Promise<{ id: string; version: number }>;
}

export function createIdentityFormStore(db: Database, vault: Vault): IdentityFormStore {
  return {
    async read(accountId) {
      const draft = await db.prisma.identityDraft.findUnique({ where: { accountId } });
      if (!draft) return { form: await formOnRecord(db, vault, accountId), savedAt: null };
      const form = identityFormSchema.parse(JSON.parse(vault.decryptText(draft.cipher, draftContext(accountId))));
      return { form, savedAt: draft.savedAt.toISOString() };
    },

    keep: (accountId, form) => keepForm(db.prisma, vault, { accountId, form }),

    async forget(tx, accountId) {
      await tx.prisma.identityDraft.deleteMany({ where: { accountId } });
    },

    changeContact: (tx, accountId, contact) => changeContact(tx, vault, accountId, contact),
  };
}

/** As somebody left it, or as another system knew it. */
export async function keepForm(
  db: Db,
  vault: Vault,
  { accountId, form }: { accountId: string; form: IdentityForm },
): Promise<void> {
  const cipher = vault.encrypt(JSON.stringify(form), draftContext(accountId));
  const draft = { cipher, savedAt: new Date() };
  await db.identityDraft.upsert({ where: { accountId }, create: { accountId, ...draft }, update: draft });
}

async function formOnRecord({ prisma }: Database, vault: Vault, accountId: string): Promise<IdentityForm> {
  const row = await prisma.identity.findFirst({ where: { accountId, supersededAt: null } });
  if (!row) return identityFormSchema.parse({});
  const decrypt = (field: string, cipher: Uint8Array) => vault.decryptText(cipher, contextOf(row.id, field));
  const { documentType, frontImageId, backImageId } = row;
  const details = detailsOf(vault, row);
  return identityFormSchema.parse({
    name: decrypt('name', row.nameCipher),
    email: decrypt('email', row.emailCipher),
    address: decrypt('address', row.addressCipher),
    // What a reviewer returned is mended, not entered again.
    ...(details && { documentType, ...details, frontImageId: frontImageId ?? '', backImageId: backImageId ?? '' }),
  });
}

async function changeContact(tx: Transaction, vault: Vault, accountId: string, { email, address }: Contact) {
  // Two saves at once follow each other.
  await lockRow(tx, 'account', accountId);
  const old = await findVerified(tx.prisma, accountId);
  if (!old) throw new DomainError('identity-required');
  await tx.prisma.identity.updateMany({ where: { id: old.id }, data: { supersededAt: new Date() } });
  const id = newId();
  // A ciphertext is bound to its row, so the person is encrypted again for the new one.
  const reencrypt = (field: string, cipher: Uint8Array) =>
    vault.encrypt(vault.decryptText(cipher, contextOf(old.id, field)), contextOf(id, field));
  const version = old.version + 1;
  const data = {
    id,
    accountId,
    version,
    nameCipher: reencrypt('name', old.nameCipher),
    idNumberCipher: reencrypt('id-number', old.idNumberCipher),
    emailCipher: vault.encrypt(email, contextOf(id, 'email')),
    addressCipher: vault.encrypt(address, contextOf(id, 'address')),
    documentCipher: old.documentCipher && reencrypt('document', old.documentCipher),
    ...samePerson(old),
  };
  await tx.prisma.identity.createMany({ data });
  return { id, version };
}

/** The consent and the verification are those of the person, who has not changed. */
function samePerson(old: Identity) {
  const { nature, state, documentType, nameMasked, idNumberIndex, idNumberMasked, frontImageId, backImageId } = old;
  const { stateAt, consentAt, verifiedAt, checkOutcome, checkedAt } = old;
  return {
    nature,
    state,
    documentType,
    nameMasked,
    idNumberIndex,
    idNumberMasked,
    frontImageId,
    backImageId,
    stateAt,
    consentAt,
    verifiedAt,
    checkOutcome,
    checkedAt,
  };
}

const draftContext = (accountId: string) => `identity_draft:${accountId}`;
