// SPDX-License-Identifier: Apache-2.0
// What a message about an order says of it, and who gets it.
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';

export interface OrderFacts {
  accountId: string;
  title: string;
  orderNumber: string;
}

export async function orderFacts(db: Db, id: string): Promise<OrderFacts> {
  const select = { accountId: true, orderNumber: true, form: true };
  const row = await db.attestation.findUnique({ where: { id }, select });
  if (!row) throw new DomainError('attestation-not-found');
  const { title } = z.object({ title: z.string() }).parse(row.form);
  return { accountId: row.accountId, title, orderNumber: String(row.orderNumber) };
}
