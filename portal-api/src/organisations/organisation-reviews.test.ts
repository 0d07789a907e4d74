// SPDX-License-Identifier: Apache-2.0
// The review of organisations over HTTP: who sees what, who has taken it, and whose decision counts.
import { expect } from 'chai';
import sharp from 'sharp';
import { type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { foundOrganisation, organisationForm, staffMember } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalAnswer, type PortalClient } from '../../../test/support/portal.ts';

const REASONS = [{ field: 'creditCode', code: 'inconsistent', text: '代码与营业执照上的不一致。' }];

const WHY = { reason: '单位审核：核对执照' };

describe('the review of organisations', function () {
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

  it('when somebody is no reviewer › nothing of it is theirs', async () => {
    const member = await portal.member({ verified: true });
    const id = await foundOrganisation(await portal.member());
    const tries = [
      member.get('/staff/organisations'),
      member.get(staff(id)),
      member.post(`${staff(id)}/views`, WHY),
      member.get(`${staff(id)}/licence?view=x`),
      member.put(`${staff(id)}/assignment`),
      member.delete(`${staff(id)}/assignment`),
      decide(id, { decision: 'APPROVE' }, member),
    ];
    for (const answer of await Promise.all(tries)) expect(answer.code).to.equal('forbidden');
  });

  it('when it is listed › masks names, and finds a whole name or code only', async () => {
    const member = await portal.member();
    const form = await organisationForm(member, { name: '寻找我（山东）文化公司' });
    const { body } = await expectStatus(201, member.post('/organisations', form));
    const found = async (search: string) => {
      const query = `/staff/organisations?state=PENDING&search=${encodeURIComponent(search)}`;
      return (await expectStatus(200, reviewer.get(query))).body.items;
    };
    const [item] = await found('寻找我(山东)文化公司');
    expect(item).to.include({ id: body.id, name: '寻找*******公司', isOwn: false, takenBy: null });
    expect(item.creditCode).to.match(/^913\*{11}/);
    expect((await found(form.creditCode.toLowerCase())).map(({ id }: { id: string }) => id)).to.deep.equal([body.id]);
    for (const part of ['寻找我', '9137', "' OR 1=1 --", '%']) expect(await found(part), part).to.deep.equal([]);
  });

  it('when there are several › the list goes on where the page ended, the longest waiting first', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) ids.push(await foundOrganisation(await portal.member()));
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await reviewer.get(`/staff/organisations?state=PENDING&limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map(({ id }: { id: string }) => id));
      cursor = page.body.next;
    }
    expect(seen.filter((id) => ids.includes(id))).to.deep.equal(ids);
    expect(new Set(seen).size).to.equal(seen.length);
  });

  it('when a reviewer has taken it › nobody else decides or takes it, until it is given back', async () => {
    const id = await foundOrganisation(await portal.member());
    const other = await staffMember(portal, 'reviewer');
    await expectStatus(204, reviewer.put(`${staff(id)}/assignment`));
    expect((await expectStatus(200, other.get(staff(id)))).body).to.include({ isTakenByMe: false });
    expect((await other.put(`${staff(id)}/assignment`)).code).to.equal('review-conflict');
    expect((await decide(id, { decision: 'APPROVE' }, other)).code).to.equal('review-conflict');
    expect((await other.delete(`${staff(id)}/assignment`)).code).to.equal('forbidden');
    const mine = (await expectStatus(200, reviewer.get('/staff/organisations?taken=mine'))).body.items;
    expect(mine.map((item: { id: string }) => item.id)).to.deep.equal([id]);
    await expectStatus(204, (await staffMember(portal, 'senior-reviewer')).delete(`${staff(id)}/assignment`));
    await expectStatus(200, decide(id, { decision: 'APPROVE' }, other));
    expect((await decide(id, { decision: 'APPROVE' })).code).to.equal('review-conflict');
  });

  it('when it is their own organisation › may look, not take or decide', async () => {
    const own = await staffMember(portal, 'reviewer');
    const id = await foundOrganisation(own);
    expect((await expectStatus(200, own.get(staff(id)))).body.isOwn).to.equal(true);
    expect((await own.put(`${staff(id)}/assignment`)).code).to.equal('forbidden');
    expect((await decide(id, { decision: 'APPROVE' }, own)).code).to.equal('forbidden');
  });

  it('when it is read › is masked, and an auditor gets no more than that', async () => {
    const member = await portal.member();
    const form = await organisationForm(member, { name: '遮掩（山东）文化公司' });
    const { id } = (await expectStatus(201, member.post('/organisations', form))).body;
    const auditor = await staffMember(portal, 'auditor');
    for (const client of [reviewer, auditor]) {
      const { body } = await expectStatus(200, client.get(staff(id)));
      expect(body).to.not.have.property('address');
      for (const value of [form.name, form.creditCode, form.phone, form.representative, form.email, form.address])
        expect(JSON.stringify(body)).to.not.include(value);
    }
    expect((await auditor.post(`${staff(id)}/views`, WHY)).code).to.equal('forbidden');
    expect((await auditor.get(`${staff(id)}/licence?view=x`)).code).to.equal('forbidden');
  });

  it('when it is looked at › asks why, records it before, and marks the licence with its viewer', async () => {
    const member = await portal.member();
    const form = await organisationForm(member);
    const { id } = (await expectStatus(201, member.post('/organisations', form))).body;
    for (const reason of ['', '查', `核对 ${form.creditCode}`])
      expect((await reviewer.post(`${staff(id)}/views`, { reason })).code, reason).to.equal('invalid-request');
    const open = async (by: PortalClient) => (await expectStatus(201, by.post(`${staff(id)}/views`, WHY))).body;
    const { token, ...seen } = await open(reviewer);
    const { name, creditCode, phone, representative, email, address } = form;
    expect(seen).to.include({ name, creditCode, phone, representative, email, address });
    const licence = (by: PortalClient, view: string) => by.get(`${staff(id)}/licence?view=${view}`);
    const picture = await expectStatus(200, licence(reviewer, token));
    expect(picture.headers.get('cache-control')).to.equal('private, no-store');
    expect((await sharp(picture.bytes).metadata()).format).to.equal('jpeg');
    const other = await staffMember(portal, 'reviewer');
    expect((await licence(other, token)).code, "another's view").to.equal('view-expired');
    expect((await reviewer.get(`${staff(id)}/licence`)).fields).to.deep.equal(['view: missing']);
    const elsewhere = await foundOrganisation(await portal.member());
    expect((await reviewer.get(`${staff(elsewhere)}/licence?view=${token}`)).code).to.equal('view-expired');
    const theirs = await expectStatus(200, licence(other, (await open(other)).token));
    expect(await shareOfOtherPixels(picture.bytes, theirs.bytes), 'each is marked with its viewer').to.be.above(0.001);
    const rows = await portal.db.query<{ action: string; detail: string }>(
      `SELECT action, detail FROM audit WHERE subject = $1 AND action LIKE 'organisation.look%' ORDER BY seq`,
      [`organisation:${id}`],
    );
    const [look, atLicence] = ['organisation.look', 'organisation.look-licence'];
    expect(rows.map(({ action }) => action)).to.deep.equal([look, atLicence, look, atLicence]);
    expect(JSON.parse(rows[0]?.detail ?? '')).to.deep.equal(WHY);
  });

  it('when two reviewers decide at once › one decision counts', async () => {
    const id = await foundOrganisation(await portal.member());
    const other = await staffMember(portal, 'reviewer');
    await Promise.all([reviewer.csrfHeader(), other.csrfHeader()]);
    const answers = await Promise.all([
      decide(id, { decision: 'APPROVE' }),
      decide(id, { decision: 'REJECT', reasons: REASONS }, other),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
  });

  it('four eyes › when the setting asks for them › two different reviewers have to approve', async () => {
    const strict = await startOrdersPortal({ ORGANISATION_FOUR_EYES: 'true' });
    try {
      const [one, two] = [await strict.reviewer(), await staffMember(strict, 'reviewer')];
      const member = await strict.member();
      const id = await foundOrganisation(member);
      await expectStatus(200, decide(id, { decision: 'APPROVE' }, one));
      expect((await member.get('/organisations/current')).body.state).to.equal('PENDING');
      expect((await decide(id, { decision: 'APPROVE' }, one)).code).to.equal('review-conflict');
      await expectStatus(200, decide(id, { decision: 'APPROVE' }, two));
      expect((await member.get('/organisations/current')).body.state).to.equal('VERIFIED');
    } finally {
      await strict.stop();
    }
  });
});

/** Of two pictures of one size: how many pixels differ clearly. */
async function shareOfOtherPixels(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((bytes) => sharp(bytes).greyscale().raw().toBuffer()));
  if (!a || a.length !== b?.length) throw new RangeError('pictures of different sizes');
  return a.filter((value, place) => Math.abs(value - (b[place] ?? 0)) > 16).length / a.length;
}
