// SPDX-License-Identifier: Apache-2.0
// Erases what nobody needs any more when a consent or an account ends. The name and the number under which certificates
// were issued stay with them, encrypted: who acted in a proof must stay known.
import type { Vault } from '../crypto/vault.ts';
import type { Transaction } from '../db/database.ts';

/** The member is not verified any more. */
export async function endIdentity({ prisma }: Transaction, accountId: string): Promise<void> {
  await prisma.identity.updateMany({ where: { accountId, supersededAt: null }, data: { supersededAt: new Date() } });
  await prisma.identityDraft.deleteMany({ where: { accountId } });
}

/** Pictures, e-mail and address are gone from every version that ended until then. */
export async function eraseIdentity(
  { prisma }: Transaction,
  vault: Vault,
  { accountId, until }: { accountId: string; until: Date },
): Promise<void> {
  const where = { accountId, supersededAt: { lte: until } };
  const rows = await prisma.identity.findMany({ where, select: { id: true, documentCipher: true } });
  for (const { id, documentCipher } of rows) {
    const emptied = (field: string) => vault.encrypt('', `identity:${id}:${field}`);
    const noImages = { frontImageId: null, backImageId: null, licenceImageId: null };
    await prisma.identity.update({
      where: { id },
      data: {
        emailCipher: emptied('email'),
        addressCipher: emptied('address'),
        ...(documentCipher && { documentCipher: withoutDates(vault, id, documentCipher) }),
        ...noImages,
      },
      select: { id: true },
    });
  }
  const isPast = { createdAt: { lte: until }, purpose: { in: ['ID_FRONT' as const, 'ID_BACK' as const] } };
  await prisma.privateImage.deleteMany({ where: { accountId, ...isPast, ...UNUSED } });
}

/** The telephone is free for a new account; nobody logs in to this one again. */
export async function closeRecord({ prisma }: Transaction, vault: Vault, accountId: string): Promise<void> {
  // No telephone looks like this, and no two accounts have the same.
  const nobody = `closed ${accountId}`;
  await prisma.account.update({
    where: { id: accountId },
    data: {
      state: 'CLOSED',
      stateAt: new Date(),
      phoneCipher: vault.encrypt(nobody, `account:${accountId}:phone`),
      phoneIndex: vault.blindIndex('phone', nobody),
      passwordHash: '',
      avatarId: null,
    },
    select: { id: true },
  });
  await prisma.organisationMember.updateMany({
    where: { accountId, removedAt: null },
    data: { removedAt: new Date() },
  });
  await prisma.message.deleteMany({ where: { accountId } });
  await prisma.messagePreference.deleteMany({ where: { accountId } });
  await prisma.knownLogin.deleteMany({ where: { accountId } });
  await prisma.dataExport.deleteMany({ where: { accountId } });
}

/** 人员档案 of the member, and their pictures: orders that have ended keep what they froze. Those of an organisation stay with it. */
export async function eraseHolders({ prisma }: Transaction, accountId: string): Promise<void> {
  const rightHolder = { accountId, organisationId: null };
  await prisma.rightHolderVersion.deleteMany({ where: { rightHolder } });
  await prisma.rightHolder.deleteMany({ where: rightHolder });
  await prisma.rightHolderDraft.deleteMany({ where: { accountId } });
  await prisma.privateImage.deleteMany({ where: { accountId, ...UNUSED } });
}

/** A picture that an organisation's entry shows is not the member's to erase. */
const UNUSED = {
  frontOf: { none: {} },
  backOf: { none: {} },
  avatarOf: { none: {} },
  holderFrontOf: { none: {} },
  holderBackOf: { none: {} },
  holderLicenceOf: { none: {} },
  holderPermitOf: { none: {} },
  licenceOf: { none: {} },
};

/** The nationality is a part of what a passport's number means, so it stays with the number. */
function withoutDates(vault: Vault, id: string, cipher: Uint8Array) {
  const context = `identity:${id}:document`;
  const details = JSON.parse(vault.decryptText(cipher, context));
  return vault.encrypt(JSON.stringify({ ...details, birthDate: '', expiresOn: '' }), context);
}
