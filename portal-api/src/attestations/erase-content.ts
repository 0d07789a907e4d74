// SPDX-License-Identifier: Apache-2.0
// Erases what an order says of a work and its people, when its owner asks for that: form, frozen content, files, salted
// sections and what they said in refund requests. Number, times, payment and the manifest's digests stay.
import type { Transaction } from '../db/database.ts';
import { jsonOf } from '../db/json.ts';
import { eraseSections } from '../manifests/index.ts';
import { eraseMandate } from '../orders/index.ts';
import { attestationFormSchema } from './attestations.schema.ts';
import { type Frozen, frozenSchema } from './content.ts';

export async function eraseContent({ prisma }: Transaction, attestationId: string): Promise<void> {
  const { frozen } = await prisma.attestation.findUniqueOrThrow({
    where: { id: attestationId },
    select: { frozen: true },
  });
  const form = attestationFormSchema.parse({});
  const emptied = frozen === null ? undefined : emptyContent(frozenSchema.parse(frozen));
  await prisma.attestation.updateMany({
    where: { id: attestationId },
    data: { form: jsonOf(form), region: null, ...(emptied && { frozen: jsonOf(emptied) }) },
  });
  await prisma.attestationFile.deleteMany({ where: { attestationId } });
  await prisma.refundRequest.updateMany({ where: { attestationId }, data: { reason: '' } });
  await eraseMandate(prisma, { attestationId });
  await eraseSections(prisma, { attestationId });
}

function emptyContent({ content: { workSerial } }: Frozen): Frozen {
  const form = attestationFormSchema.parse({});
  return { content: { form, workSerial, files: [], display: [], depositors: [], authors: [] } };
}
