// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { expectStatus, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';

const DESK = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36';
const DESK_LATER = DESK.replace('131', '132');
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1';

describe('notices of logins', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());
  beforeEach(async () => {
    member = await portal.member();
    await portal.db.query('DELETE FROM known_login');
  });

  const logIn = async (agent: string, address = '203.0.113.7', password = member.password) => {
    const visitor = portal.visitor();
    const headers = { 'User-Agent': agent, 'X-Forwarded-For': address, 'Content-Type': 'application/json' };
    const body = Buffer.from(JSON.stringify({ phone: member.phone, password }));
    return visitor.sendBytes('POST', '/sessions', body, headers);
  };
  const notices = async () =>
    (await expectStatus(200, member.get('/messages'))).body.items.map((message: { kind: string }) => message.kind);

  it('when an account logs in for the first time, or again from there › says nothing', async () => {
    for (const agent of [DESK, DESK, DESK_LATER]) await expectStatus(204, logIn(agent));
    await expectStatus(204, logIn(DESK, '203.0.99.1'));
    expect(await notices()).to.deep.equal([]);
  });

  it('when another device logs in › says which, once, in the inbox and by SMS', async () => {
    await expectStatus(204, logIn(DESK));
    await expectStatus(204, logIn(PHONE));
    await expectStatus(204, logIn(PHONE));
    expect(await notices()).to.deep.equal(['login-new-device']);
    const [{ text, path }] = (await member.get('/messages')).body.items;
    expect(text.zh.body).to.include('Safari · iOS').and.to.include('203.0.*.*');
    expect(path).to.equal('/member/security');
    const sent = await portal.db.query(`SELECT topic FROM outbox WHERE topic LIKE 'message-%' ORDER BY topic`);
    expect(sent.map(({ topic }) => topic)).to.deep.equal(['message-mail', 'message-sms']);
  });

  it('when a known device logs in from another network › says so in the inbox alone', async () => {
    await portal.db.query(`DELETE FROM outbox WHERE topic LIKE 'message-%'`);
    await expectStatus(204, logIn(DESK));
    await expectStatus(204, logIn(DESK, '198.51.100.7'));
    expect(await notices()).to.deep.equal(['login-new-network']);
    expect(await portal.db.query(`SELECT 1 FROM outbox WHERE topic LIKE 'message-%'`)).to.deep.equal([]);
  });

  it('when a password is wrong › neither tells nor remembers anything', async () => {
    await expectStatus(204, logIn(DESK));
    expect((await logIn(PHONE, '198.51.100.7', 'wrong horse 7')).code).to.equal('credentials-invalid');
    expect(await notices()).to.deep.equal([]);
    expect(await portal.db.query('SELECT 1 FROM known_login')).to.have.length(2);
  });
});
