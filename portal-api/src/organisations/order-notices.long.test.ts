// SPDX-License-Identifier: Apache-2.0
// Who gets the messages about an organisation's orders, while a clerk leaves between the order and its events.
import { expect } from 'chai';
import { type CertificatesPortal, startCertificatesPortal } from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  approve,
  askPayment,
  confirmPayment,
  type Order,
  orderIn,
  paidOrder,
  refuse,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { endMemberships, organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';

const DAY_MS = 86_400_000;

describe('messages about the orders of an organisation', function () {
  this.timeout(180_000);
  let portal: CertificatesPortal;
  let reviewer: PortalClient;
  let manager: PortalMember;
  let removed: PortalMember;
  let clerk: PortalMember;
  let other: PortalMember;
  before(async () => {
    portal = await startCertificatesPortal();
    reviewer = await portal.reviewer();
    [manager, removed, clerk, other] = [
      await portal.member(),
      await portal.member(),
      await portal.member(),
      await portal.member(),
    ];
    await organisationOf(portal, [
      [manager, 'MANAGER'],
      [removed, 'CLERK'],
      [clerk, 'CLERK'],
      [other, 'CLERK'],
    ]);
  });
  after(() => portal.stop());

  const kindsAbout = async (member: PortalMember, { id }: Order): Promise<string[]> => {
    const { items } = (await expectStatus(200, member.get('/messages?limit=100'))).body;
    return items.filter(({ path }: Order) => path.includes(id)).map(({ kind }: Order) => kind);
  };
  const reviewed = async (member: PortalMember): Promise<Order> =>
    orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id);
  /** Paid at the provider while the order was being cancelled: the money goes back. */
  const refundedLater = async (member: PortalMember): Promise<Order> => {
    const { id } = await submittedOrder(member);
    const { outTradeNo } = await askPayment(member, id);
    await portal.db.query('UPDATE payment SET out_trade_no = $2 WHERE attestation_id = $1', [id, `${outTradeNo}x`]);
    expect((await confirmPayment(member, outTradeNo)).code).to.equal('payment-unavailable');
    await portal.db.query('UPDATE payment SET out_trade_no = $2 WHERE attestation_id = $1', [id, outTradeNo]);
    return { id };
  };
  const payments = (attestationId: string) =>
    portal.db.query<{ state: string }>('SELECT state FROM payment WHERE attestation_id = $1', [attestationId]);
  /** Every event of an order that has a message. */
  const allEvents = async ({ returned, rejected, certified, refunded }: Record<string, Order>) => {
    await expectStatus(200, manager.post(`/attestations/${refunded.id}/cancellation`, {}));
    const untilRefunded = ({ id }: Order) =>
      eventually(async () => (await payments(id)).some(({ state }) => state === 'REFUNDED'));
    await untilRefunded(refunded);
    await refuse(reviewer, returned.id, 'RETURN');
    for (const days of [23.1, 29.1, 30.1]) await portal.sweep(new Date(Date.now() + days * DAY_MS));
    await refuse(reviewer, rejected.id, 'REJECT');
    await untilRefunded(rejected);
    await approve(reviewer, certified.id);
    const { certificate } = await orderIn('CERTIFIED', manager, certified.id);
    const reason = { reason: 'duplicate' };
    await expectStatus(202, reviewer.post(`/staff/certificates/${certificate.number}/revocation`, reason));
    await orderIn('REVOKED', manager, certified.id);
  };
  const ordersOf = async (member: PortalMember) => ({
    returned: await reviewed(member),
    rejected: await reviewed(member),
    certified: await reviewed(member),
    refunded: await refundedLater(member),
  });
  const EVENTS = {
    returned: ['order-withdrawn', 'order-due-in-1-day', 'order-due-in-7-days', 'order-returned'],
    rejected: ['payment-refunded', 'order-rejected'],
    certified: ['certificate-revoked', 'certificate-ready', 'order-approved'],
    refunded: ['payment-refunded'],
  };
  const heardOf = async (member: PortalMember, orders: Record<string, Order>) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(orders).map(async ([name, order]) => [name, await kindsAbout(member, order)] as const),
      ),
    );
  const NOTHING = { returned: [], rejected: [], certified: [], refunded: [] };

  it('when the clerk who typed the order has left › tells the managers, and not the clerk', async () => {
    const orders = await ordersOf(removed);
    await endMemberships(portal, removed);
    await allEvents(orders);
    expect(await heardOf(removed, orders)).to.deep.equal(NOTHING);
    expect(await heardOf(manager, orders)).to.deep.equal(EVENTS);
    expect(await heardOf(other, orders)).to.deep.equal(NOTHING);
  });

  it('when the author is still a member › tells them and the managers once each, and no other clerk', async () => {
    for (const author of [clerk, manager]) {
      const order = await reviewed(author);
      await refuse(reviewer, order.id, 'RETURN');
      for (const reader of [clerk, manager])
        expect(await kindsAbout(reader, order)).to.deep.equal(
          reader === manager || reader === author ? ['order-returned'] : [],
        );
      expect(await kindsAbout(other, order)).to.deep.equal([]);
    }
  });

  it('when a manager reads it › names the organisation, and opens the page for it', async () => {
    const organisation = (await expectStatus(200, manager.get('/organisations/current'))).body;
    const { items } = (await expectStatus(200, manager.get('/messages?limit=1'))).body;
    expect(items[0].organisation).to.deep.equal({ id: organisation.id, name: organisation.name });
    expect(items[0].opensFor).to.equal(organisation.id);
  });
});
