// SPDX-License-Identifier: Apache-2.0
// The real-name form between visits: as it was left, sealed, for some days; else what is on record, so that a new
// e-mail address needs neither the number nor the card again.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import { type Contact, type IdentityForm, identityFormSchema } from './identity.schema.ts';

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
      const [draft] = await db.query<{ cipher: Buffer; savedAt: Date }>(
        'SELECT cipher, saved_at AS "savedAt" FROM identity_draft WHERE account_id = $1',
        [accountId],
      );
      if (!draft) return { form: await formOnRecord(db, vault, accountId), savedAt: null };
      const form = identityFormSchema.parse(JSON.parse(vault.openText(draft.cipher, draftContext(accountId))));
      return { form, savedAt: draft.savedAt.toISOString() };
    },

    async keep(accountId, form) {
      const cipher = vault.seal(JSON.stringify(form), draftContext(accountId));
      await db.query(
        `INSERT INTO identity_draft (account_id, cipher, saved_at) VALUES ($1, $2, now())
         ON CONFLICT (account_id) DO UPDATE SET cipher = $2, saved_at = now()`,
        [accountId, cipher],
      );
    },

    async forget(tx, accountId) {
      await tx.query('DELETE FROM identity_draft WHERE account_id = $1', [accountId]);
    },

    changeContact: (tx, accountId, contact) => changeContact(tx, vault, accountId, contact),
  };
}

async function formOnRecord(db: Database, vault: Vault, accountId: string): Promise<IdentityForm> {
  const [row] = await db.query<RecordRow>(SELECT_RECORD, [accountId]);
  if (!row) return identityFormSchema.parse({});
  const open = (field: string, cipher: Buffer) => vault.openText(cipher, contextOf(row.id, field));
  return identityFormSchema.parse({
    name: open('name', row.name),
    email: open('email', row.email),
    address: open('address', row.address),
  });
}

async function changeContact(tx: Transaction, vault: Vault, accountId: string, { email, address }: Contact) {
  // Two saves at once follow each other.
  await lockRow(tx, 'account', accountId);
  const [old] = await tx.query<RecordRow>(SELECT_RECORD, [accountId]);
  if (!old) throw new DomainError('identity-required');
  await tx.query('UPDATE identity SET superseded_at = now() WHERE id = $1', [old.id]);
  const id = newId();
  // What is sealed is bound to its row, so the person is sealed again for the new one.
  const reseal = (field: string, cipher: Buffer) =>
    vault.seal(vault.openText(cipher, contextOf(old.id, field)), contextOf(id, field));
  const [row] = await tx.query<{ version: number }>(INSERT_SAME_PERSON, [
    id,
    old.id,
    reseal('name', old.name),
    reseal('id-number', old.idNumber),
    vault.seal(email, contextOf(id, 'email')),
    vault.seal(address, contextOf(id, 'address')),
  ]);
  return { id, version: row?.version ?? 1 };
}

interface RecordRow {
  id: string;
  name: Buffer;
  idNumber: Buffer;
  email: Buffer;
  address: Buffer;
}

const contextOf = (identityId: string, field: string) => `identity:${identityId}:${field}`;
const draftContext = (accountId: string) => `identity_draft:${accountId}`;

const SELECT_RECORD = `
  SELECT id, name_cipher AS name, id_number_cipher AS "idNumber", email_cipher AS email, address_cipher AS address
    FROM identity WHERE account_id = $1 AND superseded_at IS NULL AND state = 'VERIFIED'`;

/** The consent and the verification are those of the person, who has not changed. */
const INSERT_SAME_PERSON = `
  INSERT INTO identity (id, account_id, version, nature, state, name_cipher, name_masked, id_number_cipher,
      id_number_index, id_number_masked, email_cipher, address_cipher, front_image_id, back_image_id,
      consent_at, verified_at)
  SELECT $1, account_id, version + 1, nature, state, $3, name_masked, $4, id_number_index, id_number_masked, $5, $6,
         front_image_id, back_image_id, consent_at, verified_at
    FROM identity WHERE id = $2
  RETURNING version`;
