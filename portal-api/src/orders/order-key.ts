// SPDX-License-Identifier: Apache-2.0
// Which order a payment, a manifest or a certificate belongs to: an attestation or a registration; a manifest, also an event
// of a work's rights. As the column that names it, so that it fits into any query, any row and the payload of any outbox row.
import type { Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';

export type OrderKey = { attestationId: string } | { registrationId: string };

export const ORDER_KINDS = ['attestation', 'registration'] as const;

export type OrderKind = (typeof ORDER_KINDS)[number];

/** What has a manifest: an order, or an event of a work's rights, which nobody pays or certifies. */
export type RecordKey = OrderKey | { rightsEventId: string };

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

/** Throws as `orderKeyOf` does. */
export const recordKeyOf = (row: Parameters<typeof orderKeyOf>[0] & { rightsEventId?: unknown }): RecordKey =>
  typeof row.rightsEventId === 'string' ? { rightsEventId: row.rightsEventId } : orderKeyOf(row);

export const recordIdOf = (key: RecordKey): string => ('rightsEventId' in key ? key.rightsEventId : orderIdOf(key));

/** The purpose of the manifest that is its whole proof. */
export const recordKindOf = (key: RecordKey): OrderKind | 'event' =>
  'rightsEventId' in key ? 'event' : orderKindOf(key);

/** Its row, until the end of the transaction: all that belongs to it changes under this lock. */
export async function lockRecord(tx: Transaction, key: RecordKey): Promise<void> {
  await lockRow(tx, 'rightsEventId' in key ? 'rights-event' : orderKindOf(key), recordIdOf(key));
}
