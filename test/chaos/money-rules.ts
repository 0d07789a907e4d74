// SPDX-License-Identifier: Apache-2.0
// What must hold of money, orders and certificates, whatever people did: each rule finds what breaks it. docs/money.md says what
// each end of an order gives back.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { WRONG_OFFLINE } from './offline-acts.ts';

/** In fen: `taken` is what came in, and is kept or given back. */
interface Book {
  taken: number;
  kept: number;
  back: number;
}

interface AtProvider {
  state: string;
  amountFen: number;
  refunds: { amountFen: number }[];
}

/** What the payment provider says, by its own book. */
export function bookOf(folder: string): Book {
  const book = path.join(folder, 'sandbox-payments');
  const rows = readdirSync(book)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(path.join(book, name), 'utf8')) as AtProvider)
    .filter(({ state }) => ['paid', 'refunded'].includes(state));
  const sum = (some: readonly { amountFen: number }[]) => some.reduce((total, { amountFen }) => total + amountFen, 0);
  const taken = sum(rows);
  const back = sum(rows.flatMap(({ refunds }) => refunds));
  return { taken, kept: taken - back, back };
}

/** Of what came through the provider. */
export const OWN_BOOK = `SELECT coalesce(sum(amount_fen) FILTER (WHERE paid_at IS NOT NULL), 0)::int AS taken,
  coalesce(sum(amount_fen) FILTER (WHERE state = 'PAID'), 0)::int AS kept,
  coalesce(sum(amount_fen) FILTER (WHERE state = 'REFUNDED'), 0)::int AS back FROM payment
  WHERE channel::text NOT IN ('transfer', 'cash')`;

/** Work that is still on its way, or failed. */
export const UNSETTLED = `SELECT 'outbox: ' || topic || coalesce(' ' || last_error, '') AS found FROM outbox
    WHERE done_at IS NULL AND topic NOT LIKE 'upload%'
  UNION ALL SELECT 'attestation is ' || state FROM attestation WHERE state IN ('PAID', 'APPROVED', 'ANCHORING')
  UNION ALL SELECT 'registration is ' || state FROM registration WHERE state = 'REGISTERING'
  UNION ALL SELECT 'payment is ' || state FROM payment WHERE state IN ('REFUNDING', 'REFUND_FAILED')`;

const WITHOUT_PAYMENT = `SELECT 'attestation ' || order_number AS found FROM attestation a
    WHERE state NOT IN ('DRAFT', 'SUBMITTED', 'AWAITING_PAYMENT', 'CANCELLED', 'CLOSED')
      AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.attestation_id = a.id AND p.settles_order)
  UNION ALL SELECT 'registration ' || order_number FROM registration r
    WHERE state NOT IN ('DRAFT', 'AWAITING_PAYMENT', 'WITHDRAWN') AND waived_by_payment_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.registration_id = r.id AND p.settles_order)
  UNION ALL SELECT 'waived for nothing: registration ' || r.order_number FROM registration r
    WHERE waived_by_payment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payment p JOIN attestation a ON a.id = p.attestation_id
      WHERE p.id = r.waived_by_payment_id AND p.settles_order AND a.work_id = r.work_id)
  UNION ALL SELECT 'certificate ' || number FROM certificate c
    WHERE NOT EXISTS (SELECT 1 FROM attestation a JOIN payment p ON p.attestation_id = a.id
        WHERE a.id = c.attestation_id AND a.state = 'CERTIFIED' AND p.settles_order AND p.state = 'PAID')
      AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.id = c.registration_id AND r.state = 'REGISTERED'
        AND (r.waived_by_payment_id IS NOT NULL OR EXISTS
          (SELECT 1 FROM payment p WHERE p.registration_id = r.id AND p.settles_order AND p.state = 'PAID')))`;

/** Money of an order that gives everything back, or two payments of one. */
const KEPT_TOO_MUCH = `SELECT 'attestation ' || a.order_number AS found FROM attestation a JOIN payment p ON p.attestation_id = a.id
    WHERE p.state = 'PAID' AND a.state IN ('REJECTED', 'CANCELLED', 'CLOSED')
  UNION ALL SELECT 'registration ' || r.order_number FROM registration r JOIN payment p ON p.registration_id = r.id
    WHERE p.state = 'PAID' AND (r.state = 'NOT_REGISTERED' OR (r.state = 'WITHDRAWN'
      AND NOT EXISTS (SELECT 1 FROM registration_review v WHERE v.registration_id = r.id)))
  UNION ALL SELECT 'granted: ' || request_number FROM refund_request q JOIN payment p ON p.id = q.payment_id
    WHERE q.state = 'GRANTED' AND p.state <> 'REFUNDED'
  UNION ALL SELECT 'order ' || coalesce(attestation_id, registration_id) FROM payment WHERE state = 'PAID'
    GROUP BY coalesce(attestation_id, registration_id) HAVING count(*) > 1`;

/** Money that an order was paid with went back, and the order does not give it back as it ended. */
const GAVE_TOO_MUCH = `SELECT 'payment ' || out_trade_no AS found FROM payment p
    WHERE p.state = 'REFUNDED' AND p.settles_order
      AND NOT EXISTS (SELECT 1 FROM refund_request q WHERE q.payment_id = p.id AND q.state = 'GRANTED')
      AND NOT EXISTS (SELECT 1 FROM attestation a WHERE a.id = p.attestation_id AND a.state = 'REJECTED')
      AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.id = p.registration_id AND (r.state = 'NOT_REGISTERED'
        OR (r.state = 'WITHDRAWN' AND NOT EXISTS (SELECT 1 FROM registration_review v WHERE v.registration_id = r.id))))`;

const WRONG_REQUESTS = `SELECT 'granted, and goes on: ' || q.request_number AS found FROM refund_request q
      LEFT JOIN attestation a ON a.id = q.attestation_id LEFT JOIN registration r ON r.id = q.registration_id
    WHERE q.state = 'GRANTED' AND coalesce(a.state::text, r.state::text) <> 'WITHDRAWN'
  UNION ALL SELECT 'open, of an order that is not returned: ' || q.request_number FROM refund_request q
      LEFT JOIN attestation a ON a.id = q.attestation_id LEFT JOIN registration r ON r.id = q.registration_id
    WHERE q.state = 'OPEN' AND coalesce(a.state::text, r.state::text) NOT IN ('RETURNED', 'INITIAL_RETURNED', 'FINAL_RETURNED')
  UNION ALL SELECT 'granted twice: ' || payment_id FROM refund_request WHERE state = 'GRANTED' GROUP BY payment_id HAVING count(*) > 1`;

/** A payment of several orders came as a whole, and is what its parts add up to. */
const WRONG_SUMS = `SELECT 'joint ' || j.out_trade_no AS found FROM joint_payment j LEFT JOIN payment p ON p.joint_id = j.id
    GROUP BY j.id HAVING coalesce(sum(p.amount_fen), 0) <> j.amount_fen OR count(p.paid_at) NOT IN (0, count(*))
      OR count(DISTINCT p.paid_at) > 1 OR count(DISTINCT p.provider_trade_no) > 1 OR count(*) < 2`;

/** All but one column, `found`, which is empty when the rule holds. */
export const RULES: Readonly<Record<string, string>> = {
  'nothing is on its way for ever': UNSETTLED,
  'nothing goes on, and nothing is certified, without its payment or a waiver': WITHOUT_PAYMENT,
  'nothing is kept that an order gives back': KEPT_TOO_MUCH,
  'nothing is given back that an order keeps': GAVE_TOO_MUCH,
  'requests and their orders agree': WRONG_REQUESTS,
  'joint payments are what their parts add up to': WRONG_SUMS,
  'offline money was confirmed by a second person, each way': WRONG_OFFLINE,
};
