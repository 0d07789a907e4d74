// SPDX-License-Identifier: Apache-2.0
// Where an order comes from, for its process log and its evidence package.
import { type Provenance, subjectsOf } from '../certificates/index.ts';
import type { Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { RECEIVED_UPLOAD, receivedUpload } from '../uploads/index.ts';

export async function provenanceOf(db: Db, id: string): Promise<Provenance> {
  const row = await db.attestation.findUniqueOrThrow({ where: { id }, select: READ });
  const { accountId, organisationId, work, files } = row;
  return {
    owner: { accountId, organisationId },
    begunAt: work.createdAt,
    subjects: [`attestation:${id}`, ...subjectsOf(row)],
    originals: files.filter(({ role }) => role === 'FILE').flatMap(({ upload }) => receivedUpload(upload)),
    documents: [],
  };
}

const READ = {
  accountId: true,
  organisationId: true,
  work: { select: { id: true, createdAt: true } },
  files: {
    select: { role: true, upload: { select: RECEIVED_UPLOAD } },
    orderBy: [{ role: 'asc' }, { position: 'asc' }],
  },
  payments: { select: { id: true } },
  manifests: { select: { id: true } },
} satisfies Prisma.AttestationSelect;
