// SPDX-License-Identifier: Apache-2.0
// What a message about a registration says of it, and whose it is.
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Owner } from '../http/members.ts';

export interface RegistrationFacts {
  owner: Owner;
  title: string;
  orderNumber: string;
}

export async function registrationFacts(db: Db, id: string): Promise<RegistrationFacts> {
  const select = { accountId: true, organisationId: true, orderNumber: true, form: true };
  const row = await db.registration.findUnique({ where: { id }, select });
  if (!row) throw new DomainError('registration-not-found');
  const { title } = z.object({ title: z.string() }).parse(row.form);
  const { accountId, organisationId, orderNumber } = row;
  return { owner: { accountId, organisationId }, title, orderNumber: String(orderNumber) };
}

/** Of one that has its registration number: what the messages about its end say. */
export async function numberedFacts(
  db: Db,
  id: string,
): Promise<Pick<RegistrationFacts, 'owner' | 'title'> & { registrationNumber: string }> {
  const { owner, title } = await registrationFacts(db, id);
  const { registrationNumber } = await db.registration.findUniqueOrThrow({
    where: { id },
    select: { registrationNumber: true },
  });
  if (registrationNumber === null) throw new Error(`registration ${id} has no number`);
  return { owner, title, registrationNumber };
}
