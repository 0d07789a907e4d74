// SPDX-License-Identifier: Apache-2.0
// Refunds that owners ask for, and what finance answers.
import { expect } from 'chai';
import type { PortalClient, TestPortal } from './portal.ts';

export const GRANT = { verdict: 'GRANT', words: '同意退款。' };
export const REFUSE = { verdict: 'REFUSE', words: '退回的问题可以补正，请修改后重新提交。' };
export const ASKED_BECAUSE = '不再需要存证。';

export const askRefund = (owner: PortalClient, id: string, kind = 'attestations') =>
  owner.post(`/${kind}/${id}/refund-requests`, { reason: ASKED_BECAUSE });

export const decideRefund = (by: PortalClient, id: string, decision: object) =>
  by.post(`/staff/refund-requests/${id}/decision`, decision);

/** Whatever was decided: all that came in is here or went back, and a payment goes back exactly when a request was granted. */
export async function requireMoneyToAdd({ db }: TestPortal): Promise<void> {
  const [sums] = await db.query<Record<string, string>>(
    `SELECT coalesce(sum(amount_fen), 0) AS paid,
            coalesce(sum(amount_fen) FILTER (WHERE state = 'PAID'), 0) AS kept,
            coalesce(sum(amount_fen) FILTER (WHERE state IN ('REFUNDING', 'REFUNDED')), 0) AS back
       FROM payment WHERE paid_at IS NOT NULL`,
  );
  expect(Number(sums?.kept) + Number(sums?.back)).to.equal(Number(sums?.paid));
  const wrong = await db.query(
    `SELECT p.id FROM payment p JOIN refund_request r ON r.payment_id = p.id
      GROUP BY p.id HAVING (p.state IN ('REFUNDING', 'REFUNDED')) <> bool_or(r.state = 'GRANTED')`,
  );
  expect(wrong).to.deep.equal([]);
}
