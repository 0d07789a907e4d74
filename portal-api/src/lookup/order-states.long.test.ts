// SPDX-License-Identifier: Apache-2.0
// What each kind of look-up says of an order, in each of its states.
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  askPayment,
  draftOrder,
  type Order,
  orderIn,
  paidOrder,
  readOrder,
  refuse,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalAnswer, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { ATTESTATION_STATES, type AttestationState } from '../attestations/attestation.ts';

/** What the number of the order gives; nothing when it is like a number that nobody has. */
type Said = 'pending' | 'returned' | 'rejected' | 'withdrawn' | 'final' | 'revoked' | undefined;

const SAID: Readonly<Record<AttestationState, Said>> = {
  DRAFT: undefined,
  SUBMITTED: undefined,
  AWAITING_PAYMENT: undefined,
  PAID: undefined,
  UNDER_REVIEW: 'pending',
  RETURNED: 'returned',
  APPROVED: 'pending',
  ANCHORING: 'pending',
  CERTIFIED: 'final',
  REVOKED: 'revoked',
  REJECTED: 'rejected',
  WITHDRAWN: 'withdrawn',
  CANCELLED: undefined,
  CLOSED: undefined,
};

/** The step that an order without a certificate has reached. */
const STEP: Partial<Record<AttestationState, string>> = {
  UNDER_REVIEW: 'under-review',
  APPROVED: 'approved',
  ANCHORING: 'approved',
  RETURNED: 'received',
  REJECTED: 'received',
  WITHDRAWN: 'received',
};

const CODES = ['AAAAAAAAAA', 'A'.repeat(22)];

describe('a look-up of an order', function () {
  this.timeout(90_000);
  let portal: CertificatesPortal;
  let member: PortalMember;
  let reviewer: PortalClient;
  let visitor: PortalClient;
  before(async () => {
    portal = await startCertificatesPortal();
    member = await portal.member({ verified: true });
    reviewer = await portal.reviewer();
    visitor = portal.visitor();
  });
  after(() => portal.stop());

  const ask = (number: string) => visitor.get(`/lookup/${number}`);
  const unlock = (number: string, code: string) => visitor.post(`/lookup/${number}`, { code });

  for (const state of ATTESTATION_STATES)
    it(`when it is ${state} › says ${SAID[state] ?? 'nothing'} by its number, and gives content for the right code only`, async () => {
      const order = await orderOf(state);
      const { orderNumber, certificate, files, submission } = order;
      const said = SAID[state];
      expectSaid(await ask(orderNumber), said, certificate?.number);
      if (said && !certificate) expect((await ask(orderNumber)).body.state).to.equal(STEP[state]);
      if (certificate) {
        for (const number of [certificate.number, certificate.documentNumber])
          expectSaid(await ask(number), said, certificate.number);
        const code = certificate.lookupUrl.split('#')[1];
        const { body } = await expectStatus(200, unlock(certificate.number, code));
        expect(body).to.include({ status: said, number: certificate.number });
        expect(body.bundle).to.be.a('string');
      }
      const numbers = [orderNumber, ...(certificate ? [certificate.number] : [])];
      for (const number of numbers)
        for (const code of CODES) expect((await unlock(number, code)).code).to.equal('lookup-code-invalid');
      const { matches } = (await expectStatus(200, visitor.get(`/lookup?fileSha256=${files[0].sha256}`))).body;
      expect(matches.map((match: { number: string }) => match.number)).to.deep.equal(
        certificate ? [certificate.number] : [],
      );
      if (submission?.number) {
        const { body } = await expectStatus(200, ask(submission.number));
        expect(body.kind, 'its submission').to.equal('submission');
      }
    });

  function expectSaid(answer: PortalAnswer, said: Said, number: string | undefined): void {
    if (said === undefined) {
      expect(answer.code).to.equal('number-not-found');
      return;
    }
    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ status: said, number: number ?? null, kind: 'attestation' });
    expect(answer.body.receivedAt).to.be.a('string');
    if (!number) expect(answer.body).to.include({ anchor: null, manifestSha256: null, revocation: null });
  }

  /** By what people do; states that pass by themselves, and those that time brings about, are written. */
  async function orderOf(state: AttestationState): Promise<Order> {
    if (state === 'DRAFT') return draftOrder(member);
    if (state === 'SUBMITTED') return submittedOrder(member);
    if (state === 'CERTIFIED') return withSubmission((await certifiedOrder(portal, member)).id);
    if (state === 'REVOKED') return revokedOrder();
    if (['AWAITING_PAYMENT', 'CANCELLED', 'CLOSED'].includes(state)) return unpaidOrder(state);
    const { id } = await paidOrder(member);
    await orderIn('UNDER_REVIEW', member, id);
    if (state === 'REJECTED') await refuse(reviewer, id, 'REJECT');
    if (state === 'RETURNED' || state === 'WITHDRAWN') await refuse(reviewer, id, 'RETURN');
    if (['PAID', 'WITHDRAWN', 'APPROVED', 'ANCHORING'].includes(state)) await write(id, state);
    const order = await withSubmission(id);
    expect(order.state).to.equal(state);
    return order;
  }

  async function unpaidOrder(state: string): Promise<Order> {
    const { id } = await submittedOrder(member);
    await askPayment(member, id);
    if (state === 'CANCELLED') await expectStatus(200, member.post(`/attestations/${id}/cancellation`, {}));
    if (state === 'CLOSED') await write(id, state);
    const order = await readOrder(member, id);
    expect(order.state).to.equal(state);
    return order;
  }

  async function revokedOrder(): Promise<Order> {
    const { id, certificate } = await certifiedOrder(portal, member);
    const reason = { reason: 'duplicate' };
    await expectStatus(202, reviewer.post(`/staff/certificates/${certificate.number}/revocation`, reason));
    return orderIn('REVOKED', member, id);
  }

  function withSubmission(id: string): Promise<Order> {
    return eventually(
      async () => {
        const order = await readOrder(member, id);
        return typeof order.submission?.number === 'string' && order;
      },
      { withinMs: 60_000 },
    );
  }

  const write = (id: string, state: string) =>
    portal.db.query('UPDATE attestation SET state = $2::attestation_state WHERE id = $1', [id, state]);
});
