// SPDX-License-Identifier: Apache-2.0
// Real name of an organisation over HTTP: what it states, its review by staff, and what its state lets it do.
import { expect } from 'chai';
import sharp from 'sharp';
import { type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import {
  actFor,
  approveOrganisation,
  foundOrganisation,
  join,
  newCreditCode,
  organisationForm,
} from '../../../test/support/organisations.ts';
import { expectStatus, type PortalAnswer, type PortalClient, photo } from '../../../test/support/portal.ts';

const REASONS = [
  { field: 'creditCode', code: 'inconsistent', text: '代码与营业执照上的不一致。' },
  { field: 'licenceImageId', code: 'unclear', text: '图片反光，请重新拍摄。' },
];

describe('organisations over HTTP', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let reviewer: PortalClient;
  before(async () => {
    portal = await startOrdersPortal({});
    reviewer = await portal.reviewer();
  });
  after(() => portal.stop());

  const staff = (id: string) => `/staff/organisations/${id}`;
  const decide = (id: string, decision: object, by = reviewer): Promise<PortalAnswer> =>
    by.post(`${staff(id)}/decision`, { version: 1, reasons: [], ...decision });
  const current = async (member: PortalClient) => (await expectStatus(200, member.get('/organisations/current'))).body;

  it('G62–G68 the form › when every field is wrong › names them all at once', async () => {
    const member = await portal.member();
    const answer = await member.post('/organisations', {
      name: 'x',
      creditCode: '913205112565M236',
      licenceImageId: 'no id',
      phone: '88886666',
      representative: '1',
      email: 'a@b@c',
      address: 'x',
      consent: false,
    });
    expect(answer).to.include({ status: 422, code: 'invalid-request' });
    expect(answer.fields).to.deep.equal([
      'address: too-short',
      'consent: consent-missing',
      'creditCode: malformed',
      'email: malformed',
      'licenceImageId: malformed',
      'name: too-short',
      'phone: malformed',
      'representative: malformed',
    ]);
    expect((await member.post('/organisations', {})).fields).to.have.length(8);
  });

  it('G63 统一社会信用代码 › when its check character is wrong › says so beside every other fault, and takes it once it is confirmed', async () => {
    const member = await portal.member();
    const good = newCreditCode();
    const creditCode = good.slice(0, 17) + (good.endsWith('0') ? '1' : '0');
    const form = await organisationForm(member, { creditCode });
    const wrong = await member.post('/organisations', { ...form, phone: '1' });
    expect(wrong.fields).to.deep.equal(['creditCode: checksum-wrong', 'phone: malformed']);
    const { body } = await expectStatus(201, member.post('/organisations', { ...form, isCodeConfirmed: true }));
    const seen = (await expectStatus(200, reviewer.get(staff(body.id)))).body;
    expect(seen).to.include({ isCodeIrregular: true });
  });

  it('G64 营业执照 › when it is somebody else’s, or a picture of a card › is not found', async () => {
    const [member, other] = [await portal.member(), await portal.member()];
    const theirs = await organisationForm(other);
    const card = await member.sendBytes('POST', '/identity/images?side=front', await photo(), {
      'Content-Type': 'image/jpeg',
    });
    for (const licenceImageId of [theirs.licenceImageId, card.body.id]) {
      const answer = await member.post('/organisations', await organisationForm(member, { licenceImageId }));
      expect(answer.fields).to.deep.equal(['licenceImageId: not-found']);
    }
  });

  it('G64 营业执照 › when it is stored › is encrypted, upright and without metadata', async () => {
    const member = await portal.member();
    const original = await sharp(await photo(600, 400))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { body } = await expectStatus(
      201,
      member.sendBytes('POST', '/organisations/licences', original, { 'Content-Type': 'image/jpeg' }),
    );
    const [row] = await portal.db.query('SELECT cipher FROM private_image WHERE id = $1', [body.id]);
    const { exif, width, height } = await sharp(
      portal.vault.decrypt(row?.cipher, `private_image:${body.id}`),
    ).metadata();
    expect({ exif, width, height }).to.deep.equal({ exif: undefined, width: 400, height: 600 });
  });

  it('G69–G71 › when it is saved › waits for its review, and everything else waits with it', async () => {
    const member = await portal.member();
    const id = await foundOrganisation(member);
    expect(await current(member)).to.deep.include({ id, state: 'PENDING', role: 'MANAGER', reasons: [] });
    expect((await member.get('/me')).body).to.deep.include({ actingFor: id, isVerified: false });
    for (const path of ['/works', '/attestations', '/organisations/current/members'])
      expect((await member.get(path)).code).to.equal('identity-required');
    const invitation = { phone: '13900000001', role: 'CLERK' };
    expect((await member.post('/organisations/current/invitations', invitation)).code).to.equal('identity-required');
    expect((await member.post('/organisations', await organisationForm(member))).code).to.equal('state-conflict');
  });

  it('G71 › when a reviewer rejects it › shows the date and every reason, and the next save waits again', async () => {
    const member = await portal.member();
    const id = await foundOrganisation(member);
    expect((await decide(id, { decision: 'REJECT' })).fields).to.deep.equal(['reasons: missing']);
    expect((await decide(id, { decision: 'APPROVE', reasons: REASONS })).fields).to.deep.equal([
      'reasons: not-an-option',
    ]);
    await expectStatus(200, decide(id, { decision: 'REJECT', reasons: REASONS }));
    const rejected = await current(member);
    expect(rejected).to.deep.include({ state: 'REJECTED', reasons: REASONS });
    expect(Date.now() - Date.parse(rejected.stateAt)).to.be.below(60_000);
    expect((await member.get('/works')).code).to.equal('identity-required');
    const { form } = (await expectStatus(200, member.get('/organisations/form'))).body;
    const again = { ...form, name: '青釉文化有限公司', consent: true };
    await expectStatus(200, member.put('/organisations/current', again));
    expect(await current(member)).to.deep.include({ state: 'PENDING', version: 2, reasons: [] });
    expect((await decide(id, { decision: 'APPROVE' })).code).to.equal('review-conflict');
    await expectStatus(200, decide(id, { version: 2, decision: 'APPROVE' }));
    expect(await current(member)).to.deep.include({ state: 'VERIFIED', name: '青釉文化有限公司' });
  });

  it('G61, G70 › when it is approved › its manager works for it without a name of their own', async () => {
    const member = await portal.member();
    const id = await foundOrganisation(member);
    await approveOrganisation(reviewer, id);
    expect((await member.get('/me')).body.isVerified).to.equal(true);
    await expectStatus(200, member.get('/works'));
    await actFor(member, null);
    expect((await member.get('/works')).code).to.equal('identity-required');
  });

  it('an edit › when the organisation is verified › is reviewed again, and the version before stays', async () => {
    const member = await portal.member();
    const id = await foundOrganisation(member);
    await approveOrganisation(reviewer, id);
    const { form } = (await expectStatus(200, member.get('/organisations/form'))).body;
    const contact = { ...form, phone: '400-123-4567', email: 'new@example.org', consent: true };
    await expectStatus(200, member.put('/organisations/current', contact));
    expect(await current(member)).to.deep.include({ state: 'VERIFIED', version: 2, email: 'n***@example.org' });
    await expectStatus(200, member.put('/organisations/current', { ...contact, name: '新名文化有限公司' }));
    expect(await current(member)).to.deep.include({ state: 'PENDING', version: 3, verifiedAt: null });
    const rows = await portal.db.query<{ version: number; is_old: boolean; is_verified: boolean }>(
      `SELECT version, superseded_at IS NOT NULL AS is_old, verified_at IS NOT NULL AS is_verified
       FROM organisation_version WHERE organisation_id = $1 ORDER BY version`,
      [id],
    );
    expect(rows).to.deep.equal([
      { version: 1, is_old: true, is_verified: true },
      { version: 2, is_old: true, is_verified: true },
      { version: 3, is_old: false, is_verified: false },
    ]);
  });

  it('a clerk › when they save, or read the form › is forbidden', async () => {
    const [manager, clerk] = [await portal.member(), await portal.member()];
    const id = await foundOrganisation(manager);
    await approveOrganisation(reviewer, id);
    await join(manager, clerk, 'CLERK');
    await actFor(clerk, id);
    const form = await organisationForm(clerk);
    expect((await clerk.put('/organisations/current', form)).code).to.equal('forbidden');
    expect((await clerk.get('/organisations/form')).code).to.equal('forbidden');
    expect(await current(clerk)).to.deep.include({ role: 'CLERK', state: 'VERIFIED' });
  });

  it('a credit code › when a verified organisation has it › is refused to others, also to one that waited', async () => {
    const [first, second] = [await portal.member(), await portal.member()];
    const creditCode = newCreditCode();
    const [one, two] = [
      await foundOrganisation(first, { creditCode }),
      await foundOrganisation(second, { creditCode }),
    ];
    expect((await expectStatus(200, reviewer.get(staff(two)))).body.sameCode).to.deep.equal([
      { id: one, state: 'PENDING' },
    ]);
    await approveOrganisation(reviewer, one);
    expect((await decide(two, { decision: 'APPROVE' })).code).to.equal('organisation-known');
    const third = await portal.member();
    const answer = await third.post('/organisations', await organisationForm(third, { creditCode }));
    expect([answer.status, answer.code]).to.deep.equal([409, 'organisation-known']);
  });

  it('the draft › when it was left half typed › comes back, encrypted, and goes with the save', async () => {
    const member = await portal.member();
    await expectStatus(204, member.put('/organisations/form', { name: '青釉', creditCode: '9137' }));
    const kept = (await expectStatus(200, member.get('/organisations/form'))).body;
    expect(kept.form).to.deep.include({ name: '青釉', creditCode: '9137', email: '' });
    expect(kept.savedAt).to.be.a('string');
    await foundOrganisation(member);
    const form = (await expectStatus(200, member.get('/organisations/form'))).body;
    expect(form.savedAt).to.equal(null);
    expect(form.form.name).to.match(/^青釉文化/);
  });
});
