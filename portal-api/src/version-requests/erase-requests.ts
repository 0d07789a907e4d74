// SPDX-License-Identifier: Apache-2.0
// Erases what requests say, when their owner asks for that. Numbers, times and decisions stay.
import type { Transaction } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { FREE_ORDER } from '../legal-holds/index.ts';

/** But for those of registrations that a legal hold keeps. Answers the uploads that they had. */
export async function eraseVersionRequests({ prisma }: Transaction, accountId: string): Promise<string[]> {
  const own = { registration: { accountId, organisationId: null, ...FREE_ORDER } };
  const files = await prisma.versionRequestFile.findMany({ where: { request: own }, select: { uploadId: true } });
  await prisma.versionRequestFile.deleteMany({ where: { request: own } });
  await prisma.versionRequest.updateMany({ where: own, data: { reason: '', content: Prisma.DbNull } });
  await prisma.versionReview.updateMany({ where: { request: own }, data: { words: '' } });
  return files.map(({ uploadId }) => uploadId);
}
