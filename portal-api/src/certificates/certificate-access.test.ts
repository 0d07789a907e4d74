// SPDX-License-Identifier: Apache-2.0
// Who is given what of a certificate, and what stays with its holder.
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import type { Order } from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { accountIdOf } from '../../../test/support/staff.ts';
import { TYPED_TRIES } from './unlock.ts';

describe('access to a certificate', function () {
  // On a busy machine an order takes minutes to its certificate.
  this.timeout(240_000);
  let portal: CertificatesPortal;
  let member: PortalMember;
  let order: Order;
  before(async () => {
    portal = await startCertificatesPortal();
    member = await portal.member({ verified: true });
    order = await certifiedOrder(portal, member);
  });
  after(() => portal.stop());

  it('when its owner downloads it › is kept by no cache on the way', async () => {
    for (const what of ['certificate', 'package', 'bundle']) {
      const { headers } = await expectStatus(200, member.get(`/attestations/${order.id}/${what}`));
      expect(headers.get('cache-control'), what).to.equal('private, no-store');
    }
  });

  it('when staff look at its order › shows its number and neither of its codes', async () => {
    const { typedCode, lookupUrl, number } = order.certificate;
    const { body, bytes } = await expectStatus(200, (await portal.reviewer()).get(`/staff/attestations/${order.id}`));
    expect(body.certificate).to.include({ number, typedCode: '', lookupUrl: '' });
    expect(bytes.toString()).to.not.include(typedCode).and.not.include(lookupUrl.split('#')[1]);
  });

  it('when its holder types the right code more often than anybody may guess › opens each time', async () => {
    const { typedCode: code, number } = order.certificate;
    for (let turn = 0; turn <= TYPED_TRIES; turn += 1)
      await expectStatus(200, portal.visitor().post(`/lookup/${number}`, { code }));
  });

  it('when a reviewer holds it › is not theirs to revoke, but a colleague’s', async () => {
    const { number } = order.certificate;
    await portal.db.query(`INSERT INTO account_role (account_id, role, granted_by) VALUES ($1, 'reviewer', 'test')`, [
      await accountIdOf(portal, member),
    ]);
    const revoke = { reason: 'duplicate' };
    expect((await member.post(`/staff/certificates/${number}/revocation`, revoke)).code).to.equal('forbidden');
    await expectStatus(202, (await portal.reviewer()).post(`/staff/certificates/${number}/revocation`, revoke));
  });
});
