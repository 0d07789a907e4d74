// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import {
  askPayment,
  draftOrder,
  type OrdersPortal,
  orderIn,
  paidOrder,
  startOrdersPortal,
} from '../../../test/support/orders.ts';
import { expectStatus } from '../../../test/support/portal.ts';
import { startWholeLedger, type WholeLedger } from '../../../test/support/whole-ledger.ts';

describe('an order, from the work to the ledger', function () {
  this.timeout(60_000);
  let ledger: WholeLedger;
  let portal: OrdersPortal;
  before(async () => {
    ledger = await startWholeLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  it('goes from draft to anchoring › with both entries on record and the proof consistent', async () => {
    const member = await portal.member({ verified: true });
    const { id } = await paidOrder(member);
    const order = await orderIn('UNDER_REVIEW', member, id);
    expect(order.submission.receivedAt).to.be.a('string');
    const reviewer = await portal.reviewer();
    const { body: queue } = await expectStatus(200, reviewer.get('/staff/attestations?state=UNDER_REVIEW'));
    expect(queue.items.map((item: { id: string }) => item.id)).to.include(id);
    await expectStatus(
      200,
      reviewer.post(`/staff/attestations/${id}/decision`, { round: 1, decision: 'APPROVE', reasons: [] }),
    );
    const entered = await orderIn(['ANCHORING', 'CERTIFIED'], member, id);
    expect(entered.submission.number).to.match(/^\d{18}$/);
    await eventually(async () => {
      const rows = await portal.db.query(
        `SELECT 1 FROM manifest WHERE attestation_id = $1 AND purpose = 'attestation' AND state = 'FINAL'`,
        [id],
      );
      return rows.length === 1;
    });
  });

  it('says who may do what', async () => {
    const member = await portal.member({ verified: true });
    const draft = await draftOrder(member);
    expect(draft.allowed).to.deep.equal(['edit', 'submit', 'delete']);
    const stranger = await portal.member({ verified: true });
    expect((await stranger.get(`/attestations/${draft.id}`)).code).to.equal('attestation-not-found');
    expect((await stranger.post(`/attestations/${draft.id}/payments`, { channel: 'sandbox' })).code).to.equal(
      'attestation-not-found',
    );
    await expectStatus(409, member.post(`/attestations/${draft.id}/payments`, { channel: 'sandbox' }));
    await expectStatus(
      200,
      member.post(`/attestations/${draft.id}/submission`, { version: draft.version, priceFen: 3_000 }),
    );
    const payment = await askPayment(member, draft.id);
    expect(payment).to.include({ state: 'WAITING', amountFen: 3000 });
    const page = await fetch(payment.payUrl);
    expect(await page.text()).to.include('模拟支付');
  });
});
