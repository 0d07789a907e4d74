// SPDX-License-Identifier: Apache-2.0
// A version that is issued after its registration was revoked: its number is revoked like those before it.
import type { Transaction } from '../db/database.ts';
import { REGISTRATION_REVOCATION_TOPIC } from './registration.ts';

export async function askRevocation(
  tx: Transaction,
  registrationId: string,
  { number }: { number: string },
): Promise<void> {
  const { revocationReason: reason } = await tx.prisma.certificate.findFirstOrThrow({
    where: { registrationId, revocationReason: { not: null } },
    select: { revocationReason: true },
  });
  tx.enqueue(REGISTRATION_REVOCATION_TOPIC, { registrationId, number, reason });
}
