// SPDX-License-Identifier: Apache-2.0
// Registrations over HTTP, as their owners meet them.
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  archivedWork,
  draftOrder,
  type Order,
  type OrdersPortal,
  orderIn,
  paidOrder,
  refuse,
  startOrdersPortal,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember, uploadFile } from '../../../test/support/portal.ts';
import {
  completeForm,
  draftRegistration,
  paper,
  readRegistration,
  savedRegistration,
  submittedRegistration,
} from '../../../test/support/registrations.ts';
import { changeSettings } from '../../../test/support/settings.ts';
import { staffMember } from '../../../test/support/staff.ts';

const FEE = { priceFen: 0, discount: null, waivedBy: null, isWaiverGivenBack: false };

describe('registrations over HTTP', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let stranger: PortalMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
    stranger = await portal.member({ verified: true });
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const save = (registration: Order, changes: object) =>
    member.put(`/registrations/${registration.id}`, {
      ...registration.form,
      version: registration.version,
      ...changes,
    });
  const faultsOf = (body: { errors: { field: string; code: string }[] }) =>
    body.errors.map(({ field, code }) => `${field} ${code}`);

  describe('a draft', () => {
    it('says what the work says already, and calls for the papers of its modes', async () => {
      const workId = await archivedWork(member);
      const draft = await draftRegistration(member, workId);
      expect(draft).to.include({ state: 'DRAFT', round: 1, registrationNumber: null, workId });
      expect(draft.orderNumber).to.match(/^\d{19}$/);
      expect(draft.form).to.include({ title: '鹤华抱枕', creationNature: 'ORIGINAL', acquisition: 'ORIGINAL' });
      expect(draft.documents.map(({ kind }: Order) => kind)).to.deep.equal(['SAMPLE']);
      expect(draft.fee).to.deep.equal({ ...FEE, priceFen: 3_000 });
      expect(draft.allowed).to.deep.equal(['edit', 'submit', 'delete']);
      const saved = await expectStatus(
        200,
        save(draft, { ownership: 'JOINT', agent: { source: 'named', name: '李四' } }),
      );
      const required = saved.body.demands.filter(({ isRequired }: Order) => isRequired);
      expect(required.map(({ kind }: Order) => kind)).to.have.members([
        'POWER_OF_ATTORNEY',
        'COOPERATION_AGREEMENT',
        'SAMPLE',
        'GUARANTEE',
      ]);
    });

    it('takes the title as it was mended in the attestation of the work', async () => {
      const { id, workId, form, version } = await draftOrder(member);
      await expectStatus(200, member.put(`/attestations/${id}`, { ...form, title: '鹤华抱枕（修订）', version }));
      expect((await draftRegistration(member, workId)).form.title).to.equal('鹤华抱枕');
      await portal.db.query('DELETE FROM registration WHERE work_id = $1', [workId]);
      const body = { version: version + 1, priceFen: 3_000 };
      await expectStatus(200, member.post(`/attestations/${id}/submission`, body));
      expect((await draftRegistration(member, workId)).form.title).to.equal('鹤华抱枕（修订）');
      await portal.db.query('DELETE FROM registration WHERE work_id = $1', [workId]);
      await expectStatus(200, member.post(`/attestations/${id}/cancellation`, {}));
      expect((await draftRegistration(member, workId)).form.title).to.equal('鹤华抱枕');
    });

    it('is one for each work, its own alone, and goes with its work', async () => {
      const workId = await archivedWork(member);
      const draft = await draftRegistration(member, workId);
      expect((await draftRegistration(member, workId)).id).to.equal(draft.id);
      for (const answer of [
        await stranger.get(`/registrations/${draft.id}`),
        await stranger.put(`/registrations/${draft.id}`, { ...draft.form, version: 1 }),
        await stranger.delete(`/registrations/${draft.id}`),
        await stranger.post(`/registrations/${draft.id}/submission`, { version: 1, priceFen: 3_000 }),
        await stranger.post(`/registrations/${draft.id}/withdrawal`, {}),
        await stranger.post(`/registrations/${draft.id}/payments`, { channel: 'sandbox' }),
        await stranger.get(`/registrations/${draft.id}/certificate`),
      ])
        expect(answer.code).to.equal('registration-not-found');
      expect((await stranger.post('/registrations', { workId })).code).to.equal('work-not-found');
      await expectStatus(204, member.delete(`/works/${workId}`));
      expect((await member.get(`/registrations/${draft.id}`)).code).to.equal('registration-not-found');
    });

    it('gives the documents that it calls for filled in, with names in full and no number of a card', async () => {
      const draft = await draftRegistration(member);
      const saved = await expectStatus(200, save(draft, { ownership: 'PERSONAL', isEmployed: false }));
      const offered = saved.body.demands.filter(({ hasTemplate }: Order) => hasTemplate);
      expect(offered.map(({ kind }: Order) => kind)).to.have.members([
        'NON_SERVICE_PLEDGE',
        'GUARANTEE',
        'WORK_DESCRIPTION',
      ]);
      const answer = await expectStatus(200, member.get(`/registrations/${draft.id}/templates/NON_SERVICE_PLEDGE`));
      expect(answer.headers.get('content-disposition')).to.include(encodeURIComponent('非职务创作保证书.docx'));
      const text = strFromU8(unzipSync(answer.bytes)['word/document.xml'] ?? new Uint8Array());
      expect(text).to.include('鹤华抱枕').and.to.include('测试员');
      expect(text).to.not.match(/\d{17}[\dX]/);
      const others = await stranger.get(`/registrations/${draft.id}/templates/GUARANTEE`);
      expect(others.code).to.equal('registration-not-found');
      expect((await member.get(`/registrations/${draft.id}/templates/SAMPLE`)).code).to.equal('invalid-request');
    });

    it('when it was saved in another window › is not overwritten', async () => {
      const draft = await draftRegistration(member);
      await expectStatus(200, save(draft, { title: '鹤华' }));
      expect((await save(draft, { title: '青花' })).code).to.equal('version-conflict');
    });

    it("when it names another's file › does not find it", async () => {
      const draft = await draftRegistration(member);
      const uploadId = await uploadFile(stranger, '合同.pdf', paper('another'));
      const { body } = await expectStatus(422, save(draft, { documents: [{ kind: 'OTHER', uploadId }] }));
      expect(faultsOf(body)).to.deep.equal(['documents.0 not-found']);
    });

    const PAGE = Buffer.from('<!doctype html><script>alert(1)</script>');
    const DRAWING = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const PROGRAM = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(512)]);
    for (const [what, kind, name, bytes, fault] of [
      ['a paper is neither PDF, Word file nor picture', 'OTHER', '说明.txt', Buffer.from('words'), 'type-not-allowed'],
      ['a paper is a page with a script under the name of a PDF', 'GUARANTEE', '保证书.pdf', PAGE, 'type-not-allowed'],
      ['a paper is a program under the name of a Word file', 'OTHER', '合同.docx', PROGRAM, 'type-not-allowed'],
      ['a paper is a PDF under the name of a picture', 'OTHER', '合同.jpg', paper('jpg'), 'type-mismatch'],
      ['a paper is a PDF under the name of a page', 'GUARANTEE', '合同.html', paper('html'), 'type-mismatch'],
      ['a sample is a drawing with a script under the name of a picture', 'SAMPLE', '图.png', DRAWING, 'type-mismatch'],
      ['a sample is a program', 'SAMPLE', '图.exe', PROGRAM, 'type-not-allowed'],
    ] as const)
      it(`when ${what} › is refused`, async () => {
        const draft = await draftRegistration(member);
        const uploadId = await uploadFile(member, name, bytes);
        const { body } = await expectStatus(422, save(draft, { documents: [{ kind, uploadId }] }));
        expect(faultsOf(body)).to.deep.equal([`documents.0 ${fault}`]);
      });

    it('when a sample is a page with a script › is only ever downloaded', async () => {
      const draft = await draftRegistration(member);
      const uploadId = await uploadFile(member, '作品.html', PAGE);
      await expectStatus(200, save(draft, { documents: [{ kind: 'SAMPLE', uploadId }] }));
      const address = `/registrations/${draft.id}/files/${uploadId}`;
      const { headers } = await expectStatus(200, member.get(`${address}/content`));
      expect(headers.get('content-type')).to.equal('application/octet-stream');
      expect(headers.get('content-disposition')).to.match(/^attachment;/);
      expect(headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox");
      expect((await member.get(`${address}/thumbnail`)).code).to.equal('file-not-found');
    });

    it('when title and names hold markup › keeps them as they are, and no document takes them for its own', async () => {
      const title = `</w:t></w:r><w:p/>{{7*7}} & "鹤" =1+1 [x](javascript:1)`;
      const draft = await draftRegistration(member);
      const authors = [{ source: 'named', name: `<w:fldSimple w:instr="INCLUDETEXT c:\\x"/>` }];
      const { body } = await expectStatus(200, save(draft, { title, authors, agent: authors[0] }));
      expect(body.form).to.deep.include({ title, authors });
      const saved = await readRegistration(member, draft.id);
      for (const { kind } of saved.demands.filter(({ hasTemplate }: Order) => hasTemplate)) {
        const { bytes } = await expectStatus(200, member.get(`/registrations/${draft.id}/templates/${kind}`));
        const text = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
        expect(text).to.include('&lt;/w:t&gt;&lt;/w:r&gt;&lt;w:p/&gt;').and.not.include('<w:p/>');
        expect(text).not.to.include('<w:fldSimple');
      }
    });
  });

  describe('a submission', () => {
    it('when it lacks everything › names every field at once', async () => {
      const draft = await draftRegistration(member);
      const body = { version: draft.version, priceFen: 3_000 };
      const answer = await expectStatus(422, member.post(`/registrations/${draft.id}/submission`, body));
      expect(faultsOf(answer.body)).to.have.members([
        'publication missing',
        'ownership missing',
        'rights missing',
        'aiUse missing',
        'documents.GUARANTEE missing',
      ]);
      const asked = await expectStatus(422, member.post(`/registrations/${draft.id}/completeness`, {}));
      expect(faultsOf(asked.body)).to.have.members(faultsOf(answer.body));
    });

    for (const [what, changes, faults] of [
      ['is of software', { workType: 'SOFTWARE' }, ['workType not-registrable']],
      [
        'was published before it was completed',
        { publication: { status: 'PUBLISHED', firstPublishedOn: '2020-01-01', country: '中国', city: '济南' } },
        ['publication.firstPublishedOn out-of-range'],
      ],
      [
        'is joint with one owner',
        { ownership: 'JOINT' },
        ['owners too-few', 'documents.COOPERATION_AGREEMENT missing', 'documents.1 not-an-option'],
      ],
      ['is applied for by somebody who owns nothing', { owners: [] }, ['owners missing', 'applicants.0 mismatch']],
      ['claims other rights without words', { rightsNote: '' }, ['rightsNote missing']],
      ['has a medium without a count', { electronic: { kind: 'CD_ROM' } }, ['electronic.count missing']],
      ['used artificial intelligence and does not say how', { aiUse: { isUsed: true } }, ['aiUse.note missing']],
    ] as const)
      it(`when it ${what} › is refused`, async () => {
        const draft = await draftRegistration(member);
        const form = await completeForm(member, draft, changes);
        const saved = await expectStatus(200, save(draft, form));
        const body = { version: saved.body.version, priceFen: 3_000 };
        const answer = await expectStatus(422, member.post(`/registrations/${draft.id}/submission`, body));
        expect(faultsOf(answer.body)).to.have.members(faults);
      });

    it('when the price is another one by now › is refused, and frozen at the new one', async () => {
      const { id, version } = await savedRegistration(member);
      const admin = await staffMember(portal, 'admin');
      const submit = (priceFen: number) => member.post(`/registrations/${id}/submission`, { version, priceFen });
      await changeSettings(admin, { registrationFen: 5_000 });
      const refused = await submit(3_000);
      expect(refused.code).to.equal('price-changed');
      const { body } = await expectStatus(200, submit(5_000));
      await changeSettings(admin, { registrationFen: 3_000 });
      expect(body).to.include({ state: 'AWAITING_PAYMENT' });
      expect((await readRegistration(member, id)).fee).to.deep.equal({ ...FEE, priceFen: 5_000 });
    });

    it('when registration costs nothing › goes to review at once', async () => {
      const { id, version } = await savedRegistration(member);
      const admin = await staffMember(portal, 'admin');
      await changeSettings(admin, { registrationFen: 0 });
      const { body } = await expectStatus(
        200,
        member.post(`/registrations/${id}/submission`, { version, priceFen: 0 }),
      );
      await changeSettings(admin, { registrationFen: 3_000 });
      expect(body).to.include({ state: 'INITIAL_REVIEW', payment: null });
    });

    it('when the attestation of the work is paid › is free, and says which payment makes it so', async () => {
      const order = await paidOrder(member);
      const registration = await submittedRegistration(member, order.workId);
      expect(registration).to.include({ state: 'INITIAL_REVIEW', payment: null });
      expect(registration.fee).to.deep.equal({ ...FEE, waivedBy: order.orderNumber });
      expect((await member.post(`/registrations/${registration.id}/payments`, { channel: 'sandbox' })).code).to.equal(
        'state-conflict',
      );
      const [row] = await portal.db.query(
        `SELECT p.out_trade_no AS "outTradeNo" FROM registration r JOIN payment p ON p.id = r.waived_by_payment_id WHERE r.id = $1`,
        [registration.id],
      );
      expect(row).to.deep.equal({ outTradeNo: order.payment.outTradeNo });
      await orderIn('UNDER_REVIEW', member, order.id);
      await refuse(await portal.reviewer(), order.id, 'REJECT');
      const later = await readRegistration(member, registration.id);
      expect(later.fee).to.deep.equal({ ...FEE, waivedBy: order.orderNumber, isWaiverGivenBack: true });
    });

    it('when the money for the attestation went back › costs what it costs', async () => {
      const reviewer = await portal.reviewer();
      const order = await paidOrder(member);
      await orderIn('UNDER_REVIEW', member, order.id);
      await refuse(reviewer, order.id, 'REJECT');
      expect((await draftRegistration(member, order.workId)).fee).to.deep.equal({ ...FEE, priceFen: 3_000 });
    });

    it('when it is sent twice at once › is submitted once', async () => {
      const { id, version } = await savedRegistration(member);
      const submit = () => member.post(`/registrations/${id}/submission`, { version, priceFen: 3_000 });
      const answers = await Promise.all([submit(), submit(), submit()]);
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409, 409]);
    });

    it('holds its work as it is', async () => {
      const { workId } = await submittedRegistration(member);
      expect((await expectStatus(200, member.get(`/works/${workId}`))).body.isEditable).to.equal(false);
      expect((await member.delete(`/works/${workId}`)).code).to.equal('work-under-review');
      expect((await member.post('/registrations', { workId })).code).to.equal('state-conflict');
    });
  });
});
