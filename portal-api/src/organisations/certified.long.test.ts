// SPDX-License-Identifier: Apache-2.0
// An order of an organisation, all the way: the organisation deposits, and certificate, proof and package name it.
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';

describe('an order of an organisation', function () {
  this.timeout(120_000);
  let portal: CertificatesPortal;
  let clerk: PortalMember;
  let manager: PortalMember;
  before(async () => {
    portal = await startCertificatesPortal();
    [manager, clerk] = [await portal.member(), await portal.member()];
    await organisationOf(portal, [
      [manager, 'MANAGER'],
      [clerk, 'CLERK'],
    ]);
  });
  after(() => portal.stop());

  it('when it is certified › certificate, proof and package name the organisation, its credit code masked', async () => {
    const { id } = await certifiedOrder(portal, clerk);
    const organisation = (await expectStatus(200, manager.get('/organisations/current'))).body;
    const idNumber = organisation.creditCode.replace(/^(.{3}).{11}/, '$1***********');
    const bundle = (await expectStatus(200, manager.get(`/attestations/${id}/bundle`))).body;
    const section = (name: string) => bundle.sections.find((each: { name: string }) => each.name === name)?.content;
    expect(section('party:1')).to.deep.equal({ role: 'depositor', name: organisation.name, idNumber });
    expect(section('person:1')).to.deep.equal({ name: organisation.name, idType: 'BUSINESS_LICENCE', idNumber });
    for (const part of ['certificate', 'package']) await expectStatus(200, manager.get(`/attestations/${id}/${part}`));
  });
});
