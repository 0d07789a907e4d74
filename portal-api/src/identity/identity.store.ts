// SPDX-License-Identifier: Apache-2.0
// Real names in the database: encrypted, masked and indexed; each save is a version, and old ones stay.

import { violatedKey } from '@inkseal/service-kit';
import { z } from 'zod';
import { maskEmail, maskIdNumber, maskName } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import type { Identity } from '../generated/prisma/client.ts';
import {
  type IdentityDocument,
  type IdentityReason,
  type IdentityView,
  identityReasonSchema,
  type PersonalIdentity,
} from './identity.schema.ts';
import { NATIONALITIES } from './nationalities.ts';
import { insertImage, missingImages, type NewImage } from './private-images.ts';
import { residentIdFault } from './resident-id.ts';
import { type DocumentDetails, documentDetailsSchema, isOldForeignCard, isPassportNumber } from './travel-document.ts';

export type IdSide = 'front' | 'back';

const SIDES = ['front', 'back'] as const;
const PURPOSES = { front: 'ID_FRONT', back: 'ID_BACK' } as const;

/** A person as other domains need them; never leaves the service as it is. */
export interface VerifiedPerson {
  identityId: string;
  documentType: IdentityDocument;
  name: string;
  idNumber: string;
  nameMasked: string;
  idNumberMasked: string;
}

type IdImages = Readonly<{ front: string; back: string | undefined }>;

/** Verified at once, unless it has `details`: then staff review it. */
export interface NewIdentity extends Omit<PersonalIdentity, 'nature' | 'backImageId' | 'consent'> {
  documentType: IdentityDocument;
  backImageId?: string | undefined;
  details?: DocumentDetails;
}

export interface IdentityStore {
  /** As a transaction sees it, when one is given. */
  current(accountId: string, tx?: Pick<Transaction, 'prisma'>): Promise<IdentityView>;
  /** The verified person behind the account, in clear, for a snapshot that is encrypted again. */
  verifiedPerson(accountId: string): Promise<VerifiedPerson | undefined>;
  /** In clear, for a mail. */
  emailOf(accountId: string): Promise<string | undefined>;
  /** As it was in this version of an identity. */
  fullName(identityId: string): Promise<string>;
  saveImage(accountId: string, side: IdSide, image: { mediaType: string; bytes: Buffer }): Promise<string>;
  /** The sides whose image is not one of this account's for that side. */
  missingImages(tx: Transaction, accountId: string, images: IdImages): Promise<IdSide[]>;
  /** Throws `identity-in-use`. */
  replace(tx: Transaction, accountId: string, identity: NewIdentity): Promise<{ id: string; version: number }>;
}

export function createIdentityStore(db: Database, vault: Vault): IdentityStore {
  return {
    async current(accountId, { prisma } = db) {
      const row = await prisma.identity.findFirst({ where: { accountId, supersededAt: null } });
      if (!row) return { state: 'NONE' };
      const { state, nature, version, documentType } = row;
      return {
        state,
        nature,
        version,
        documentType,
        stateAt: row.stateAt.toISOString(),
        reasons: state === 'REJECTED' ? await reasonsOf(prisma, row.id) : [],
        name: row.nameMasked,
        fullName: vault.decryptText(row.nameCipher, contextOf(row.id, 'name')),
        idNumber: row.idNumberMasked,
        email: maskEmail(vault.decryptText(row.emailCipher, contextOf(row.id, 'email'))),
        hasImages: hasImages(row),
        verifiedAt: row.verifiedAt?.toISOString() ?? null,
      };
    },

    async verifiedPerson(accountId) {
      const row = await findVerified(db.prisma, accountId);
      if (!row) return undefined;
      return {
        identityId: row.id,
        documentType: row.documentType,
        name: vault.decryptText(row.nameCipher, contextOf(row.id, 'name')),
        idNumber: vault.decryptText(row.idNumberCipher, contextOf(row.id, 'id-number')),
        nameMasked: row.nameMasked,
        idNumberMasked: row.idNumberMasked,
      };
    },

    async emailOf(accountId) {
      const where = { accountId, supersededAt: null };
      const row = await db.prisma.identity.findFirst({ where, select: { id: true, emailCipher: true } });
      return row ? vault.decryptText(row.emailCipher, contextOf(row.id, 'email')) : undefined;
    },

    async fullName(id) {
      const row = await db.prisma.identity.findUnique({ where: { id }, select: { nameCipher: true } });
      if (!row) throw new DomainError('internal', { reason: 'identity-missing' });
      return vault.decryptText(row.nameCipher, contextOf(id, 'name'));
    },

    saveImage: (accountId, side, image) => db.transaction((tx) => saveImage(tx, vault, { accountId, side, ...image })),

    async missingImages(tx, accountId, images) {
      const wanted = SIDES.flatMap((side) => {
        const id = images[side];
        return id === undefined ? [] : [{ side, id, purpose: PURPOSES[side] }];
      });
      return (await missingImages(tx, accountId, wanted)).map(({ side }) => side);
    },

    replace: (tx, accountId, identity) => replaceIdentity(tx, vault, accountId, identity),
  };
}

interface SideImage extends Pick<NewImage, 'accountId' | 'mediaType' | 'bytes'> {
  side: IdSide;
}

async function saveImage(tx: Transaction, vault: Vault, { side, ...image }: SideImage) {
  const { accountId } = image;
  const purpose = PURPOSES[side];
  // An earlier picture that no identity uses was a failed attempt: nobody needs it.
  const isUnused = { frontOf: { none: {} }, backOf: { none: {} } };
  await tx.prisma.privateImage.deleteMany({ where: { accountId, purpose, ...isUnused } });
  const id = await insertImage(tx, vault, { ...image, purpose });
  const actor = `account:${accountId}`;
  tx.record({ actor, action: 'identity.save-image', subject: `private_image:${id}`, detail: { side } });
  return id;
}

async function replaceIdentity(tx: Transaction, vault: Vault, accountId: string, identity: NewIdentity) {
  // Two saves at once follow each other.
  await lockRow(tx, 'account', accountId);
  await tx.prisma.identity.updateMany({ where: { accountId, supersededAt: null }, data: { supersededAt: new Date() } });
  const { _max } = await tx.prisma.identity.aggregate({ where: { accountId }, _max: { version: true } });
  const id = newId();
  const version = (_max.version ?? 0) + 1;
  const data = { id, accountId, version, ...columnsOf(vault, id, identity) };
  // Only verified names are unique in the database: one that waits for its review must not take another person's number.
  await refuseUsed(tx.prisma, data.idNumberIndex);
  await tx.prisma.identity.createMany({ data }).catch((error: unknown) => {
    throw violatedKey(error) === NUMBER_KEY ? new DomainError('identity-in-use') : error;
  });
  return { id, version };
}

/** The unique index of the numbers of verified people. */
export const NUMBER_KEY = 'identity_number_key';

async function refuseUsed({ identity }: Db, idNumberIndex: Uint8Array<ArrayBuffer>): Promise<void> {
  const where = { idNumberIndex, supersededAt: null, state: 'VERIFIED' as const };
  if ((await identity.count({ where })) > 0) throw new DomainError('identity-in-use');
}

function columnsOf(vault: Vault, id: string, identity: NewIdentity) {
  const { name, idNumber, email, address, documentType, frontImageId, backImageId = null, details } = identity;
  const now = new Date();
  return {
    nature: 'PERSONAL' as const,
    ...(details
      ? { state: 'PENDING' as const, documentCipher: vault.encrypt(JSON.stringify(details), contextOf(id, 'document')) }
      : // All checks were made before.
        { state: 'VERIFIED' as const, verifiedAt: now }),
    documentType,
    nameCipher: vault.encrypt(name, contextOf(id, 'name')),
    nameMasked: maskName(name),
    idNumberCipher: vault.encrypt(idNumber, contextOf(id, 'id-number')),
    idNumberIndex: vault.blindIndex('id-number', indexedNumber(idNumber, details)),
    idNumberMasked: maskIdNumber(idNumber),
    emailCipher: vault.encrypt(email, contextOf(id, 'email')),
    addressCipher: vault.encrypt(address, contextOf(id, 'address')),
    frontImageId,
    backImageId,
    consentAt: now,
  };
}

/** Two countries may give passports of one number; every other number is unique by itself. */
export function indexedNumber(number: string, details: DocumentDetails | undefined): string {
  return details && !isOldForeignCard(number) ? `${details.nationality} ${number}` : number;
}

/** All that a number may be stored as: whoever searches for a passport has its number, and need not know its country. */
export function possibleNumbers(number: string): string[] {
  const isPassport = isPassportNumber(number) && residentIdFault(number) !== undefined;
  const passports = isPassport ? NATIONALITIES.map((country) => `${country} ${number}`) : [];
  return [number, ...passports];
}

/** Undefined for a card whose number says it all. */
export function detailsOf(vault: Vault, { id, documentCipher }: Pick<Identity, 'id' | 'documentCipher'>) {
  if (documentCipher === null) return undefined;
  return documentDetailsSchema.parse(JSON.parse(vault.decryptText(documentCipher, contextOf(id, 'document'))));
}

/** A passport has one page to show. */
export function hasImages({ documentType, frontImageId, backImageId }: ImageColumns): boolean {
  return frontImageId !== null && (backImageId !== null || documentType === 'PASSPORT');
}

type ImageColumns = Pick<Identity, 'documentType' | 'frontImageId' | 'backImageId'>;

async function reasonsOf({ identityReview }: Db, identityId: string) {
  const row = await identityReview.findFirst({ where: { identityId, decision: 'REJECT' } });
  return storedReasons(row?.reasons ?? []);
}

export function storedReasons(reasons: unknown): IdentityReason[] {
  return z.array(identityReasonSchema).parse(reasons);
}

/** The person on record, if their name is verified. */
export function findVerified({ identity }: Db, accountId: string): Promise<Identity | null> {
  return identity.findFirst({ where: { accountId, supersededAt: null, state: 'VERIFIED' } });
}

export const contextOf = (identityId: string, field: string) => `identity:${identityId}:${field}`;
