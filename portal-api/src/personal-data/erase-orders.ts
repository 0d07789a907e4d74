// SPDX-License-Identifier: Apache-2.0
// On request, a member who closes their account has the content of their orders and works erased, those with certificates
// too. The certificates stay valid, and the look-up says that their content was erased.
import { eraseContent } from '../attestations/index.ts';
import { eraseCertificates } from '../certificates/index.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Transaction } from '../db/database.ts';
import { FREE_ORDER, FREE_WORK } from '../legal-holds/index.ts';
import { eraseRegistrationContent } from '../registrations/index.ts';
import { eraseRightsEvents } from '../rights-events/index.ts';
import { discardUploads } from '../uploads/index.ts';
import { eraseVersionRequests } from '../version-requests/index.ts';

/** The works are deleted already. What belongs to an organisation stays with it, and what a legal hold keeps stays as it is. */
export async function eraseOrders(tx: Transaction, vault: Vault, accountId: string): Promise<void> {
  const own = { accountId, organisationId: null, ...FREE_ORDER };
  const ownWork = { accountId, organisationId: null, ...FREE_WORK };
  const orders = await tx.prisma.attestation.findMany({ where: own, select: { id: true } });
  const registrations = await tx.prisma.registration.findMany({ where: own, select: { id: true } });
  const works = { work: ownWork };
  const named = [
    ...(await tx.prisma.attestationFile.findMany({ where: { attestation: own }, select: { uploadId: true } })),
    ...(await tx.prisma.registrationFile.findMany({ where: { registration: own }, select: { uploadId: true } })),
    ...(await tx.prisma.workFile.findMany({ where: works, select: { uploadId: true } })),
  ];
  for (const { id } of orders) {
    await eraseCertificates(tx, vault, { attestationId: id });
    await eraseContent(tx, id);
  }
  for (const { id } of registrations) {
    await eraseCertificates(tx, vault, { registrationId: id });
    await eraseRegistrationContent(tx, id);
  }
  const others = [...(await eraseRightsEvents(tx, accountId)), ...(await eraseVersionRequests(tx, accountId))];
  await tx.prisma.workFile.deleteMany({ where: works });
  await tx.prisma.work.updateMany({ where: ownWork, data: EMPTY_WORK });
  await tx.prisma.publication.updateMany({ where: works, data: EMPTY_PUBLICATION });
  await discardUploads(tx, new Set([...named.map(({ uploadId }) => uploadId), ...others]), `account:${accountId}`);
}

const EMPTY_WORK = {
  title: '',
  intro: '',
  creatorNature: null,
  publishCategory: null,
  workType: null,
  tags: [],
  completedOn: null,
};

const EMPTY_PUBLICATION = { title: '', intro: '', tags: [], author: '', appeal: null, terms: [] };
