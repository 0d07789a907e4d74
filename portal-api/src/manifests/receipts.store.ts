// SPDX-License-Identifier: Apache-2.0
// Acceptance receipts on the rows of their manifests.
import { toHex } from '@inkseal/verifier';
import { parseReceipt } from '@inkseal/verifier/receipts';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import type { OrderKey } from '../orders/index.ts';
import type { ManifestPurpose } from './manifests.store.ts';

const instant = z.iso.datetime();

export const receiptViewSchema = z
  .object({
    purpose: z.enum(['submission', 'attestation', 'registration']).meta({ description: 'What was accepted' }),
    number: z.string(),
    receivedAt: instant,
    anchorBy: instant.meta({ description: 'By when the ledger promises to have it on the chain' }),
    state: z.enum(['PROMISED', 'OVERDUE', 'KEPT', 'LATE', 'BROKEN']).meta({
      description:
        '`OVERDUE`: not on the chain, and promised before now. `LATE`: on the chain, but after `anchorBy`. `BROKEN`: the number carries something else',
    }),
  })
  .meta({ id: 'AcceptanceReceipt' });

export type ReceiptView = z.output<typeof receiptViewSchema>;

/** A manifest whose entry the ledger has accepted. */
export interface Promised {
  id: string;
  purpose: ManifestPurpose;
  sha256: string;
  entryId: string;
  isFinal: boolean;
  stateAt: Date;
  /** Known once the entry is final. */
  number: string | undefined;
  receipt: Uint8Array | undefined;
  receiptState: 'PROMISED' | 'KEPT' | 'LATE' | 'BROKEN' | null;
}

export async function findPromise(db: Db, id: string): Promise<Promised | undefined> {
  const row = await db.manifest.findUnique({ where: { id }, select: FOLLOWED });
  if (!row || row.entryId === null) return undefined;
  return {
    ...row,
    sha256: toHex(row.sha256),
    entryId: row.entryId,
    isFinal: row.state === 'FINAL',
    number: row.number === null ? undefined : String(row.number),
    receipt: row.receipt ?? undefined,
  };
}

/** The first one stays. */
export async function storeReceipt(
  db: Db,
  id: string,
  { bytes, anchorBy }: { bytes: Uint8Array; anchorBy: Date },
): Promise<void> {
  const data = { receipt: new Uint8Array(bytes), receiptAnchorBy: anchorBy, receiptState: 'PROMISED' } as const;
  await db.manifest.updateMany({ where: { id, receipt: null }, data });
}

/** True for whoever settles it: alerts are raised once. */
export async function settleReceipt(db: Db, id: string, state: 'KEPT' | 'LATE' | 'BROKEN'): Promise<boolean> {
  const where = { id, receiptState: 'PROMISED' } as const;
  return (await db.manifest.updateMany({ where, data: { receiptState: state } })).count > 0;
}

/** The newest of an order. */
export async function readReceipt(db: Db, order: OrderKey): Promise<{ number: string; bytes: Uint8Array } | undefined> {
  const row = await newestOf(db, order);
  return row?.receipt ? { number: parseReceipt(row.receipt).number, bytes: row.receipt } : undefined;
}

export async function viewReceipt(db: Db, order: OrderKey): Promise<ReceiptView | null> {
  const row = await newestOf(db, order);
  // Events of rights are no orders.
  if (!row?.receipt || !row.receiptState || row.purpose === 'event') return null;
  const { number, receivedAt, anchorBy } = parseReceipt(row.receipt);
  const isOverdue = row.receiptState === 'PROMISED' && Date.parse(anchorBy) < Date.now();
  return { purpose: row.purpose, number, receivedAt, anchorBy, state: isOverdue ? 'OVERDUE' : row.receiptState };
}

/** Promises whose time passed without the anchor, or whose number carries something else. */
export function countUnkeptReceipts(db: Db): Promise<number> {
  return db.manifest.count({
    where: {
      OR: [{ receiptState: 'PROMISED', receiptAnchorBy: { lt: new Date() } }, { receiptState: 'BROKEN' }],
    },
  });
}

const FOLLOWED = {
  id: true,
  purpose: true,
  sha256: true,
  entryId: true,
  state: true,
  stateAt: true,
  number: true,
  receipt: true,
  receiptState: true,
} as const;

/** A later manifest takes the place of an earlier one once it has a receipt itself. */
const newestOf = (db: Db, order: OrderKey) =>
  db.manifest.findFirst({
    where: { ...order, receipt: { not: null } },
    select: { purpose: true, receipt: true, receiptState: true },
    orderBy: { createdAt: 'desc' },
  });
