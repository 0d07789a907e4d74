// SPDX-License-Identifier: Apache-2.0
// The right holders of an organisation: its members reach them while they act for it, and nobody else by whatever id.
import { expect } from 'chai';
import { type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { actFor, endMemberships, organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { addHolder, personForm } from '../../../test/support/right-holders.ts';

describe("an organisation's right holders", function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let manager: PortalMember;
  let clerk: PortalMember;
  before(async () => {
    portal = await startOrdersPortal({});
  });
  after(() => portal.stop());
  beforeEach(async () => {
    manager = await portal.member();
    clerk = await portal.member({ verified: true });
    await organisationOf(portal, [
      [manager, 'MANAGER'],
      [clerk, 'CLERK'],
    ]);
  });

  const expectNothing = async (by: PortalClient, id: string, form: object) => {
    const holder = `/right-holders/${id}`;
    const tries = [
      () => by.get(holder),
      () => by.get(`${holder}/form`),
      () => by.get(`${holder}/versions`),
      () => by.put(holder, { ...form, version: 1 }),
      () => by.put(`${holder}/form`, {}),
      () => by.put(`${holder}/archived`, { isArchived: true }),
    ];
    for (const ask of tries) expect((await ask()).code).to.equal('right-holder-not-found');
    expect((await expectStatus(200, by.get('/right-holders'))).body.items).to.deep.equal([]);
  };

  it('by a guessed id › when another organisation, a stranger, or the clerk for themself asks › finds nothing', async () => {
    const form = await personForm(clerk);
    const { id } = await addHolder(clerk, form);
    const other = await portal.member();
    await organisationOf(portal, [[other, 'MANAGER']]);
    await actFor(clerk, null);
    for (const by of [other, await portal.member({ verified: true }), clerk]) await expectNothing(by, id, form);
    expect((await expectStatus(200, manager.get(`/right-holders/${id}`))).body).to.include({ version: 1 });
  });

  it('pictures › when another organisation states them by a guessed id › are not found', async () => {
    const form = await personForm(clerk);
    const other = await portal.member();
    await organisationOf(portal, [[other, 'MANAGER']]);
    const { frontImageId, backImageId } = form;
    const stolen = await other.post('/right-holders', await personForm(other, { frontImageId, backImageId }));
    expect(stolen.fields).to.deep.equal(['backImageId: not-found', 'frontImageId: not-found']);
    await addHolder(clerk, form);
  });

  it('a removed member › when their session is still open › loses them with the next request', async () => {
    const form = await personForm(clerk);
    const { id } = await addHolder(clerk, form);
    await clerk.csrfHeader();
    await endMemberships(portal, clerk);
    const refused = await clerk.put(`/right-holders/${id}/archived`, { isArchived: true });
    expect([refused.status, refused.code]).to.deep.equal([409, 'acting-changed']);
    await expectNothing(clerk, id, form);
    expect((await expectStatus(200, manager.get(`/right-holders/${id}`))).body).to.include({ version: 1 });
  });
});
