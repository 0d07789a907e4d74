// SPDX-License-Identifier: Apache-2.0
// The files of an order, each with what on record is like it.
import { attestationStateSchema, type ViewParts } from '../attestations/index.ts';
import { DomainError } from '../errors.ts';
import type { Likenesses } from '../likeness/index.ts';
import { canHaveThumbnail } from '../works/index.ts';
import type { ComparedFileView } from './reviews.schema.ts';
import { orderForStaff } from './reviews.view.ts';

export async function compareFiles(
  parts: ViewParts & { likenesses: Likenesses },
  { id, staffId }: { id: string; staffId: string },
): Promise<ComparedFileView[]> {
  const { files, display, workId } = await orderForStaff(parts, { id, staffId });
  const row = await parts.db.prisma.attestation.findUnique({
    where: { id },
    select: { accountId: true, organisationId: true },
  });
  if (!row) throw new DomainError('attestation-not-found');
  const unique = [...new Map([...files, ...display].map((file) => [file.uploadId, file])).values()];
  const compared = await parts.likenesses.compare({
    workId,
    owner: row,
    files: unique.map(({ uploadId, mediaType, size }) => ({
      uploadId,
      isPicture: canHaveThumbnail({ mediaType, size: Number(size) }),
    })),
  });
  return compared.map(({ likenesses, ...file }) => ({
    ...file,
    likenesses: likenesses.map((each) => ({
      ...each,
      state: attestationStateSchema.parse(each.state),
      submittedAt: each.submittedAt.toISOString(),
    })),
  }));
}
