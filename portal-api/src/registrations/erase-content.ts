// SPDX-License-Identifier: Apache-2.0
// Erases what a registration says of a work and its people, when its owner asks for that: form, frozen content, documents and
// salted sections. Numbers, times, payment and the manifest's digests stay.
import type { Transaction } from '../db/database.ts';
import { jsonOf } from '../db/json.ts';
import { eraseSections } from '../manifests/index.ts';
import { eraseMandate } from '../orders/index.ts';
import { type Frozen, frozenSchema } from './content.ts';
import { registrationFormSchema } from './registrations.schema.ts';

export async function eraseRegistrationContent({ prisma }: Transaction, registrationId: string): Promise<void> {
  const where = { id: registrationId };
  const { frozen } = await prisma.registration.findUniqueOrThrow({ where, select: { frozen: true } });
  const form = registrationFormSchema.parse({});
  const emptied = frozen === null ? undefined : emptyContent(frozenSchema.parse(frozen));
  await prisma.registration.updateMany({
    where,
    data: { form: jsonOf(form), region: null, ...(emptied && { frozen: jsonOf(emptied) }) },
  });
  await prisma.registrationFile.deleteMany({ where: { registrationId } });
  await prisma.refundRequest.updateMany({ where: { registrationId }, data: { reason: '' } });
  await eraseMandate(prisma, { registrationId });
  await eraseSections(prisma, { registrationId });
}

function emptyContent({ content: { workSerial } }: Frozen): Frozen {
  const form = registrationFormSchema.parse({});
  return {
    content: { form, workSerial, documents: [], owners: [], authors: [], applicants: [], agent: null },
  };
}
