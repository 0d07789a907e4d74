// SPDX-License-Identifier: Apache-2.0
// The orders that name an upload, for whoever compares files: those that staff may look at.
import type { Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { RecordedFile } from '../likeness/index.ts';
import { REVIEWABLE } from './attestation.ts';

export async function recordedFiles(db: Db, uploadIds: readonly string[]): Promise<RecordedFile[]> {
  const rows = await db.attestationFile.findMany({
    where: { uploadId: { in: [...uploadIds] }, attestation: { state: { in: [...REVIEWABLE] } } },
    select: { uploadId: true, attestation: { select: RECORD } },
    distinct: ['attestationId', 'uploadId'],
  });
  return rows.map(({ uploadId, attestation: { account, ...order } }) => ({
    uploadId,
    kind: 'attestation',
    id: order.id,
    orderNumber: String(order.orderNumber),
    certificateNumber: order.certificateNumber === null ? null : String(order.certificateNumber),
    state: order.state,
    submittedAt: order.submittedAt ?? order.createdAt,
    workId: order.workId,
    owner: { accountId: order.accountId, organisationId: order.organisationId },
    userNumber: `ID${account.userNumber}`,
    ownerName: order.organisation?.versions[0]?.nameMasked ?? account.identities[0]?.nameMasked ?? '',
  }));
}

const RECORD = {
  id: true,
  orderNumber: true,
  certificateNumber: true,
  state: true,
  submittedAt: true,
  createdAt: true,
  workId: true,
  accountId: true,
  organisationId: true,
  organisation: { select: { versions: { where: { supersededAt: null }, select: { nameMasked: true } } } },
  account: {
    select: { userNumber: true, identities: { where: { supersededAt: null }, select: { nameMasked: true } } },
  },
} satisfies Prisma.AttestationSelect;
