// SPDX-License-Identifier: Apache-2.0
// Where a registration comes from, for its process log and its evidence package.
import { type Provenance, subjectsOf } from '../certificates/index.ts';
import type { Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { RECEIVED_UPLOAD, receivedUpload } from '../uploads/index.ts';

export async function provenanceOf(db: Db, id: string): Promise<Provenance> {
  const row = await db.registration.findUniqueOrThrow({ where: { id }, select: READ });
  const { accountId, organisationId, work, files } = row;
  const uploadsOf = (isSample: boolean) =>
    files.filter(({ kind }) => (kind === 'SAMPLE') === isSample).flatMap(({ upload }) => receivedUpload(upload));
  return {
    owner: { accountId, organisationId },
    begunAt: work.createdAt,
    subjects: [
      `registration:${id}`,
      ...subjectsOf(row),
      ...row.versionRequests.map((request) => `version-request:${request.id}`),
    ],
    originals: uploadsOf(true),
    documents: uploadsOf(false),
  };
}

const READ = {
  accountId: true,
  organisationId: true,
  work: { select: { id: true, createdAt: true } },
  files: { select: { kind: true, upload: { select: RECEIVED_UPLOAD } }, orderBy: { position: 'asc' } },
  payments: { select: { id: true } },
  manifests: { select: { id: true } },
  versionRequests: { select: { id: true } },
} satisfies Prisma.RegistrationSelect;
