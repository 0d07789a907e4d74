// SPDX-License-Identifier: Apache-2.0
// Who gives whom a role, and what locking an account does to those who are at work with it.
import { expect } from 'chai';
import { newPassport, submitPassport } from '../../../test/support/passports.ts';
import { expectStatus, newResidentId, startPortal, type TestPortal, verify } from '../../../test/support/portal.ts';
import { accountIdOf, enrol, staffMember } from '../../../test/support/staff.ts';

const reason = '岗位调整，经主管批准';

describe('roles and states of accounts', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());
  beforeEach(() => portal.db.query('DELETE FROM account_role'));

  const change = (id: string, role: string, what: string) =>
    [`/staff/accounts/${id}/role-changes`, { role, change: what, reason }] as const;
  const state = (id: string, event: string) => [`/staff/accounts/${id}/state-changes`, { event, reason }] as const;
  const lastAudit = async () =>
    (await portal.db.query('SELECT actor, action, subject, detail FROM audit ORDER BY seq DESC LIMIT 1'))[0];

  it('when a security administrator grants and withdraws a role › the open session counts with it at once, and the log says who and why', async () => {
    const [security, colleague] = [await staffMember(portal, 'security-admin'), await staffMember(portal)];
    expect((await colleague.get('/staff/attestations')).code).to.equal('forbidden');
    const granted = await expectStatus(200, security.post(...change(colleague.id, 'reviewer', 'GRANT')));
    expect(granted.body.roles.map(({ role }: { role: string }) => role)).to.deep.equal(['reviewer']);
    expect(granted.body.roles[0].grantedBy).to.equal(`account:${security.id}`);
    await expectStatus(200, colleague.get('/staff/attestations'));
    expect(await lastAudit()).to.include({
      actor: `account:${security.id}`,
      action: 'account.grant-role',
      subject: `account:${colleague.id}`,
      detail: JSON.stringify({ role: 'reviewer', reason }),
    });
    await expectStatus(200, security.post(...change(colleague.id, 'reviewer', 'WITHDRAW')));
    expect((await colleague.get('/staff/attestations')).code).to.equal('forbidden');
    expect(await lastAudit()).to.include({ action: 'account.withdraw-role' });
  });

  it('when anybody tries to raise themself › is refused, whatever they are', async () => {
    for (const role of ['reviewer', 'senior-reviewer', 'finance', 'auditor', 'admin']) {
      const member = await staffMember(portal, role);
      expect((await member.post(...change(member.id, 'security-admin', 'GRANT'))).code).to.equal('forbidden');
    }
    const security = await staffMember(portal, 'security-admin');
    for (const role of ['admin', 'reviewer', 'security-admin'])
      expect((await security.post(...change(security.id, role, 'GRANT'))).code).to.equal('own-account');
    expect((await security.post(...change(security.id, 'security-admin', 'WITHDRAW'))).code).to.equal('own-account');
    const rows = await portal.db.query('SELECT 1 FROM account_role WHERE account_id = $1', [security.id]);
    expect(rows).to.have.length(1);
  });

  it('when the last administrator would go › neither withdrawal nor lock is possible, until there is another one', async () => {
    const [security, admin] = [await staffMember(portal, 'security-admin'), await staffMember(portal, 'admin')];
    expect((await security.post(...change(admin.id, 'admin', 'WITHDRAW'))).code).to.equal('last-administrator');
    expect((await security.post(...state(admin.id, 'lock'))).code).to.equal('last-administrator');
    const second = await staffMember(portal, 'admin');
    await portal.db.query(`UPDATE account SET state = 'DISABLED' WHERE id = $1`, [second.id]);
    expect((await security.post(...state(admin.id, 'lock'))).code, 'a locked one does not count').to.equal(
      'last-administrator',
    );
    await portal.db.query(`UPDATE account SET state = 'ACTIVE' WHERE id = $1`, [second.id]);
    await expectStatus(200, security.post(...change(admin.id, 'admin', 'WITHDRAW')));
    expect((await security.post(...change(second.id, 'admin', 'WITHDRAW'))).code).to.equal('last-administrator');
  });

  it('when two security administrators remove each other at once › one of them stays', async () => {
    const [one, other] = [await staffMember(portal, 'security-admin'), await staffMember(portal, 'security-admin')];
    const answers = await Promise.all([
      one.post(...change(other.id, 'security-admin', 'WITHDRAW')),
      other.post(...change(one.id, 'security-admin', 'WITHDRAW')),
    ]);
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(await portal.db.query(`SELECT 1 FROM account_role WHERE role = 'security-admin'`)).to.have.length(1);
  });

  it('when an account is locked › its session ends, a log-in says so, and unlocking does not bring the session back', async () => {
    const [security, member] = [await staffMember(portal, 'security-admin'), await staffMember(portal)];
    const locked = await expectStatus(200, security.post(...state(member.id, 'lock')));
    expect(locked.body).to.include({ state: 'DISABLED', sessions: 0 });
    expect((await member.get('/me')).code).to.equal('unauthenticated');
    expect((await portal.visitor().logIn(member.phone, member.password)).code).to.equal('account-disabled');
    expect((await security.post(...state(member.id, 'lock'))).code).to.equal('state-conflict');
    const unlocked = await expectStatus(200, security.post(...state(member.id, 'unlock')));
    expect(unlocked.body).to.include({ state: 'ACTIVE', sessions: 0 });
    expect((await member.get('/me')).code).to.equal('unauthenticated');
    await expectStatus(204, member.logIn(member.phone, member.password));
    expect((await expectStatus(200, security.get(`/staff/accounts/${member.id}`))).body.sessions).to.equal(1);
  });

  it('when an account is closed › only without roles and open orders, and for good', async () => {
    const [security, member] = [await staffMember(portal, 'security-admin'), await staffMember(portal, 'finance')];
    expect((await security.post(...state(member.id, 'close'))).code).to.equal('account-has-roles');
    await expectStatus(200, security.post(...change(member.id, 'finance', 'WITHDRAW')));
    await expectStatus(200, security.post(...state(member.id, 'close')));
    expect((await security.post(...state(member.id, 'unlock'))).code).to.equal('state-conflict');
    expect((await security.post(...change(member.id, 'finance', 'GRANT'))).code).to.equal('state-conflict');
  });

  it('when the reason is missing, short, or names a number of a person › says so at the field', async () => {
    const [security, member] = [await staffMember(portal, 'security-admin'), await staffMember(portal)];
    for (const [text, code] of [
      ['是', 'too-short'],
      ['来电 139 0000 0001 要求', 'malformed'],
    ]) {
      const answer = await security.post(`/staff/accounts/${member.id}/state-changes`, { event: 'lock', reason: text });
      expect(answer.fields).to.deep.equal([`reason: ${code}`]);
    }
  });

  it('when duties are separate › nobody holds two of system, security and audit', async () => {
    const strict = await startPortal({ environment: { STAFF_SECURITY: 'strict' } });
    try {
      const [security, colleague] = [await staffMember(strict, 'security-admin'), await staffMember(strict, 'admin')];
      expect((await security.get('/staff/waiting')).code).to.equal('second-step-required');
      await enrol(security);
      for (const role of ['security-admin', 'auditor'])
        expect((await security.post(...change(colleague.id, role, 'GRANT'))).code).to.equal('duties-separate');
      await expectStatus(200, security.post(...change(colleague.id, 'finance', 'GRANT')));
    } finally {
      await strict.stop();
    }
  });
});

describe('searching for accounts', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  it('when a number is given exactly › finds its account, masked; a part of one finds nothing; and the log does not have it', async () => {
    const security = await staffMember(portal, 'security-admin');
    const member = await portal.member({ verified: true });
    const { userNumber } = (await member.get('/me')).body;
    const search = async (by: string, value: string) =>
      (await expectStatus(200, security.post('/staff/account-searches', { by, value }))).body.items;
    const [found] = await search('phone', `+86 ${member.phone}`);
    expect(found).to.include({ userNumber, phone: `139****${member.phone.slice(-4)}`, name: '测**', state: 'ACTIVE' });
    expect(await search('user-number', userNumber)).to.deep.equal([found]);
    const [identity] = await portal.db.query('SELECT id_number_masked FROM identity WHERE account_id = $1', [found.id]);
    const page = (await expectStatus(200, security.get(`/staff/accounts/${found.id}`))).body;
    expect(page.identity).to.include({ state: 'VERIFIED', idNumber: identity?.id_number_masked, hasImages: true });
    for (const value of [member.phone.slice(0, 10), `${member.phone}0`, "' OR 1=1 --"])
      expect(await search('phone', value), value).to.deep.equal([]);
    const wrong = await security.post('/staff/account-searches', { by: 'user-number', value: '张三' });
    expect(wrong.fields).to.deep.equal(['value: malformed']);
    const logged = await portal.db.query(
      `SELECT string_agg(detail, '') AS text FROM audit WHERE action = 'account.search'`,
    );
    expect(logged[0]?.text).to.not.include(member.phone).and.to.not.include(String(userNumber));
  });

  it('when a number of a document is given › finds everybody whose verified document has it, passports of every country', async () => {
    const [security, reviewer] = [await staffMember(portal, 'security-admin'), await staffMember(portal, 'reviewer')];
    const search = async (value: string): Promise<string[]> =>
      (await expectStatus(200, security.post('/staff/account-searches', { by: 'id-number', value }))).body.items.map(
        ({ id }: { id: string }) => id,
      );
    const idNumber = newPassport();
    const reviewed = async (nationality: string, decision: object) => {
      const member = await portal.member();
      await submitPassport(member, { idNumber, nationality });
      const account = await accountIdOf(portal, member);
      const [row] = await portal.db.query('SELECT id FROM identity WHERE account_id = $1', [account]);
      const body = { version: 1, reasons: [], ...decision };
      await expectStatus(200, reviewer.post(`/staff/identities/${row?.id}/decision`, body));
      return account;
    };
    const [swede, german] = [
      await reviewed('SE', { decision: 'APPROVE' }),
      await reviewed('DE', { decision: 'APPROVE' }),
    ];
    const reasons = [{ field: 'expiresOn', code: 'inconsistent', text: '有效期与资料页不一致。' }];
    await reviewed('FR', { decision: 'REJECT', reasons });
    expect((await search(idNumber.toLowerCase())).toSorted()).to.deep.equal([swede, german].toSorted());
    for (const part of [idNumber.slice(0, -1), `SE ${idNumber}`, `${idNumber}0`])
      expect(await search(part), part).to.deep.equal([]);
    const resident = newResidentId();
    const member = await portal.member();
    await expectStatus(200, verify(member, { idNumber: resident }));
    expect(await search(resident)).to.deep.equal([await accountIdOf(portal, member)]);
  });

  it('when telephones are tried one after the other › the budget ends it, and the log has every try', async () => {
    const strict = await startPortal({ environment: { RATE_LIMIT_SCALE: '1' } });
    try {
      const security = await staffMember(strict, 'security-admin');
      const search = (phone: number) => security.post('/staff/account-searches', { by: 'phone', value: String(phone) });
      const answers = await Promise.all(Array.from({ length: 70 }, (_, place) => search(13_700_000_000 + place)));
      expect(answers.filter(({ status }) => status === 200)).to.have.length(60);
      expect(answers.filter(({ code }) => code === 'rate-limited')).to.have.length(10);
      const tries = `SELECT count(*)::int AS count FROM audit WHERE action = 'account.search' AND actor = $1`;
      expect(await strict.db.query(tries, [`account:${security.id}`])).to.deep.equal([{ count: 60 }]);
    } finally {
      await strict.stop();
    }
  });
});
