// SPDX-License-Identifier: Apache-2.0
// Orders that somebody names by a number, as staff types them from a letter, and what staff then sees of each.
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import type { FieldError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { isOwnRecord } from '../works/index.ts';
import { type OrderKey, orderIdOf, orderKeyOf } from './order-key.ts';
import { orderNumberIn } from './order-number.ts';

/** By certificate, order or registration number. */
async function orderNamed(db: Db, text: string): Promise<OrderKey | undefined> {
  const number = orderNumberIn(text);
  const select = { id: true } as const;
  if (number === undefined) {
    const named = await db.registration.findUnique({ where: { registrationNumber: text }, select });
    return named ? { registrationId: named.id } : undefined;
  }
  const certificate = await db.certificate.findFirst({
    where: { number, issuedAt: { not: null } },
    select: { attestationId: true, registrationId: true },
  });
  if (certificate) return orderKeyOf(certificate);
  const attestation = await db.attestation.findFirst({ where: { orderNumber: number }, select });
  if (attestation) return { attestationId: attestation.id };
  const registration = await db.registration.findFirst({ where: { orderNumber: number }, select });
  return registration ? { registrationId: registration.id } : undefined;
}

/** The orders of all `numbers`, and a fault for each that means none of which `isFit` holds, or one that was named before. */
export async function ordersNamed(
  db: Db,
  numbers: readonly string[],
  isFit: (order: OrderKey) => Promise<boolean>,
): Promise<{ orders: OrderKey[]; faults: FieldError[] }> {
  const orders: OrderKey[] = [];
  const faults: FieldError[] = [];
  for (const [index, number] of numbers.entries()) {
    const order = await orderNamed(db, number);
    const isFound = order && (await isFit(order));
    const isKnown = order && orders.some((other) => orderIdOf(other) === orderIdOf(order));
    if (isFound && !isKnown) orders.push(order);
    else faults.push({ field: `numbers.${index}`, code: isFound ? 'duplicate' : 'not-found' });
  }
  return { orders, faults };
}

const FACTS = {
  form: true,
  orderNumber: true,
  accountId: true,
  organisationId: true,
  certificateNumber: true,
  account: { select: { userNumber: true } },
} as const;

/** Of a row that names an order. */
export const NAMED_ORDER = {
  attestationId: true,
  registrationId: true,
  attestation: { select: FACTS },
  registration: { select: { ...FACTS, registrationNumber: true } },
} as const satisfies Prisma.AssistanceOrderSelect;

export function namedOrder(row: Prisma.AssistanceOrderGetPayload<{ select: typeof NAMED_ORDER }>) {
  const order = row.attestation ?? row.registration;
  const key = orderKeyOf(row);
  if (!order) throw new TypeError(`order ${orderIdOf(key)} is gone`);
  const { accountId, organisationId, certificateNumber, account, form } = order;
  return {
    key,
    owner: { accountId, organisationId },
    ownerNumber: `ID${account.userNumber}`,
    // Empty once its owner had the content erased.
    title: z.object({ title: z.string() }).parse(form).title,
    orderNumber: String(order.orderNumber),
    certificateNumber: certificateNumber === null ? null : String(certificateNumber),
    registrationNumber: row.registration?.registrationNumber ?? null,
  };
}

/** Whether one of them is a record of the staff member, or of an organisation of theirs. */
export async function isOwnAmong(
  db: Db,
  rows: readonly Prisma.AssistanceOrderGetPayload<{ select: typeof NAMED_ORDER }>[],
  staffId: string,
): Promise<boolean> {
  for (const row of rows) if (await isOwnRecord(db, namedOrder(row).owner, staffId)) return true;
  return false;
}
