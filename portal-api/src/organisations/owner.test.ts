// SPDX-License-Identifier: Apache-2.0
// What belongs to an organisation, and who reaches it: its members while they act for it, and nobody else by whatever id.
import { expect } from 'chai';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  archivedWork,
  askPayment,
  draftOrder,
  type OrdersPortal,
  orderIn,
  paidOrder,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { actFor, endMemberships, organisationOf } from '../../../test/support/organisations.ts';
import {
  expectStatus,
  type PortalAnswer,
  type PortalClient,
  type PortalMember,
  photo,
  uploadFile,
} from '../../../test/support/portal.ts';

describe('what an organisation owns', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let manager: PortalMember;
  let clerk: PortalMember;
  let other: PortalMember;
  let organisationId: string;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    manager = await portal.member({ verified: true });
    clerk = await portal.member({ verified: true });
    other = await portal.member({ verified: true });
    await organisationOf(portal, [[other, 'MANAGER']]);
    organisationId = await organisationOf(portal, [
      [manager, 'MANAGER'],
      [clerk, 'CLERK'],
    ]);
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  /** As an order of theirs would be, had the organisation submitted it. */
  const giveToOrganisation = async (id: string) => {
    await portal.db.query('UPDATE attestation SET organisation_id = $2 WHERE id = $1', [id, organisationId]);
    await portal.db.query(
      'UPDATE work SET organisation_id = $2 WHERE id = (SELECT work_id FROM attestation WHERE id = $1)',
      [id, organisationId],
    );
  };
  const offeredOrder = async (by: PortalMember) => {
    await actFor(by, null);
    const order = await submittedOrder(by);
    await askPayment(by, order.id);
    await giveToOrganisation(order.id);
    await actFor(by, organisationId);
    return order;
  };
  const titles = (answer: PortalAnswer): string[] => answer.body.items.map(({ id }: { id: string }) => id);

  it('works › when a clerk saves one › belongs to the organisation and to nobody else', async () => {
    const id = await archivedWork(clerk);
    expect(titles(await manager.get('/works'))).to.include(id);
    expect((await expectStatus(200, manager.get(`/works/${id}`))).body.title).to.equal('鹤华抱枕');
    await actFor(clerk, null);
    expect(titles(await clerk.get('/works'))).to.not.include(id);
    expect((await clerk.get(`/works/${id}`)).code).to.equal('work-not-found');
    await actFor(clerk, organisationId);
  });

  it("works › when a member saves a colleague's › takes the files that are in it, and no other of the colleague's", async () => {
    const kept = [{ uploadId: await uploadFile(clerk, '图.jpg', await photo(611, 411)) }];
    const draft = { title: '草稿', state: 'DRAFT', files: kept };
    const { id, version } = (await expectStatus(201, clerk.post('/works', draft))).body;
    const form = { title: '改名', state: 'DRAFT', version };
    const stranger = await uploadFile(clerk, '别的.jpg', await photo(610, 410));
    const stolen = await manager.put(`/works/${id}`, { ...form, files: [...kept, { uploadId: stranger }] });
    expect(stolen.fields).to.deep.equal(['files.1: not-found']);
    await expectStatus(200, manager.put(`/works/${id}`, { ...form, files: kept }));
  });

  it('audit › when a clerk saves a work › names the account and the organisation', async () => {
    const id = await archivedWork(clerk);
    const [row] = await portal.db.query<{ actor: string; detail: string }>(
      'SELECT actor, detail FROM audit WHERE subject = $1',
      [`work:${id}`],
    );
    expect(row?.actor).to.match(/^account:/);
    expect(JSON.parse(row?.detail ?? '{}')).to.include({ organisationId });
  });

  it('by a guessed id › when a member of another organisation, or a stranger, asks › finds nothing', async () => {
    const order = await offeredOrder(clerk);
    const draft = await draftOrder(clerk);
    const { files } = (await expectStatus(200, clerk.get(`/works/${order.workId}`))).body;
    const [work, attestation] = [`/works/${order.workId}`, `/attestations/${order.id}`];
    const file = `files/${files[0].uploadId}`;
    const tries: ((by: PortalClient) => Promise<PortalAnswer>)[] = [
      (by) => by.get(work),
      (by) => by.put(work, { title: 'x', state: 'DRAFT', version: 1 }),
      (by) => by.delete(work),
      (by) => by.get(`${work}/${file}/content`),
      (by) => by.get(`${work}/${file}/thumbnail`),
      (by) => by.post('/attestations', { workId: order.workId }),
      (by) => by.get(attestation),
      (by) => by.get(`/attestations/${draft.id}`),
      (by) => by.put(`/attestations/${draft.id}`, { ...draft.form, version: draft.version }),
      (by) => by.post(`/attestations/${draft.id}/submission`, { version: draft.version, priceFen: 3_000 }),
      (by) => by.post(`${attestation}/resubmission`, { version: 1 }),
      (by) => by.post(`${attestation}/cancellation`),
      (by) => by.delete(`/attestations/${draft.id}`),
      (by) => by.put(`${attestation}/file-lookup`, { isFoundByFile: false }),
      (by) => by.get(`${attestation}/${file}/content`),
      (by) => by.get(`${attestation}/${file}/thumbnail`),
      (by) => by.post(`${attestation}/payments`, { channel: 'sandbox', renew: false }),
      (by) => by.get(`${attestation}/payments/current`),
      (by) => by.get(`/attestations/${draft.id}/preview`),
      (by) => by.post(`/attestations/${draft.id}/completeness`, {}),
      (by) => by.get(`${attestation}/certificate`),
      (by) => by.get(`${attestation}/package`),
      (by) => by.get(`${attestation}/bundle`),
      (by) => by.get(`/upload-status/${files[0].uploadId}`),
    ];
    const stranger = await portal.member({ verified: true });
    for (const ask of tries) {
      const answers = [await ask(other), await ask(stranger)];
      for (const { status, code } of answers)
        expect([status, code?.replace(/^.*-not/, 'not')]).to.deep.equal([404, 'not-found']);
    }
    // Nothing of it was done, and the organisation itself reaches it.
    expect((await expectStatus(200, manager.get(attestation))).body.state).to.equal('AWAITING_PAYMENT');
    expect((await expectStatus(200, manager.get(`/attestations/${draft.id}`))).body.version).to.equal(draft.version);
    await expectStatus(200, manager.get(`${work}/${file}/thumbnail`));
    expect(titles(await other.get('/attestations'))).to.deep.equal([]);
    expect(titles(await stranger.get('/attestations'))).to.deep.equal([]);
  });

  it('a removed member › when their session is still open › loses everything with the next request, also files they sent', async () => {
    const leaver = await portal.member({ verified: true });
    const founder = await portal.member();
    const theirs = await organisationOf(portal, [
      [founder, 'MANAGER'],
      [leaver, 'CLERK'],
    ]);
    const id = await archivedWork(leaver);
    const { files } = (await expectStatus(200, leaver.get(`/works/${id}`))).body;
    const [{ uploadId }] = files;
    await endMemberships(portal, leaver);
    expect((await leaver.get(`/works/${id}`)).code).to.equal('work-not-found');
    const create = { title: '私藏', state: 'DRAFT', files: [{ uploadId }] };
    expect((await leaver.get('/me')).body).to.deep.include({ actingFor: null, organisations: [] });
    expect((await leaver.post('/works', create)).fields).to.deep.equal(['files.0: not-found']);
    expect((await leaver.get(`/upload-status/${uploadId}`)).code).to.equal('upload-not-found');
    expect((await leaver.sendBytes('DELETE', `/uploads/${uploadId}`, new Uint8Array(), TUS)).status).to.equal(404);
    expect((await leaver.put('/session/acting', { organisationId: theirs })).code).to.equal('organisation-not-found');
    await expectStatus(200, founder.get(`/works/${id}`));
  });

  it('a removed member › when their next request is a change › changes nothing, not even in their own name', async () => {
    const leaver = await portal.member({ verified: true });
    await organisationOf(portal, [
      [await portal.member(), 'MANAGER'],
      [leaver, 'CLERK'],
    ]);
    await leaver.csrfHeader();
    await endMemberships(portal, leaver);
    const refused = await leaver.post('/works', { title: '给单位的', state: 'DRAFT' });
    expect([refused.status, refused.code]).to.deep.equal([409, 'acting-changed']);
    await expectStatus(201, leaver.post('/works', { title: '给自己的', state: 'DRAFT' }));
  });

  it('X-Acting-For › when a page was made for another party › is refused, and saves nothing', async () => {
    const form = JSON.stringify({ title: '旧页面', state: 'DRAFT' });
    const send = (party: string) =>
      clerk.sendBytes('POST', '/works', Buffer.from(form), {
        'Content-Type': 'application/json',
        'X-Acting-For': party,
      });
    const refused = await send('self');
    expect([refused.status, refused.code, refused.body.details]).to.deep.equal([
      409,
      'acting-changed',
      { actingFor: organisationId },
    ]);
    await expectStatus(201, send(organisationId));
  });

  it('/me › when somebody belongs to an organisation › names it, the role and for whom they act', async () => {
    const me = (await expectStatus(200, clerk.get('/me'))).body;
    expect(me).to.deep.include({ actingFor: organisationId, isVerified: true });
    const [{ name, ...mine }] = me.organisations;
    expect(mine).to.deep.equal({ id: organisationId, role: 'CLERK', state: 'VERIFIED' });
    expect(name).to.match(/^青釉文化/);
  });

  it('a new session › when the member has no verified name of their own › acts for their organisation', async () => {
    const founder = await portal.member();
    const id = await organisationOf(portal, [[founder, 'MANAGER']]);
    await expectStatus(204, founder.logIn(founder.phone, founder.password));
    expect((await founder.get('/me')).body).to.deep.include({ actingFor: id, isVerified: true });
    await expectStatus(204, clerk.logIn(clerk.phone, clerk.password));
    expect((await clerk.get('/me')).body.actingFor).to.equal(null);
    await actFor(clerk, organisationId);
  });

  it("decisions › when the reviewer belongs to the order's organisation › are forbidden, also after they left", async () => {
    await actFor(clerk, null);
    const { id } = await paidOrder(clerk);
    const { round } = await orderIn('UNDER_REVIEW', clerk, id);
    const reviewer = await portal.reviewer();
    await giveToOrganisation(id);
    await actFor(clerk, organisationId);
    const { userNumber } = (await reviewer.get('/me')).body;
    await portal.db.query(
      `INSERT INTO organisation_member (id, organisation_id, account_id, role, removed_at)
       SELECT gen_random_uuid(), $1, id, 'CLERK', now() FROM account WHERE user_number = $2`,
      [organisationId, Number(userNumber.slice(2))],
    );
    expect((await reviewer.get(`/staff/attestations/${id}`)).body.isOwn).to.equal(true);
    const listed = (await reviewer.get('/staff/attestations')).body.items;
    expect(listed.find((item: { id: string }) => item.id === id).isOwn).to.equal(true);
    const decision = await reviewer.post(`/staff/attestations/${id}/decision`, { round, decision: 'APPROVE' });
    expect(decision.code).to.equal('forbidden');
  });
});

const TUS = { 'Tus-Resumable': '1.0.0' };
