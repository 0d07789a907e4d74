// SPDX-License-Identifier: Apache-2.0
// What a member may do with an order in each of its states; everything else is refused, and changes nothing.
import { expect } from 'chai';
import {
  type Order,
  type OrdersPortal,
  readOrder,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { attestationMachine } from './attestation.ts';

const ACTIONS: Record<string, (member: PortalMember, order: Order) => Promise<{ status: number }>> = {
  edit: (member, { id, version, form }) => member.put(`/attestations/${id}`, { ...form, version }),
  submit: (member, { id, version }) => member.post(`/attestations/${id}/submission`, { version, priceFen: 3_000 }),
  pay: (member, { id }) => member.post(`/attestations/${id}/payments`, { channel: 'sandbox', renew: false }),
  cancel: (member, { id }) => member.post(`/attestations/${id}/cancellation`, {}),
  resubmit: (member, { id, version }) => member.post(`/attestations/${id}/resubmission`, { version }),
  delete: (member, { id }) => member.delete(`/attestations/${id}`),
};

/** Money that came in leaves by a refund alone: no order can be cancelled once it is paid. */
const ALLOWED: Record<string, readonly string[]> = {
  DRAFT: ['edit', 'submit', 'delete'],
  SUBMITTED: ['pay', 'cancel'],
  AWAITING_PAYMENT: ['pay', 'cancel'],
  PAID: [],
  UNDER_REVIEW: [],
  RETURNED: ['edit', 'resubmit'],
  APPROVED: [],
  ANCHORING: [],
  CERTIFIED: [],
  REVOKED: [],
  REJECTED: [],
  WITHDRAWN: [],
  CANCELLED: [],
  CLOSED: [],
};

describe('orders of attestations by state', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let member: PortalMember;
  let id: string;
  before(async () => {
    portal = await startOrdersPortal({});
    member = await portal.member({ verified: true });
    ({ id } = await submittedOrder(member));
  });
  after(() => portal.stop());

  it('are all that a transition leads to or from', () => {
    const states = attestationMachine.transitions.flatMap(({ from, to }) => [...from, to]);
    expect(Object.keys(ALLOWED)).to.have.members([...new Set(states)]);
  });

  /** With what the database wants of such a row. */
  const put = (state: string) =>
    portal.db.query(
      `UPDATE attestation SET state = $2::attestation_state, paid_at = now(), certified_at = now(),
         certificate_number = 100000000000000001 WHERE id = $1`,
      [id, state],
    );

  for (const [state, allowed] of Object.entries(ALLOWED))
    it(`when one is ${state} › offers ${allowed.join(', ') || 'nothing'}, and refuses the rest`, async () => {
      await put(state);
      const order = await readOrder(member, id);
      expect(order.allowed.filter((action: string) => action in ACTIONS)).to.have.members(allowed);
      for (const [action, take] of Object.entries(ACTIONS)) {
        if (allowed.includes(action)) continue;
        expect(await take(member, order), action).to.include({ status: 409 });
        const { state: still, version } = await readOrder(member, id);
        expect([still, version], action).to.deep.equal([state, order.version]);
      }
    });

  it('when one was paid › is not cancelled', async () => {
    const order = await submittedOrder(member);
    const { outTradeNo } = (await expectStatus(201, ACTIONS.pay?.(member, order) as Promise<Order>)).body;
    await expectStatus(204, member.post(`/sandbox/payments/${outTradeNo}/confirmation`, {}));
    expect((await member.post(`/attestations/${order.id}/cancellation`, {})).code).to.equal('state-conflict');
  });
});
