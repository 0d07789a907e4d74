// SPDX-License-Identifier: Apache-2.0
// Real names in the database: sealed, masked and indexed; each save is a version, and old ones stay.

import { violatedKey } from '@inkseal/service-kit';
import { maskEmail, maskIdNumber, maskName } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import type { IdentityView, PersonalIdentity } from './identity.schema.ts';

export type IdSide = 'front' | 'back';

const PURPOSES = { front: 'ID_FRONT', back: 'ID_BACK' } as const;

/** A person as others of our domains need him; never leaves the service as it is. */
export interface VerifiedPerson {
  identityId: string;
  name: string;
  idNumber: string;
  nameMasked: string;
  idNumberMasked: string;
}

export interface IdentityStore {
  /** As a transaction sees it, when one is given. */
  current(accountId: string, tx?: Transaction): Promise<IdentityView>;
  /** The verified person behind the account, in clear, for a snapshot that is sealed again. */
  verifiedPerson(accountId: string): Promise<VerifiedPerson | undefined>;
  /** As it was in this version of an identity. */
  fullName(identityId: string): Promise<string>;
  saveImage(accountId: string, side: IdSide, image: { mediaType: string; bytes: Buffer }): Promise<string>;
  /** The sides whose image is not one of this account's for that side. */
  missingImages(tx: Transaction, accountId: string, images: Readonly<Record<IdSide, string>>): Promise<IdSide[]>;
  /** Throws `identity-in-use`. */
  replace(tx: Transaction, accountId: string, identity: PersonalIdentity): Promise<{ id: string; version: number }>;
}

export function createIdentityStore(db: Database, vault: Vault): IdentityStore {
  return {
    async current(accountId, tx) {
      const [row] = await (tx ?? db).query<CurrentRow>(
        `SELECT id, state, nature, version, name_cipher, name_masked, id_number_masked, email_cipher, verified_at,
                front_image_id IS NOT NULL AND back_image_id IS NOT NULL AS has_images
           FROM identity WHERE account_id = $1 AND superseded_at IS NULL`,
        [accountId],
      );
      if (!row) return { state: 'NONE' };
      const { state, nature, version } = row;
      return {
        state,
        nature,
        version,
        name: row.name_masked,
        fullName: vault.openText(row.name_cipher, contextOf(row.id, 'name')),
        idNumber: row.id_number_masked,
        email: maskEmail(vault.openText(row.email_cipher, contextOf(row.id, 'email'))),
        hasImages: row.has_images,
        verifiedAt: row.verified_at?.toISOString() ?? null,
      };
    },

    async verifiedPerson(accountId) {
      const [row] = await db.query<PersonRow>(
        `SELECT id, name_cipher, id_number_cipher, name_masked, id_number_masked
           FROM identity WHERE account_id = $1 AND superseded_at IS NULL AND state = 'VERIFIED'`,
        [accountId],
      );
      if (!row) return undefined;
      return {
        identityId: row.id,
        name: vault.openText(row.name_cipher, contextOf(row.id, 'name')),
        idNumber: vault.openText(row.id_number_cipher, contextOf(row.id, 'id-number')),
        nameMasked: row.name_masked,
        idNumberMasked: row.id_number_masked,
      };
    },

    async fullName(identityId) {
      const [row] = await db.query<{ name: Buffer }>('SELECT name_cipher AS name FROM identity WHERE id = $1', [
        identityId,
      ]);
      if (!row) throw new DomainError('internal', { reason: 'identity-missing' });
      return vault.openText(row.name, contextOf(identityId, 'name'));
    },

    saveImage: (accountId, side, { mediaType, bytes }) =>
      db.transaction(async (tx) => {
        const id = newId();
        const purpose = PURPOSES[side];
        // An earlier picture that no identity uses was a failed attempt: nobody needs it.
        await tx.query(DELETE_UNUSED_IMAGES, [accountId, purpose]);
        await tx.query(
          'INSERT INTO private_image (id, account_id, purpose, media_type, cipher) VALUES ($1, $2, $3, $4, $5)',
          [id, accountId, purpose, mediaType, vault.seal(bytes, `private_image:${id}`)],
        );
        const actor = `account:${accountId}`;
        tx.record({ actor, action: 'identity.save-image', subject: `private_image:${id}`, detail: { side } });
        return id;
      }),

    async missingImages(tx, accountId, images) {
      const rows = await tx.query<{ id: string; purpose: string }>(
        'SELECT id, purpose FROM private_image WHERE account_id = $1 AND id = ANY($2) FOR SHARE',
        [accountId, Object.values(images)],
      );
      const isThere = (side: IdSide) =>
        rows.some(({ id, purpose }) => id === images[side] && purpose === PURPOSES[side]);
      return (['front', 'back'] as const).filter((side) => !isThere(side));
    },

    replace: (tx, accountId, identity) => replaceIdentity(tx, vault, accountId, identity),
  };
}

async function replaceIdentity(tx: Transaction, vault: Vault, accountId: string, identity: PersonalIdentity) {
  // Two saves at once follow each other.
  await lockRow(tx, 'account', accountId);
  await tx.query('UPDATE identity SET superseded_at = now() WHERE account_id = $1 AND superseded_at IS NULL', [
    accountId,
  ]);
  const id = newId();
  const { name, idNumber, email, address, nature, frontImageId, backImageId } = identity;
  const rows = await tx
    .query<{ version: number }>(INSERT_PERSON, [
      id,
      accountId,
      nature,
      vault.seal(name, contextOf(id, 'name')),
      maskName(name),
      vault.seal(idNumber, contextOf(id, 'id-number')),
      vault.blindIndex('id-number', idNumber),
      maskIdNumber(idNumber),
      vault.seal(email, contextOf(id, 'email')),
      vault.seal(address, contextOf(id, 'address')),
      frontImageId,
      backImageId,
    ])
    .catch((error: unknown) => {
      throw violatedKey(error) === 'identity_number_key' ? new DomainError('identity-in-use') : error;
    });
  return { id, version: rows[0]?.version ?? 1 };
}

interface CurrentRow {
  id: string;
  state: 'PENDING' | 'VERIFIED' | 'REJECTED';
  nature: 'PERSONAL' | 'ORGANISATION';
  version: number;
  name_cipher: Buffer;
  name_masked: string;
  id_number_masked: string;
  email_cipher: Buffer;
  verified_at: Date | null;
  has_images: boolean;
}

interface PersonRow {
  id: string;
  name_cipher: Buffer;
  id_number_cipher: Buffer;
  name_masked: string;
  id_number_masked: string;
}

const contextOf = (identityId: string, field: string) => `identity:${identityId}:${field}`;

const DELETE_UNUSED_IMAGES = `
  DELETE FROM private_image AS image WHERE account_id = $1 AND purpose = $2
     AND NOT EXISTS (SELECT FROM identity WHERE front_image_id = image.id OR back_image_id = image.id)`;

/** A person is verified at once: all checks were made before. */
const INSERT_PERSON = `
  INSERT INTO identity (id, account_id, version, nature, state, name_cipher, name_masked, id_number_cipher,
      id_number_index, id_number_masked, email_cipher, address_cipher, front_image_id, back_image_id,
      consent_at, verified_at)
  SELECT $1, $2, coalesce(max(version), 0) + 1, $3, 'VERIFIED', $4, $5, $6, $7, $8, $9, $10, $11, $12, now(), now()
    FROM identity WHERE account_id = $2
  RETURNING version`;
