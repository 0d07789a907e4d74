// SPDX-License-Identifier: Apache-2.0
// 窗口代办 of a member who has no draft, over HTTP: what staff makes of a work that the member has saved.
import { expect } from 'chai';
import { codeOf, numberOf, sendMandate } from '../../../test/support/counter.ts';
import {
  archivedWork,
  askPayment,
  draftOrder,
  type Order,
  type OrdersPortal,
  readOrder,
  startOrdersPortal,
  workForm,
} from '../../../test/support/orders.ts';
import { newCreditCode } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalClient, type PortalMember, photo, uploadFile } from '../../../test/support/portal.ts';
import { addHolder, organisationForm } from '../../../test/support/right-holders.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

describe('orders made at the counter', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let member: PortalMember;
  let clerk: StaffMember;
  let userNumber: string;
  before(async () => {
    portal = await startOrdersPortal({});
    member = await portal.member({ verified: true });
    userNumber = await numberOf(member);
    clerk = await staffMember(portal, 'reviewer', 'finance');
  });
  after(() => portal.stop());

  const memberAt = (of = userNumber, by: PortalClient = clerk) => by.get(`/staff/counter-members/${of}`);
  const make = async (workId: string, change: object = {}, by: PortalClient = clerk) => {
    const mandateId = (await expectStatus(201, sendMandate(clerk))).body.id;
    const people = { depositors: [{ source: 'self' }], authors: [{ source: 'self' }] };
    const form = {
      userNumber,
      workId,
      mandateId,
      priceFen: 3_000,
      creationNature: 'ORIGINAL',
      acquisition: 'ORIGINAL',
    };
    return by.post('/staff/counter-orders', { ...form, ...people, ...change });
  };
  const looks = async () => {
    const at = "SELECT FROM audit WHERE action = 'counter-filing.look' AND subject LIKE 'account:%'";
    return (await portal.db.query(at)).length;
  };
  const ordersOf = (workId: string) => portal.db.query('SELECT id FROM attestation WHERE work_id = $1', [workId]);

  it('when the member has saved a work › is made with people from their 人员档案, and marked with who made it', async () => {
    const holder = await addHolder(member, await organisationForm(member, { name: '青釉文化有限公司' }));
    const workId = await archivedWork(member);
    const before = await looks();
    const found = (await expectStatus(200, memberAt(` ${userNumber.toLowerCase()} `))).body;
    expect(found)
      .to.include({ userNumber, priceFen: 3_000, isOwn: false })
      .and.to.have.property('applicant')
      .include('*');
    expect(found.works.map(({ id }: Order) => id)).to.include(workId);
    const [listed] = found.holders.filter(({ id }: Order) => id === holder.id);
    expect(listed).to.include({ isExpired: false });
    expect(JSON.stringify(found)).not.to.include('青釉文化有限公司');
    const depositors = [{ source: 'self' }, { source: 'holder', rightHolderId: holder.id }];
    const filing = (await expectStatus(201, make(workId, { depositors }))).body;
    expect(filing).to.include({ kind: 'attestation', state: 'SUBMITTED', userNumber, isMadeHere: true });
    const [row] = await ordersOf(workId);
    const id = String(row?.id);
    const order = await readOrder(member, id);
    expect(order).to.include({ orderNumber: filing.orderNumber, priceFen: 3_000 });
    expect(order.form.depositors).to.have.length(2);
    const by = await numberOf(clerk);
    expect(order.history.map(({ step, filedBy }: Order) => [step, filedBy])).to.deep.equal([
      ['created', by],
      ['submitted', by],
    ]);
    const [told] = (await expectStatus(200, member.get('/messages'))).body.items;
    expect(told).to.include({ kind: 'order-filed' });
    const rows = await portal.db.query(
      'SELECT DISTINCT actor FROM audit WHERE subject = $1 OR (action = $2 AND detail LIKE $3)',
      [`attestation:${id}`, 'counter-filing.file', `%${id}%`],
    );
    expect(rows).to.deep.equal([{ actor: `account:${clerk.id}` }]);
    expect(await looks()).to.equal(before + 1);
    await askPayment(member, id);
  });

  it('when something in it is not the member’s, is missing, or was changed › is refused, and nothing is made', async () => {
    const workId = await archivedWork(member);
    const stranger = await portal.member({ verified: true });
    const theirs = await addHolder(stranger, await organisationForm(stranger));
    const strangers = [{ source: 'holder', rightHolderId: theirs.id }];
    for (const [change, code] of [
      [{ userNumber: await numberOf(stranger) }, 'work-not-found'],
      [{ userNumber: 'ID999999' }, 'account-not-found'],
      [{ priceFen: 2_999 }, 'price-changed'],
    ] as const)
      expect(codeOf(await make(workId, change)), code).to.equal(code);
    for (const [change, field, code] of [
      [{ depositors: strangers }, 'depositors.0', 'not-found'],
      [{ authors: [] }, 'authors', 'missing'],
      [{ creationNature: 'ADAPTATION' }, 'creationNote', 'missing'],
      [{ mandateId: undefined }, 'mandateId', 'missing'],
      [{ mandateId: clerk.id }, 'mandateId', 'not-found'],
    ] as const)
      expect((await expectStatus(422, make(workId, change))).body.errors).to.deep.include({ field, code });
    expect(codeOf(await memberAt('ID999999'))).to.equal('account-not-found');
    expect(codeOf(await memberAt('x'))).to.equal('account-not-found');
    const workOfStranger = await archivedWork(stranger);
    const superseded =
      'UPDATE identity SET superseded_at = now() WHERE account_id = (SELECT account_id FROM work WHERE id = $1)';
    await portal.db.query(superseded, [workOfStranger]);
    const unverified = await numberOf(stranger);
    expect(codeOf(await memberAt(unverified))).to.equal('identity-required');
    expect(codeOf(await make(workOfStranger, { userNumber: unverified }))).to.equal('identity-required');
    expect(await ordersOf(workId)).to.deep.equal([]);
  });

  it('when works are not saved, holders are archived, or either is somebody else’s › does not offer them', async () => {
    const uploadId = await uploadFile(member, '鹤华.jpg', await photo(611, 400));
    const unsaved = await expectStatus(201, member.post('/works', { ...workForm(uploadId), state: 'DRAFT' }));
    const stranger = await portal.member({ verified: true });
    const theirs = await archivedWork(stranger);
    const archived = await addHolder(member, await organisationForm(member, { documentNumber: newCreditCode() }));
    await portal.db.query('UPDATE right_holder SET archived_at = now() WHERE id = $1', [archived.id]);
    const foreign = await addHolder(stranger, await organisationForm(stranger));
    const { works, holders } = (await expectStatus(200, memberAt())).body;
    const offered = [...works, ...holders].map(({ id }: Order) => id);
    expect(offered).not.to.include.oneOf([unsaved.body.id, theirs, archived.id, foreign.id]);
    await portal.db.query(
      `UPDATE account SET state = 'DISABLED' WHERE id = (SELECT account_id FROM work WHERE id = $1)`,
      [theirs],
    );
    const number = await portal.db.query<{ n: number }>(
      'SELECT user_number AS n FROM account a JOIN work w ON w.account_id = a.id WHERE w.id = $1',
      [theirs],
    );
    expect(codeOf(await memberAt(`ID${number[0]?.n}`))).to.equal('account-not-found');
  });

  it('when the work has a draft or an order, also one made at the same moment › makes no other', async () => {
    const { workId: drafted } = await draftOrder(member);
    expect(codeOf(await make(drafted))).to.equal('state-conflict');
    const workId = await archivedWork(member);
    const answers = await Promise.all([make(workId), make(workId), make(workId)]);
    expect(answers.map(codeOf).toSorted()).to.deep.equal(['201', 'state-conflict', 'state-conflict']);
    expect(await ordersOf(workId)).to.have.length(1);
    const { works } = (await expectStatus(200, memberAt())).body;
    for (const id of [drafted, workId]) expect(works.map((each: Order) => each.id)).not.to.include(id);
  });

  it('when somebody without the role, or for themselves, tries › is refused', async () => {
    const workId = await archivedWork(member);
    const [auditor, senior] = [await staffMember(portal, 'auditor'), await staffMember(portal, 'senior-reviewer')];
    for (const other of [member, auditor, senior]) expect(codeOf(await make(workId, {}, other))).to.equal('forbidden');
    for (const other of [member, senior]) expect(codeOf(await memberAt(userNumber, other))).to.equal('forbidden');
    const insider = await portal.member({ verified: true });
    await portal.db.query(
      `INSERT INTO account_role (account_id, role, granted_by) SELECT account_id, 'finance', 'test' FROM work WHERE id = $1`,
      [await archivedWork(insider)],
    );
    const own = await numberOf(insider);
    const found = (await expectStatus(200, memberAt(own, insider))).body;
    expect(found.isOwn).to.equal(true);
    const mandateId = (await expectStatus(201, sendMandate(insider))).body.id;
    const form = { userNumber: own, mandateId };
    expect(codeOf(await make(found.works[0].id, form, insider))).to.equal('forbidden');
  });
});
