// SPDX-License-Identifier: Apache-2.0
// Organisations in the database: what each states of itself is encrypted, masked and indexed. Each save is a version, and
// old ones stay: certificates name the version of their time.
import { maskEmail, maskIdNumber, maskName, maskOrganisation, maskPhone } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { holdRows, lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { DomainError, refuseFields } from '../errors.ts';
import type { OrganisationVersion } from '../generated/prisma/client.ts';
import { actorOf, type Owner } from '../http/members.ts';
import { creditCodeFault } from '../identity/index.ts';
import { organisationMachine } from './organisation.ts';
import type { OrganisationForm } from './organisations.schema.ts';

/** What an organisation states of itself, in clear. */
export interface Stated {
  name: string;
  creditCode: string;
  phone: string;
  representative: string;
  email: string;
  address: string;
}

/** As certificates and lists name it. */
export interface VerifiedOrganisation {
  versionId: string;
  name: string;
  nameMasked: string;
  /** In clear, for whoever encrypts it again; never leaves the service. */
  creditCode: string;
  creditCodeMasked: string;
}

export interface OrganisationStore {
  /** The newest version; throws `organisation-not-found`. */
  current(organisationId: string, db?: Db): Promise<OrganisationVersion>;
  read(version: OrganisationVersion): Stated;
  verified(organisationId: string): Promise<VerifiedOrganisation | undefined>;
  /** As it was in this version. */
  nameOf(versionId: string): Promise<string>;
  /** A new organisation, waiting for its review, with the account as its manager. Throws `organisation-known`. */
  found(tx: Transaction, accountId: string, form: OrganisationForm): Promise<string>;
  /** Another version; it is reviewed unless it only states other ways to reach a verified organisation. */
  save(tx: Transaction, owner: Owner & { organisationId: string }, form: OrganisationForm): Promise<void>;
  saveLicence(accountId: string, image: { mediaType: string; bytes: Buffer }): Promise<string>;
  licence(version: OrganisationVersion): Promise<{ mediaType: string; bytes: Buffer }>;
}

export function createOrganisationStore(db: Database, vault: Vault): OrganisationStore {
  const read = (version: OrganisationVersion) => statedIn(vault, version);
  return {
    current: (organisationId, through = db.prisma) => currentVersion(through, organisationId),
    read,

    async verified(organisationId) {
      const where = { organisationId, supersededAt: null, organisation: { state: 'VERIFIED' as const } };
      const row = await db.prisma.organisationVersion.findFirst({ where });
      if (!row) return undefined;
      const { nameMasked, creditCodeMasked } = row;
      const { name, creditCode } = read(row);
      return { versionId: row.id, name, nameMasked, creditCode, creditCodeMasked };
    },

    async nameOf(id) {
      const row = await db.prisma.organisationVersion.findUnique({ where: { id } });
      if (!row) throw new DomainError('internal', { reason: 'organisation-missing' });
      return vault.decryptText(row.nameCipher, contextOf(id, 'name'));
    },

    async found(tx, accountId, form) {
      await requireLicence(tx, { accountId, imageId: form.licenceImageId });
      await refuseKnown(tx.prisma, vault, form.creditCode);
      const id = newId();
      await tx.prisma.organisation.create({ data: { id, ...indexesOf(vault, form) } });
      await tx.prisma.organisationMember.create({
        data: { id: newId(), organisationId: id, accountId, role: 'MANAGER' },
      });
      await insertVersion(tx, vault, { id: newId(), organisationId: id, version: 1, accountId, form });
      const entry = { actor: `account:${accountId}`, action: 'organisation.found', subject: `organisation:${id}` };
      tx.record({ ...entry, detail: { version: 1 } });
      return id;
    },

    save: (tx, owner, form) => saveVersion(tx, vault, owner, form),

    saveLicence: (accountId, image) => db.transaction((tx) => saveLicence(tx, vault, { accountId, ...image })),

    async licence({ licenceImageId: id }) {
      const row = await db.prisma.privateImage.findUnique({ where: { id } });
      if (!row) throw new DomainError('file-not-found');
      return { mediaType: row.mediaType, bytes: vault.decrypt(row.cipher, `private_image:${id}`) };
    },
  };
}

export async function currentVersion({ organisationVersion }: Db, organisationId: string) {
  const row = await organisationVersion.findFirst({ where: { organisationId, supersededAt: null } });
  if (!row) throw new DomainError('organisation-not-found');
  return row;
}

async function saveVersion(
  tx: Transaction,
  vault: Vault,
  owner: Owner & { organisationId: string },
  form: OrganisationForm,
): Promise<void> {
  const { accountId, organisationId } = owner;
  await lockRow(tx, 'organisation', organisationId);
  const old = await currentVersion(tx.prisma, organisationId);
  if (form.licenceImageId !== old.licenceImageId) {
    await requireLicence(tx, { accountId, imageId: form.licenceImageId });
  }
  await refuseKnown(tx.prisma, vault, form.creditCode, organisationId);
  const organisation = await tx.prisma.organisation.findUnique({ where: { id: organisationId } });
  const isContact = organisation?.state === 'VERIFIED' && isSameOrganisation(statedIn(vault, old), old, form);
  const version = old.version + 1;
  await transition(tx, organisationMachine, {
    id: organisationId,
    event: isContact ? 'save-contact' : 'save',
    actor: actorOf(owner),
    set: isContact ? { version } : { version, ...indexesOf(vault, form), takenBy: null, takenAt: null },
    detail: { version, organisationId },
  });
  await tx.prisma.organisationVersion.updateMany({ where: { id: old.id }, data: { supersededAt: new Date() } });
  const verifiedAt = isContact ? old.verifiedAt : null;
  await insertVersion(tx, vault, { id: newId(), organisationId, version, accountId, form, verifiedAt });
}

/** Telephone and e-mail may change without a review: neither says who the organisation is, or where. */
function isSameOrganisation(stated: Stated, { licenceImageId }: OrganisationVersion, form: OrganisationForm): boolean {
  const isSame = (['name', 'creditCode', 'representative', 'address'] as const).every(
    (field) => stated[field] === form[field],
  );
  return isSame && licenceImageId === form.licenceImageId;
}

interface NewVersion {
  id: string;
  organisationId: string;
  version: number;
  accountId: string;
  form: OrganisationForm;
  verifiedAt?: Date | null;
}

async function insertVersion(tx: Transaction, vault: Vault, row: NewVersion): Promise<void> {
  const { id, organisationId, version, accountId, form, verifiedAt = null } = row;
  const encrypt = (field: keyof Stated) => vault.encrypt(form[field], contextOf(id, field));
  await tx.prisma.organisationVersion.createMany({
    data: {
      id,
      organisationId,
      version,
      nameCipher: encrypt('name'),
      nameMasked: maskOrganisation(form.name),
      creditCodeCipher: encrypt('creditCode'),
      creditCodeIndex: vault.blindIndex('credit-code', form.creditCode),
      creditCodeMasked: maskIdNumber(form.creditCode),
      isCodeIrregular: creditCodeFault(form.creditCode) !== undefined,
      phoneCipher: encrypt('phone'),
      representativeCipher: encrypt('representative'),
      emailCipher: encrypt('email'),
      addressCipher: encrypt('address'),
      licenceImageId: form.licenceImageId,
      savedBy: accountId,
      consentAt: new Date(),
      verifiedAt,
    },
  });
}

function statedIn(vault: Vault, row: OrganisationVersion): Stated {
  const open = (field: keyof Stated, cipher: Uint8Array) => vault.decryptText(cipher, contextOf(row.id, field));
  return {
    name: open('name', row.nameCipher),
    creditCode: open('creditCode', row.creditCodeCipher),
    phone: open('phone', row.phoneCipher),
    representative: open('representative', row.representativeCipher),
    email: open('email', row.emailCipher),
    address: open('address', row.addressCipher),
  };
}

/** What everybody who acts for it sees. */
export function maskedContact({ phone, representative, email }: Stated) {
  return { phone: maskPhone(phone), representative: maskName(representative), email: maskEmail(email) };
}

function indexesOf(vault: Vault, { name, creditCode }: OrganisationForm) {
  return { nameIndex: nameIndex(vault, name), creditCodeIndex: vault.blindIndex('credit-code', creditCode) };
}

/** Full-width brackets and spaces make no other name. */
export function nameIndex(vault: Vault, name: string) {
  return vault.blindIndex('organisation-name', name.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase());
}

/** Its manager can invite whoever else should act for it. */
async function refuseKnown(db: Db, vault: Vault, creditCode: string, except?: string): Promise<void> {
  const creditCodeIndex = vault.blindIndex('credit-code', creditCode);
  const where = { creditCodeIndex, state: 'VERIFIED' as const, ...(except && { id: { not: except } }) };
  if ((await db.organisation.count({ where })) > 0) throw new DomainError('organisation-known');
}

async function requireLicence(tx: Transaction, { accountId, imageId }: { accountId: string; imageId: string }) {
  await holdRows(tx, 'private-image', [imageId]);
  const found = await tx.prisma.privateImage.count({ where: { id: imageId, accountId, purpose: 'LICENCE' } });
  if (found === 0) refuseFields([{ field: 'licenceImageId', code: 'not-found' }]);
}

async function saveLicence(
  tx: Transaction,
  vault: Vault,
  { accountId, mediaType, bytes }: { accountId: string; mediaType: string; bytes: Buffer },
): Promise<string> {
  // An earlier picture that no organisation uses was a failed attempt: nobody needs it.
  await tx.prisma.privateImage.deleteMany({ where: { accountId, purpose: 'LICENCE', licenceOf: { none: {} } } });
  const id = newId();
  const cipher = vault.encrypt(bytes, `private_image:${id}`);
  await tx.prisma.privateImage.createMany({ data: { id, accountId, purpose: 'LICENCE', mediaType, cipher } });
  tx.record({ actor: `account:${accountId}`, action: 'organisation.save-licence', subject: `private_image:${id}` });
  return id;
}

export const contextOf = (versionId: string, field: keyof Stated) => `organisation_version:${versionId}:${field}`;
