// SPDX-License-Identifier: Apache-2.0
// Right holders in the database. Each save is a version, encrypted as a whole; every read names the owner.
import { violatedKey } from '@inkseal/service-kit';
import { maskIdNumber, maskName } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import type { RightHolder, RightHolderVersion } from '../generated/prisma/client.ts';
import { type Completion, contentSchema, type HolderContent, type Self } from './complete-holder.ts';
import { type Owner, ownedBy, ownerId } from './owner.ts';
import type { HolderForm, HolderRole, ImageSide } from './right-holders.schema.ts';

/** Names are encrypted, so a search opens every entry of the owner: their number is bounded. */
export const MAX_HOLDERS = 1_000;

export type HolderRow = RightHolder & { current: RightHolderVersion };

export interface NewVersion {
  owner: Owner;
  completion: Completion;
  roles: readonly HolderRole[];
  self: Self | undefined;
  declaration: string;
}

export function contextOf(versionId: string): string {
  return `right_holder_version:${versionId}`;
}

export function openContent(vault: Vault, { id, contentCipher }: Pick<RightHolderVersion, 'id' | 'contentCipher'>) {
  return contentSchema.parse(JSON.parse(vault.decryptText(contentCipher, contextOf(id))));
}

/** By owner and number: equal numbers of two owners have nothing in common. */
export function numberIndex(vault: Vault, owner: Owner, documentNumber: string) {
  return vault.blindIndex(`right-holder:${ownerId(owner)}`, documentNumber);
}

/** Throws `right-holder-not-found`, also for another's. */
export async function findHolder(
  { prisma }: Pick<Transaction, 'prisma'>,
  owner: Owner,
  id: string,
): Promise<HolderRow> {
  const row = await prisma.rightHolder.findFirst({ where: { id, ...ownedBy(owner) }, include: CURRENT });
  const [current] = row?.versions ?? [];
  if (!row || !current) throw new DomainError('right-holder-not-found');
  return { ...row, current };
}

/** Locked until the end of the transaction. */
export async function lockHolder(tx: Transaction, owner: Owner, id: string): Promise<HolderRow> {
  await lockRow(tx, 'right-holder', id);
  return findHolder(tx, owner, id);
}

export const CURRENT = { versions: { where: { supersededAt: null } } } as const;

/** Throws `right-holder-limit-reached`. */
export async function insertHolder(tx: Transaction, vault: Vault, version: NewVersion): Promise<string> {
  const { owner, completion } = version;
  // Two that are added at once follow each other, so that both are counted.
  await lockRow(tx, 'account', owner.accountId);
  if ((await tx.prisma.rightHolder.count({ where: ownedBy(owner) })) >= MAX_HOLDERS)
    throw new DomainError('right-holder-limit-reached', { limit: MAX_HOLDERS });
  const id = newId();
  const index = numberIndex(vault, owner, completion.content.documentNumber);
  await tx.prisma.rightHolder
    .createMany({ data: { id, accountId: owner.accountId, organisationId: owner.organisationId, numberIndex: index } })
    .catch(duplicateOf);
  await insertVersion(tx.prisma, vault, { ...version, rightHolderId: id, number: 1 });
  return id;
}

/** The next version; the caller holds the row's lock. */
export async function replaceHolder(
  tx: Transaction,
  vault: Vault,
  row: HolderRow,
  version: NewVersion,
): Promise<number> {
  const number = row.version + 1;
  const index = numberIndex(vault, version.owner, version.completion.content.documentNumber);
  await tx.prisma.rightHolder
    .updateMany({ where: { id: row.id }, data: { version: number, numberIndex: index } })
    .catch(duplicateOf);
  await tx.prisma.rightHolderVersion.updateMany({ where: { id: row.current.id }, data: { supersededAt: new Date() } });
  await insertVersion(tx.prisma, vault, { ...version, rightHolderId: row.id, number });
  return number;
}

/** True if that changed something. */
export async function archiveHolder({ prisma }: Pick<Transaction, 'prisma'>, id: string, isArchived: boolean) {
  const { count } = await prisma.rightHolder.updateMany({
    where: { id, archivedAt: isArchived ? null : { not: null } },
    data: { archivedAt: isArchived ? new Date() : null },
  });
  return count === 1;
}

/** Whether another entry of this owner has the number. */
export async function isNumberTaken(db: Db, index: Uint8Array, exceptId: string | undefined): Promise<boolean> {
  const where = { numberIndex: Uint8Array.from(index), ...(exceptId && { id: { not: exceptId } }) };
  return (await db.rightHolder.count({ where })) > 0;
}

export function imagesOn({ frontImageId, backImageId, licenceImageId, permitImageId }: RightHolderVersion) {
  return { front: frontImageId, back: backImageId, licence: licenceImageId, permit: permitImageId } satisfies Record<
    ImageSide,
    string | null
  >;
}

/** An entry as its form: the number stays on record, nobody reads it back. */
export function formOf(vault: Vault, version: RightHolderVersion): HolderForm {
  const { isCodeUnchecked, documentNumber: _, ...content } = openContent(vault, version);
  const images = imagesOn(version);
  return {
    ...content,
    documentNumber: '',
    isSelf: version.isSelf,
    roles: version.roles,
    nature: version.nature,
    documentType: version.documentType,
    frontImageId: images.front ?? '',
    backImageId: images.back ?? '',
    licenceImageId: images.licence ?? '',
    permitImageId: images.permit ?? '',
    isCodeCompared: isCodeUnchecked,
  };
}

async function insertVersion(
  db: Db,
  vault: Vault,
  {
    owner,
    completion,
    roles,
    self,
    declaration,
    rightHolderId,
    number,
  }: NewVersion & { rightHolderId: string; number: number },
): Promise<void> {
  const { content, documentType, nature, images } = completion;
  const id = newId();
  const data = {
    id,
    rightHolderId,
    version: number,
    nature,
    documentType,
    roles: [...roles],
    nameMasked: maskName(content.name),
    numberMasked: maskIdNumber(content.documentNumber),
    validUntil: endOf(content),
    contentCipher: vault.encrypt(JSON.stringify(content), contextOf(id)),
    isSelf: self !== undefined,
    identityId: self?.identityId ?? null,
    frontImageId: images.front ?? null,
    backImageId: images.back ?? null,
    licenceImageId: images.licence ?? null,
    permitImageId: images.permit ?? null,
    declaration: self ? null : declaration,
    savedBy: owner.accountId,
  };
  await db.rightHolderVersion.createMany({ data });
}

function endOf({ validity }: HolderContent): Date | null {
  return validity.kind === 'PERIOD' ? new Date(`${validity.to}T00:00:00Z`) : null;
}

function duplicateOf(error: unknown): never {
  if (violatedKey(error) !== 'right_holder_number_index_key') throw error;
  throw new DomainError('invalid-request', {}, { errors: [{ field: 'documentNumber', code: 'duplicate' }] });
}
