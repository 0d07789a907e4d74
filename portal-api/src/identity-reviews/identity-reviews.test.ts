// SPDX-License-Identifier: Apache-2.0
// Passports and old cards over HTTP: what is refused, who may look and decide, and what the member sees of it.
import { expect } from 'chai';
import sharp from 'sharp';
import { eventually } from '../../../test/support/eventually.ts';
import { newPassport, passportForm, sendImage, submitPassport } from '../../../test/support/passports.ts';
import {
  expectStatus,
  type PortalAnswer,
  type PortalClient,
  type PortalMember,
  startPortal,
  type TestPortal,
  verify,
} from '../../../test/support/portal.ts';
import { accountIdOf, staffMember } from '../../../test/support/staff.ts';

const REASONS = [{ field: 'expiresOn', code: 'inconsistent', text: '有效期与资料页不一致。' }];
const WHY = { reason: '实名审核：核对护照资料页' };

describe('real names that staff review', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  let reviewer: PortalMember;
  before(async () => {
    portal = await startPortal();
    reviewer = await staffMember(portal, 'reviewer');
  });
  after(() => portal.stop());

  const submit = (member: PortalClient, form: object) => member.put('/identity/submission', form);
  const staff = (id: string) => `/staff/identities/${id}`;
  const decide = (id: string, decision: object, by: PortalClient = reviewer): Promise<PortalAnswer> =>
    by.post(`${staff(id)}/decision`, { version: 1, reasons: [], ...decision });

  /** The id under which staff see it. */
  async function submitted(member: PortalMember, changes: Record<string, string> = {}): Promise<string> {
    await submitPassport(member, changes);
    const account = await accountIdOf(portal, member);
    const [row] = await portal.db.query('SELECT id FROM identity WHERE account_id = $1 AND superseded_at IS NULL', [
      account,
    ]);
    return String(row?.id);
  }

  describe('PUT /identity/submission', () => {
    it('when every field is wrong › names them all at once', async () => {
      const form = {
        documentType: 'PASSPORT',
        name: '1',
        idNumber: 'NO-NUMBER!',
        nationality: 'XX',
        birthDate: '1990-02-30',
        expiresOn: '2020-01-01',
        email: 'a@b@c',
        address: 'x',
        frontImageId: 'no id',
        consent: false,
      };
      expect((await submit(await portal.member(), form)).fields).to.deep.equal([
        'address: too-short',
        'birthDate: malformed',
        'consent: consent-missing',
        'email: malformed',
        'expiresOn: expired',
        'frontImageId: malformed',
        'idNumber: malformed',
        'name: malformed',
        'nationality: not-an-option',
      ]);
    });

    it('when the number has another form than its document › calls it malformed', async () => {
      const member = await portal.member();
      const numberOf = async (documentType: string, idNumber: string) =>
        (await submit(member, await passportForm(member, { documentType, idNumber }))).fields;
      for (const number of ['E12', 'ABCDEFGH', 'E1234567-8', 'E'.padEnd(21, '1')])
        expect(await numberOf('PASSPORT', number), number).to.deep.equal(['idNumber: malformed']);
      for (const number of ['US123456789012', 'USA12345678901', '937840199003072417'])
        expect(await numberOf('FOREIGN_PR', number), number).to.include('idNumber: malformed');
    });

    it('when a card of before 2023 comes without its back › asks for it, and takes it with both', async () => {
      const member = await portal.member();
      const form = await passportForm(member, { documentType: 'FOREIGN_PR', idNumber: 'usa 3701 9003 0724' });
      expect((await submit(member, form)).fields).to.deep.equal(['backImageId: missing']);
      const backImageId = await sendImage(member, 'back');
      const { body } = await expectStatus(200, submit(member, { ...form, backImageId }));
      expect(body).to.include({ state: 'PENDING', documentType: 'FOREIGN_PR', idNumber: 'USA********0724' });
    });

    it('when somebody is under 14, or not born yet › refuses, for nothing in the number says it', async () => {
      const member = await portal.member();
      const year = new Date().getFullYear();
      const faultsOf = async (birthDate: string) =>
        (await submit(member, await passportForm(member, { birthDate }))).fields;
      expect(await faultsOf(`${year - 10}-03-07`)).to.deep.equal(['birthDate: guardian-needed']);
      expect(await faultsOf(`${year + 1}-03-07`)).to.deep.equal(['birthDate: in-future']);
      expect(await faultsOf('1899-12-31')).to.deep.equal(['birthDate: out-of-range']);
    });

    it("when the picture is another member's › does not find it", async () => {
      const [member, other] = [await portal.member(), await portal.member()];
      const form = await passportForm(member, { frontImageId: await sendImage(other, 'front') });
      expect((await submit(member, form)).fields).to.deep.equal(['frontImageId: not-found']);
    });

    it('when the document has verified another account › refuses; of another country it is another document', async () => {
      const [first, second] = [await portal.member(), await portal.member()];
      const idNumber = newPassport();
      await expectStatus(200, decide(await submitted(first, { idNumber }), { decision: 'APPROVE' }));
      expect((await submit(second, await passportForm(second, { idNumber }))).code).to.equal('identity-in-use');
      const french = await passportForm(second, { idNumber, nationality: 'FR' });
      await expectStatus(200, submit(second, french));
    });

    it('waits for its review: masked, without any right, and nothing of it in clear in the database', async () => {
      const member = await portal.member();
      const idNumber = newPassport();
      const { body } = await submitPassport(member, { idNumber });
      expect(body).to.deep.include({
        state: 'PENDING',
        documentType: 'PASSPORT',
        version: 1,
        hasImages: true,
        reasons: [],
      });
      expect(body.idNumber).to.match(/^\w{3}\*+\w{4}$/);
      expect((await member.get('/me')).body.isVerified).to.equal(false);
      expect((await member.get('/works')).code).to.equal('identity-required');
      for (const table of ['identity', 'audit', 'outbox']) {
        for (const { text } of await portal.db.query(`SELECT t::text AS text FROM ${table} t`))
          for (const secret of [idNumber, 'ERIKSSON', '1988-05-06'])
            expect(text, table).to.not.include(secret).and.to.not.include(Buffer.from(secret).toString('hex'));
      }
    });
  });

  it('when somebody is no reviewer › nothing of it is theirs', async () => {
    const member = await portal.member({ verified: true });
    const id = await submitted(await portal.member());
    const tries = [
      member.get('/staff/identities'),
      member.get(staff(id)),
      member.post(`${staff(id)}/views`, WHY),
      member.get(`${staff(id)}/pictures/front?view=1`),
      member.put(`${staff(id)}/assignment`),
      member.delete(`${staff(id)}/assignment`),
      decide(id, { decision: 'APPROVE' }, member),
    ];
    for (const answer of await Promise.all(tries)) expect(answer.code).to.equal('forbidden');
  });

  it('when it is their own › may look, not take or decide', async () => {
    const own = await staffMember(portal, 'reviewer');
    const id = await submitted(own);
    expect((await expectStatus(200, own.get(staff(id)))).body.isOwn).to.equal(true);
    expect((await own.put(`${staff(id)}/assignment`)).code).to.equal('forbidden');
    expect((await decide(id, { decision: 'APPROVE' }, own)).code).to.equal('forbidden');
  });

  it('when a reviewer has taken it › nobody else decides or takes it, until it is given back', async () => {
    const id = await submitted(await portal.member());
    const other = await staffMember(portal, 'reviewer');
    await expectStatus(204, reviewer.put(`${staff(id)}/assignment`));
    expect((await other.put(`${staff(id)}/assignment`)).code).to.equal('review-conflict');
    expect((await decide(id, { decision: 'APPROVE' }, other)).code).to.equal('review-conflict');
    expect((await other.delete(`${staff(id)}/assignment`)).code).to.equal('forbidden');
    const { items } = (await expectStatus(200, reviewer.get('/staff/identities?taken=mine'))).body;
    expect(items.map((item: { id: string }) => item.id)).to.deep.equal([id]);
    await expectStatus(204, (await staffMember(portal, 'senior-reviewer')).delete(`${staff(id)}/assignment`));
    await expectStatus(200, decide(id, { decision: 'APPROVE' }, other));
  });

  it('when it is looked at › asks why, records it before, and marks the picture with its viewer', async () => {
    const id = await submitted(await portal.member());
    expect((await expectStatus(200, reviewer.get(staff(id)))).body).to.include({
      name: 'E************',
      isReplaced: false,
    });
    expect((await reviewer.post(`${staff(id)}/views`, { reason: '' })).fields).to.deep.equal(['reason: too-short']);
    const { body } = await expectStatus(201, reviewer.post(`${staff(id)}/views`, WHY));
    expect(body).to.include({ name: 'ERIKSSON ANNA', nationality: 'SE', birthDate: '1988-05-06' });
    const picture = `${staff(id)}/pictures/front?view=${body.token}`;
    const shown = await expectStatus(200, reviewer.get(picture));
    expect(shown.headers.get('cache-control')).to.equal('no-store');
    expect((await sharp(shown.bytes).metadata()).format).to.equal('jpeg');
    expect((await (await staffMember(portal, 'reviewer')).get(picture)).code).to.equal('view-expired');
    expect((await reviewer.get(picture.replace('front', 'back'))).code).to.equal('file-not-found');
    const rows = await portal.db.query('SELECT action FROM audit WHERE subject = $1 ORDER BY seq', [`identity:${id}`]);
    const actions = rows.map(({ action }) => action);
    expect(actions).to.deep.equal(['identity.submit', 'identity.look', 'identity.look-at-picture']);
  });

  it('when a decision has no reason, an old version, or comes twice › refuses it', async () => {
    const member = await portal.member();
    const id = await submitted(member);
    expect((await decide(id, { decision: 'REJECT' })).fields).to.deep.equal(['reasons: missing']);
    expect((await decide(id, { decision: 'APPROVE', reasons: REASONS })).fields).to.deep.equal([
      'reasons: not-an-option',
    ]);
    expect((await decide(id, { decision: 'APPROVE', version: 2 })).code).to.equal('review-conflict');
    const other = await staffMember(portal, 'reviewer');
    await Promise.all([reviewer.csrfHeader(), other.csrfHeader()]);
    const answers = await Promise.all([
      decide(id, { decision: 'APPROVE' }),
      decide(id, { decision: 'REJECT', reasons: REASONS }, other),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
    expect((await decide(id, { decision: 'APPROVE' })).code).to.equal('review-conflict');
  });

  it('when the member sends another one meanwhile › the old one can no longer be decided', async () => {
    const member = await portal.member();
    const id = await submitted(member);
    await submitPassport(member);
    expect((await decide(id, { decision: 'APPROVE' })).code).to.equal('review-conflict');
    expect((await expectStatus(200, reviewer.get(staff(id)))).body.isReplaced).to.equal(true);
    const { items } = (await reviewer.get('/staff/identities?state=PENDING')).body;
    expect(items.some((item: { id: string }) => item.id === id)).to.equal(false);
  });

  it('when two accounts wait with one document › both are marked, and only one is verified', async () => {
    const idNumber = newPassport();
    const ids = [
      await submitted(await portal.member(), { idNumber }),
      await submitted(await portal.member(), { idNumber }),
    ];
    for (const id of ids) expect((await reviewer.get(staff(id))).body.isNumberUsed).to.equal(true);
    await expectStatus(200, decide(String(ids[0]), { decision: 'APPROVE' }));
    expect((await decide(String(ids[1]), { decision: 'APPROVE' })).code).to.equal('identity-in-use');
  });

  it('when it is returned › the member sees why, mends it, and is verified by the next decision', async () => {
    const member = await portal.member();
    const first = await submitted(member);
    await expectStatus(200, decide(first, { decision: 'REJECT', reasons: REASONS }));
    const returned = (await member.get('/identity')).body;
    expect(returned).to.deep.include({ state: 'REJECTED', reasons: REASONS });
    const { form } = (await member.get('/identity/form')).body;
    expect(form).to.include({ documentType: 'PASSPORT', name: 'ERIKSSON ANNA', nationality: 'SE', idNumber: '' });
    const idNumber = newPassport();
    const second = await submitted(member, { idNumber, frontImageId: form.frontImageId, expiresOn: '2039-01-01' });
    await expectStatus(200, decide(second, { decision: 'APPROVE', version: 2 }));
    expect((await member.get('/identity')).body).to.deep.include({ state: 'VERIFIED', reasons: [], version: 2 });
    expect((await member.get('/me')).body.isVerified).to.equal(true);
    await expectStatus(200, member.get('/works'));
    const kinds = async () => (await member.get('/messages')).body.items.map(({ kind }: { kind: string }) => kind);
    await eventually(async () => (await kinds()).length >= 2);
    expect(await kinds()).to.include.members(['identity-verified', 'identity-rejected']);
    const contact = { email: 'new@example.org', address: '山东省济南市历下区测试路2号' };
    await expectStatus(200, member.put('/identity/contact', contact));
    expect((await member.get('/identity/form')).body.form).to.include({ nationality: 'SE', address: contact.address });
    const holder = await member.get('/right-holders/self');
    expect(holder.status).to.be.oneOf([200, 404]);
  });

  it('when a verified member sends a passport › is no longer verified until staff decide', async () => {
    const member = await portal.member();
    await expectStatus(200, verify(member));
    await submitPassport(member);
    expect((await member.get('/me')).body.isVerified).to.equal(false);
  });

  it('four eyes › when the setting asks for them › two different reviewers have to approve', async () => {
    const strict = await startPortal({ environment: { IDENTITY_FOUR_EYES: 'true' } });
    try {
      const [one, two] = [await staffMember(strict, 'reviewer'), await staffMember(strict, 'reviewer')];
      const member = await strict.member();
      await submitPassport(member);
      const [waiting] = (await one.get('/staff/identities?state=PENDING')).body.items;
      await expectStatus(200, decide(waiting.id, { decision: 'APPROVE' }, one));
      expect((await member.get('/identity')).body.state).to.equal('PENDING');
      expect((await decide(waiting.id, { decision: 'APPROVE' }, one)).code).to.equal('review-conflict');
      await expectStatus(200, decide(waiting.id, { decision: 'APPROVE' }, two));
      expect((await member.get('/identity')).body.state).to.equal('VERIFIED');
    } finally {
      await strict.stop();
    }
  });
});
