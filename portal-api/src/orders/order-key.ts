// SPDX-License-Identifier: Apache-2.0
// Which order a payment, a manifest or a certificate belongs to: an attestation or a registration. As the column that names it,
// so that it fits into any query, any row and the payload of any outbox row.
import type { Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';

export type OrderKey = { attestationId: string } | { registrationId: string };

export const ORDER_KINDS = ['attestation', 'registration'] as const;

export type OrderKind = (typeof ORDER_KINDS)[number];

/** Throws for a row or payload that names no order: the database demands exactly one. */
export function orderKeyOf({
  attestationId,
  registrationId,
}: {
  attestationId?: unknown;
  registrationId?: unknown;
}): OrderKey {
  if (typeof attestationId === 'string') return { attestationId };
  if (typeof registrationId === 'string') return { registrationId };
  throw new TypeError('no order is named');
}

export const orderKindOf = (key: OrderKey): OrderKind => ('attestationId' in key ? 'attestation' : 'registration');

export const orderIdOf = (key: OrderKey): string => ('attestationId' in key ? key.attestationId : key.registrationId);

/** Its order's row, until the end of the transaction: all that belongs to the order changes under this lock. */
export async function lockOrder(tx: Transaction, key: OrderKey): Promise<void> {
  await lockRow(tx, orderKindOf(key), orderIdOf(key));
}
