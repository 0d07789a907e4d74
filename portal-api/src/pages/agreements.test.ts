// SPDX-License-Identifier: Apache-2.0
// Agreeing to newer versions of the terms and the privacy notice, over HTTP.
import { expect } from 'chai';
import { foundOrganisation } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalClient, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { accountIdOf, type StaffMember, staffMember } from '../../../test/support/staff.ts';
import type { Agreement } from './agreements.schema.ts';

type Slug = Agreement['slug'];

describe('agreements', function () {
  this.timeout(120_000);
  let portal: TestPortal;
  let admin: StaffMember;
  before(async () => {
    portal = await startPortal();
    admin = await staffMember(portal, 'admin');
  });
  after(() => portal.stop());

  const newest = async (slug: Slug): Promise<number> =>
    (await expectStatus(200, portal.visitor().get(`/pages/${slug}`))).body.version;
  /** Saves a newer version, and answers its number. */
  const renew = async (slug: Slug): Promise<number> => {
    const text = { title: '协议', body: '新的一版。' };
    const form = { zh: text, en: text, note: '改写', basedOn: await newest(slug) };
    return (await expectStatus(200, admin.put(`/staff/pages/${slug}`, form))).body.version;
  };
  const of = async (member: PortalClient, slug: Slug, path = '/me'): Promise<Agreement> => {
    const { agreements } = (await expectStatus(200, member.get(path))).body;
    expect(agreements.map((each: Agreement) => each.slug)).to.deep.equal(['terms', 'privacy']);
    return agreements.find((each: Agreement) => each.slug === slug);
  };
  const accept = (member: PortalClient, ...agreements: { slug: string; version: number }[]) =>
    member.post('/me/agreements', { agreements });

  it('when nobody is logged in › asks to log in; when the form is wrong › names the fields', async () => {
    const visitor = portal.visitor();
    expect(await accept(visitor, { slug: 'terms', version: 1 })).to.include({ status: 401, code: 'unauthenticated' });
    const member = await portal.member();
    const wrong = { agreements: [{ slug: 'about', version: 0 }], accountId: await accountIdOf(portal, admin) };
    const { status, fields } = await member.post('/me/agreements', wrong);
    expect(status).to.equal(422);
    expect(fields).to.have.members([
      'agreements.0.slug: not-an-option',
      'agreements.0.version: out-of-range',
      'accountId: unknown',
    ]);
    expect(await accept(member)).to.deep.include({ status: 422, fields: ['agreements: too-few'] });
  });

  it('when somebody registers › they have agreed to the newest versions, whatever comes later', async () => {
    const member = await portal.member();
    const first = await of(member, 'privacy');
    expect(first.accepted.version).to.equal(first.current.version);
    const version = await renew('privacy');
    for (const path of ['/me', '/me/consents']) {
      const now = await of(member, 'privacy', path);
      expect(now.accepted).to.deep.equal(first.accepted);
      expect(now.current.version).to.equal(version);
    }
    expect((await of(await portal.member(), 'privacy')).accepted.version).to.equal(version);
  });

  it('when an older version or one that is not there is accepted › answers version-conflict and records nothing', async () => {
    const member = await portal.member();
    const [old, current] = [await newest('terms'), await renew('terms')];
    const privacy = { slug: 'privacy', version: await renew('privacy') };
    for (const version of [old, current + 1]) {
      const answer = await accept(member, privacy, { slug: 'terms', version });
      expect(answer).to.include({ status: 409, code: 'version-conflict' });
    }
    for (const slug of ['terms', 'privacy'] as const) {
      const { accepted, current: asked } = await of(member, slug);
      expect(accepted.version, slug).to.equal(asked.version - 1);
    }
  });

  it('when the newest is accepted, many times and at once › records it once, with its time, for this member alone', async () => {
    const [member, other] = [await portal.member(), await portal.member()];
    const version = await renew('terms');
    const before = await of(other, 'terms');
    await member.csrfHeader();
    const answers = await Promise.all([1, 2, 3].map(() => accept(member, { slug: 'terms', version })));
    expect(answers.map(({ status }) => status)).to.deep.equal([204, 204, 204]);
    const { accepted } = await of(member, 'terms');
    expect(accepted.version).to.equal(version);
    expect(Date.parse(accepted.at)).to.be.at.least(Date.parse(before.accepted.at));
    await expectStatus(204, accept(member, { slug: 'terms', version }));
    expect((await of(member, 'terms', '/me/consents')).accepted).to.deep.equal(accepted);
    expect(await of(other, 'terms')).to.deep.equal(before);
    const actor = `account:${await accountIdOf(portal, member)}`;
    const rows = await portal.db.query(`SELECT detail FROM audit WHERE action = 'account.agree' AND actor = $1`, [
      actor,
    ]);
    expect(rows.map(({ detail }) => JSON.parse(String(detail)))).to.deep.equal([{ page: 'terms', version }]);
  });

  it('when a manager accepts while acting for the organisation › it is the person who agreed', async () => {
    const manager = await portal.member();
    const organisationId = await foundOrganisation(manager);
    expect((await expectStatus(200, manager.get('/me'))).body.actingFor).to.equal(organisationId);
    const version = await renew('terms');
    await expectStatus(204, accept(manager, { slug: 'terms', version }));
    await expectStatus(204, manager.put('/session/acting', { organisationId: null }));
    expect((await of(manager, 'terms')).accepted.version).to.equal(version);
  });

  it('when a newer version was not accepted › nothing else is refused', async () => {
    const member = await portal.member({ verified: true });
    await renew('terms');
    await expectStatus(200, member.get('/works'));
  });

  it('when somebody who owns the tables tries to change what was agreed to › the database refuses', async () => {
    const member = await portal.member();
    await expectStatus(204, accept(member, { slug: 'terms', version: await renew('terms') }));
    for (const statement of [
      'UPDATE agreement SET accepted_at = now()',
      'DELETE FROM agreement',
      'TRUNCATE agreement',
    ]) {
      const outcome = await portal.db.query(statement).then(
        () => 'changed',
        (error: Error) => String(error.cause ?? error),
      );
      expect(outcome, statement).to.include('agreements are never changed');
    }
  });
});
