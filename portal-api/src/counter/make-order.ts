// SPDX-License-Identifier: Apache-2.0
// A member who has no draft comes to the counter: staff makes the attestation of a work that the member has saved, with people from
// the member's 人员档案, and submits it at once. What is missing in the work is refused, and then nothing is made.
import type { OrderToFile } from '../attestations/index.ts';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Owner } from '../http/members.ts';
import type { CounterFiling } from '../orders/index.ts';
import type { CounterOrderForm } from './counter.schema.ts';
import { beginFiling } from './file-order.ts';

export interface MakingParts {
  db: { prisma: Db };
  file(owner: Owner, order: OrderToFile, filing: CounterFiling): Promise<void>;
}

/** Acting for themselves. Throws `account-not-found`, also for an account that may not act. */
export async function findMember({ prisma }: { prisma: Db }, userNumber: string): Promise<Owner> {
  const where = { userNumber: Number(userNumber.slice(2)), state: 'ACTIVE' as const };
  const account = await prisma.account.findFirst({ where, select: { id: true } });
  if (!account) throw new DomainError('account-not-found');
  return { accountId: account.id, organisationId: null };
}

/** Answers the id of the filing. */
export async function makeOrder(
  { db, file }: MakingParts,
  { staffId, form }: { staffId: string; form: CounterOrderForm },
): Promise<string> {
  const { userNumber, workId, mandateId, priceFen, ...choices } = form;
  const owner = await findMember(db, userNumber);
  const kind = 'attestation';
  const { filingId, filing } = await beginFiling(db, { staffId, owner, kind, mandateId, isMadeHere: true });
  await file(owner, { workId, priceFen, choices }, filing);
  return filingId;
}
