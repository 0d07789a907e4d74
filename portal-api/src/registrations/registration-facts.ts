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
  const { registrationNumber: _, ...facts } = await readFacts(db, id);
  return facts;
}

/** Of one that has its registration number: what the messages about its end say. */
export async function numberedFacts(
  db: Db,
  id: string,
): Promise<Pick<RegistrationFacts, 'owner' | 'title'> & { registrationNumber: string }> {
  const { owner, title, registrationNumber } = await readFacts(db, id);
  if (registrationNumber === null) throw new Error(`registration ${id} has no number`);
  return { owner, title, registrationNumber };
}

async function readFacts(db: Db, id: string) {
  const select = { accountId: true, organisationId: true, orderNumber: true, registrationNumber: true, form: true };
  const row = await db.registration.findUnique({ where: { id }, select });
  if (!row) throw new DomainError('registration-not-found');
  const { title } = z.object({ title: z.string() }).parse(row.form);
  const { accountId, organisationId, orderNumber, registrationNumber } = row;
  return { owner: { accountId, organisationId }, title, orderNumber: String(orderNumber), registrationNumber };
}
