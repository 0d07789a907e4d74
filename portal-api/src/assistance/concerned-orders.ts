// SPDX-License-Identifier: Apache-2.0
// Which orders the numbers in a letter mean. What was never certified has nothing that could be handed over as proven.
import type { Db } from '../db/database.ts';
import { type OrderKey, orderIdOf, orderKeyOf, orderNumberIn } from '../orders/index.ts';

/** By certificate, order or registration number; undefined unless it has a certificate. */
export async function certifiedOrderOf(db: Db, text: string): Promise<OrderKey | undefined> {
  const found = await orderOf(db, text);
  const isCertified = found && (await db.certificate.count({ where: { ...found, issuedAt: { not: null } } })) > 0;
  return isCertified ? found : undefined;
}

async function orderOf(db: Db, text: string): Promise<OrderKey | undefined> {
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

/** The orders of all numbers, and at which places there is none, or one that was named before. */
export async function ordersOf(db: Db, numbers: readonly string[]) {
  const orders: OrderKey[] = [];
  const faults: { field: string; code: 'not-found' | 'duplicate' }[] = [];
  for (const [index, number] of numbers.entries()) {
    const order = await certifiedOrderOf(db, number);
    const isKnown = order && orders.some((other) => orderIdOf(other) === orderIdOf(order));
    if (order && !isKnown) orders.push(order);
    else faults.push({ field: `numbers.${index}`, code: order ? 'duplicate' : 'not-found' });
  }
  return { orders, faults };
}
