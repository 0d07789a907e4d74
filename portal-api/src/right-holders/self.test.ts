// SPDX-License-Identifier: Apache-2.0
// The party that a member acts for as a right holder: nothing that was verified is typed or sent again.
import { expect } from 'chai';
import { actFor, approveOrganisation, foundOrganisation, staffMember } from '../../../test/support/organisations.ts';
import {
  expectStatus,
  newResidentId,
  type PortalMember,
  startPortal,
  type TestPortal,
  verify,
} from '../../../test/support/portal.ts';
import { addHolder, HAIDIAN, LIXIA } from '../../../test/support/right-holders.ts';
import { dayInChina } from '../china-time.ts';
import { residentIdCheck } from '../identity/index.ts';

const DAY_MS = 86_400_000;
const dayIn = (days: number) => dayInChina(new Date(Date.now() + days * DAY_MS));
const period = (to: string) => ({ kind: 'PERIOD', from: '2016-01-01', to });

describe('oneself as a right holder', () => {
  let portal: TestPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startPortal();
    member = await portal.member({ verified: true });
  });
  after(() => portal.stop());
  const add = (form: object) => member.post('/right-holders', form);

  it('when it is the member themself › takes name and number of the verified real name, and no picture', async () => {
    const identity = (await member.get('/identity')).body;
    const form = {
      isSelf: true,
      roles: ['OWNER'],
      contactPhone: member.phone,
      documentAddress: '山东省济南市历下区测试路1号',
      region: LIXIA,
      validity: period(dayIn(400)),
    };
    const holder = await addHolder(member, form);
    expect(holder).to.deep.include({
      isSelf: true,
      name: identity.fullName,
      documentNumber: identity.idNumber,
      documentType: 'RESIDENT_ID',
      nature: 'PERSONAL',
    });
    expect((await add(form)).fields).to.deep.equal(['documentNumber: duplicate']);
    expect((await add({ ...form, region: HAIDIAN })).fields).to.include('permitImageId: missing');
  });

  it('when the real name is on a permit or the card of a foreign resident › takes that document', async () => {
    for (const [region, documentType] of [
      ['810000', 'HK_MO_TW_PERMIT'],
      ['937840', 'FOREIGN_PR'],
    ]) {
      const other = await portal.member();
      const digits = `${region}${newResidentId().slice(6, 17)}`;
      await expectStatus(200, verify(other, { idNumber: digits + residentIdCheck(digits) }));
      const form = {
        isSelf: true,
        roles: ['AUTHOR'],
        contactPhone: other.phone,
        documentAddress: '山东省济南市历下区测试路1号',
        region: LIXIA,
        validity: period(dayIn(400)),
      };
      expect(await addHolder(other, form)).to.include({ isSelf: true, documentType });
    }
  });

  it('when the member acts for an organisation › takes its name and code, and keeps its list apart from their own', async () => {
    const clerk = await portal.member();
    const reviewer = await staffMember(portal, 'reviewer');
    const organisationId = await foundOrganisation(clerk);
    await approveOrganisation(reviewer, organisationId);
    await actFor(clerk, organisationId);
    const form = {
      isSelf: true,
      roles: ['OWNER'],
      contactPhone: '0531-88880000',
      documentAddress: '山东省济南市历下区测试路4号',
      region: LIXIA,
      validity: { kind: 'PERMANENT' },
      legalRepresentative: '李四光',
      email: 'office@example.org',
    };
    const us = await addHolder(clerk, form);
    expect(us).to.include({ isSelf: true, nature: 'ORGANISATION', documentType: 'BUSINESS_LICENCE' });
    expect(us.name).to.equal((await clerk.get('/organisations/current')).body.name);
    expect((await clerk.get('/right-holders')).body.items).to.have.length(1);
    expect((await member.get(`/right-holders/${us.id}`)).code).to.equal('right-holder-not-found');
  });
});
