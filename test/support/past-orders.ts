// SPDX-License-Identifier: Apache-2.0
// Orders of past months with their reviews and payments, written by SQL: what statistics read of them is true to life.
import { randomUUID } from 'node:crypto';

type Query = (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

export interface PastOrder {
  kind: 'attestation' | 'registration';
  /** Account id. */
  owner: string;
  submittedAt: string;
  completedAt?: string;
  workType?: string;
  region?: string | null;
  title?: string;
  payment?: { amountFen: number; paidAt: string; state?: string; refundedAt?: string };
  /** Of a registration the first review, unless it says otherwise. */
  reviews?: readonly { decision: 'APPROVE' | 'RETURN' | 'REJECT'; decidedAt: string; level?: 'INITIAL' | 'FINAL' }[];
}

export async function pastOwners(query: Query, count: number): Promise<string[]> {
  const rows = await query(
    `INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
     SELECT gen_random_uuid(), '', sha256(gen_random_uuid()::text::bytea), '-', now() FROM generate_series(1, $1::int)
     RETURNING id`,
    [count],
  );
  return rows.map(({ id }) => String(id));
}

let numbers = 1_700_000_000_000_000_000n;

export async function pastOrder(query: Query, order: PastOrder): Promise<string> {
  const { kind, owner, submittedAt, completedAt = null, payment, reviews = [] } = order;
  const { workType = 'FINE_ART', region = '3701', title = '青釉' } = order;
  const [id, workId] = [randomUUID(), randomUUID()];
  numbers += 1n;
  await query(`INSERT INTO work (id, account_id, title, intro, tags) VALUES ($1, $2, $3, '', '{}')`, [
    workId,
    owner,
    title,
  ]);
  const done = kind === 'attestation' ? 'certified_at' : 'registered_at';
  await query(
    `INSERT INTO ${kind} (id, order_number, account_id, work_id, state, form, frozen, price_fen, region, submitted_at, paid_at, ${done})
     VALUES ($1, $2, $3, $4, 'WITHDRAWN', $11, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, String(numbers), owner, workId, JSON.stringify({ content: { form: { title, workType } } })],
      ...[payment?.amountFen ?? 3_000, region, submittedAt, payment?.paidAt ?? null, completedAt],
      JSON.stringify({ title, workType }),
    ],
  );
  await query(`INSERT INTO ${kind}_round (${kind}_id, round, submitted_at) VALUES ($1, 1, $2)`, [id, submittedAt]);
  if (payment) await insertPayment(query, { kind, id, number: numbers, payment });
  for (const review of reviews) await insertReview(query, { kind, id, reviewer: owner, review });
  return id;
}

interface PartOfOrder {
  kind: PastOrder['kind'];
  id: string;
}

async function insertPayment(
  query: Query,
  { kind, id, number, payment }: PartOfOrder & { number: bigint; payment: NonNullable<PastOrder['payment']> },
): Promise<void> {
  const { amountFen, paidAt, state = 'PAID', refundedAt = null } = payment;
  await query(
    `INSERT INTO payment (id, ${kind}_id, out_trade_no, channel, amount_fen, state, created_at, expires_at, paid_at, refunded_at)
     VALUES (gen_random_uuid(), $1, $2, 'sandbox', $3, $4::payment_state, $5, $5, $5, $6)`,
    [id, `T${number}`, amountFen, state, paidAt, refundedAt],
  );
}

async function insertReview(
  query: Query,
  {
    kind,
    id,
    reviewer,
    review: { decision, decidedAt, level = 'INITIAL' },
  }: PartOfOrder & { reviewer: string; review: NonNullable<PastOrder['reviews']>[number] },
): Promise<void> {
  const [table, column, value] =
    kind === 'registration' ? ['registration_review', ', level', `, '${level}'`] : ['review', '', ''];
  await query(
    `INSERT INTO ${table} (id, ${kind}_id, round, reviewer_id, decision, reasons, decided_at${column})
     VALUES (gen_random_uuid(), $1, 1, $2, $3::review_decision, '[]', $4${value})`,
    [id, reviewer, decision, decidedAt],
  );
}
