// SPDX-License-Identifier: Apache-2.0
// The rows of payments and of notifications.
import { createHash, randomInt } from 'node:crypto';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { tryTransition } from '../db/transition.ts';
import type { ChannelName } from './channel.ts';
import { CLOSE_TOPIC, PAYMENT_COLUMNS, type Payment, paymentMachine, paymentView } from './payment.ts';
import type { PaymentView } from './payments.schema.ts';

type Queries = Pick<Database, 'query'> | Transaction;

/** What the payer's page shows: the payment that settled the order, or the newest. */
export async function currentPayment(db: Queries, attestationId: string): Promise<PaymentView | null> {
  const [row] = await db.query<Payment>(
    `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE attestation_id = $1
      ORDER BY state = 'PAID' DESC, created_at DESC, id DESC LIMIT 1`,
    [attestationId],
  );
  return row ? paymentView(row) : null;
}

export async function findPayment(db: Queries, id: string): Promise<Payment | undefined> {
  const [row] = await db.query<Payment>(`SELECT ${PAYMENT_COLUMNS} FROM payment WHERE id = $1`, [id]);
  return row;
}

export async function findByTradeNo(
  db: Queries,
  { channel, outTradeNo }: { channel: ChannelName; outTradeNo: string },
): Promise<Payment | undefined> {
  const [row] = await db.query<Payment>(
    `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE out_trade_no = $1 AND channel = $2`,
    [outTradeNo, channel],
  );
  return row;
}

/** The payment whose code can be scanned. The order's row is locked before. */
export async function openPayment(tx: Transaction, attestationId: string): Promise<Payment | undefined> {
  const [row] = await tx.query<Payment>(
    `SELECT ${PAYMENT_COLUMNS} FROM payment WHERE attestation_id = $1 AND state IN ('CREATED', 'WAITING') FOR UPDATE`,
    [attestationId],
  );
  return row;
}

export async function isSettled(tx: Transaction, attestationId: string): Promise<boolean> {
  const rows = await tx.query(`SELECT 1 FROM payment WHERE attestation_id = $1 AND state = 'PAID'`, [attestationId]);
  return rows.length > 0;
}

export async function insertPayment(
  tx: Transaction,
  payment: Pick<Payment, 'attestationId' | 'channel' | 'amountFen' | 'expiresAt'>,
): Promise<Payment> {
  const { attestationId, channel, amountFen, expiresAt } = payment;
  const [row] = await tx.query<Payment>(
    `INSERT INTO payment (id, attestation_id, out_trade_no, channel, amount_fen, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${PAYMENT_COLUMNS}`,
    [newId(), attestationId, newTradeNo(), channel, amountFen, expiresAt],
  );
  if (!row) throw new TypeError('an insert answers its row');
  return row;
}

/** Closes the code that could still be scanned, here and, by the outbox, at the provider. */
export async function closeOpenPayment(
  tx: Transaction,
  { attestationId, actor }: { attestationId: string; actor: string },
): Promise<void> {
  const open = await openPayment(tx, attestationId);
  if (!open) return;
  const outbox = [{ topic: CLOSE_TOPIC, payload: { paymentId: open.id } }];
  await tryTransition(tx, paymentMachine, { id: open.id, event: 'close', actor, outbox });
}

/** Anybody can send a forged one: its digest and a sample say enough. */
const FORGED_SAMPLE_BYTES = 1_024;

export async function noteNotification(
  db: Queries,
  notification: {
    channel: ChannelName;
    outTradeNo?: string | undefined;
    raw: Buffer;
    isVerified: boolean;
    outcome: string;
  },
): Promise<void> {
  const { channel, outTradeNo, raw, isVerified, outcome } = notification;
  const kept = isVerified ? raw : raw.subarray(0, FORGED_SAMPLE_BYTES);
  await db.query(
    `INSERT INTO payment_notification (channel, out_trade_no, raw, sha256, size_bytes, verified, outcome)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [channel, outTradeNo, kept, createHash('sha256').update(raw).digest(), raw.length, isVerified, outcome],
  );
}

/** Payments whose code is over, and that nobody has closed yet. */
/** In random order: those that fail each time hold up no others. */
export function expiredPayments(db: Queries, now: Date): Promise<{ id: string }[]> {
  return db.query<{ id: string }>(
    `SELECT id FROM payment WHERE state IN ('CREATED', 'WAITING') AND expires_at < $1 ORDER BY random() LIMIT 100`,
    [now],
  );
}

/** 确权支付单号: the day in Beijing and 16 random digits. */
function newTradeNo(): string {
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  const digits = () => String(randomInt(100_000_000)).padStart(8, '0');
  return day + digits() + digits();
}
