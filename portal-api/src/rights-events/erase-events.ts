// SPDX-License-Identifier: Apache-2.0
// Erases what events say, when their owner asks for that: facts, documents and salted sections. Numbers, times and the
// manifest's digests stay.
import type { Transaction } from '../db/database.ts';
import { jsonOf } from '../db/json.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { FREE_WORK } from '../legal-holds/index.ts';
import { eraseSections } from '../manifests/index.ts';
import { type Frozen, frozenSchema } from './content.ts';

/** But for those of works that a legal hold keeps. Answers the uploads that they had. */
export async function eraseRightsEvents({ prisma }: Transaction, accountId: string): Promise<string[]> {
  const own = { accountId, organisationId: null, work: FREE_WORK };
  const events = await prisma.rightsEvent.findMany({ where: own, select: { id: true, frozen: true } });
  const files = await prisma.rightsEventFile.findMany({ where: { rightsEvent: own }, select: { uploadId: true } });
  for (const { id, frozen } of events) {
    const { work } = frozenSchema.parse(frozen);
    const emptied: Frozen = { work: { ...work, title: '' }, recorder: null, documents: [] };
    await prisma.rightsEvent.updateMany({ where: { id }, data: { facts: Prisma.DbNull, frozen: jsonOf(emptied) } });
    await eraseSections(prisma, { rightsEventId: id });
  }
  await prisma.rightsEventFile.deleteMany({ where: { rightsEvent: own } });
  return files.map(({ uploadId }) => uploadId);
}
