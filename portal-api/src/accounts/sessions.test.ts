// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { newPhone, PASSWORD, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { ageCodes, askForCode } from '../../../test/support/portal-sms.ts';
import { verifyAuditChain } from '../audit/audit-chain.ts';

const HOUR_MS = 3_600_000;

describe('sessions over HTTP', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  const indexOf = (phone: string) => portal.vault.blindIndex('phone', phone);
  /** The rows of the audit log, the newest last. */
  const failedLogins = async () => {
    const rows = await portal.db.query<{ subject: string; detail: string }>(
      `SELECT subject, detail FROM audit WHERE action = 'account.login-failed' ORDER BY seq`,
    );
    return rows.map(({ subject, detail }) => ({ subject, ...JSON.parse(detail) }));
  };
  const subjectOf = async (phone: string) => {
    const [row] = await portal.db.query('SELECT id FROM account WHERE phone_index = $1', [indexOf(phone)]);
    return `account:${row?.id}`;
  };

  describe('POST /sessions', () => {
    it('when a page asks for the CSRF token several times at once › every answer holds', async () => {
      const member = await portal.member();
      const answers = await Promise.all(Array.from({ length: 5 }, () => member.get('/csrf')));
      expect(new Set(answers.map(({ body }) => body.token)).size).to.equal(1);
    });

    it('when the telephone is unknown or the password wrong › answers the same', async () => {
      const member = await portal.member();
      const unknown = await portal.visitor().logIn(newPhone(), PASSWORD);
      const mistaken = await portal.visitor().logIn(member.phone, `${PASSWORD}x`);
      for (const answer of [unknown, mistaken]) expect(answer).to.include({ status: 401, code: 'credentials-invalid' });
      expect({ ...unknown.body, instance: '' }).to.deep.equal({ ...mistaken.body, instance: '' });
    });

    it('when it fails › writes as much for an unknown telephone as for a known one, so that the time tells nothing', async () => {
      const member = await portal.member();
      for (const phone of [newPhone(), member.phone]) {
        const audited = await failedLogins();
        for (const failures of [1, 2]) {
          await portal.visitor().logIn(phone, 'wrong password 1');
          const counted = 'SELECT failures FROM login_failure WHERE phone_index = $1';
          expect(await portal.db.query(counted, [indexOf(phone)])).to.deep.equal([{ failures }]);
        }
        expect(await failedLogins()).to.deep.equal(audited);
      }
    });

    it('when strangers try a hundred unknown telephones › the audit log takes one row for the hour', async () => {
      await portal.sweep(new Date(Date.now() + 2 * HOUR_MS));
      const before = await failedLogins();
      const client = portal.visitor();
      for (let tries = 0; tries < 100; tries += 1) await client.logIn(newPhone(), 'wrong password 1');
      await portal.sweep(new Date());
      expect(await failedLogins()).to.deep.equal(before);
      await portal.sweep(new Date(Date.now() + 2 * HOUR_MS));
      await portal.sweep(new Date(Date.now() + 2 * HOUR_MS));
      const added = (await failedLogins()).slice(before.length);
      expect(added).to.have.length(1);
      expect(added[0]).to.include({ subject: 'account:unknown', failures: 100, addresses: 1 });
      expect(await portal.db.query('SELECT 1 FROM login_failure')).to.deep.equal([]);
    });

    it('when a telephone was locked › the audit log takes the five tries in one row at once, of an account only', async () => {
      const member = await portal.member();
      // What other tests have left goes first.
      await portal.sweep(new Date());
      const before = await failedLogins();
      for (const phone of [member.phone, newPhone()])
        for (let tries = 0; tries < 5; tries += 1) await portal.visitor().logIn(phone, 'wrong password 1');
      await portal.sweep(new Date());
      const added = (await failedLogins()).slice(before.length);
      expect(added).to.have.length(1);
      expect(added[0]).to.include({ subject: await subjectOf(member.phone), failures: 5, addresses: 1 });
      expect(added[0].addressKeys).to.have.length(1);
      expect(added[0].addressKeys[0]).to.match(/^[0-9a-f]{16}$/);
    });

    it('when five passwords were wrong › locks, known and unknown telephones alike', async () => {
      const member = await portal.member();
      for (const phone of [member.phone, newPhone()]) {
        const client = portal.visitor();
        const codes = [];
        for (let tries = 0; tries < 5; tries += 1) codes.push((await client.logIn(phone, 'wrong password 1')).code);
        expect(codes).to.deep.equal([...Array(4).fill('credentials-invalid'), 'login-locked']);
        const locked = await client.logIn(phone, PASSWORD);
        expect(locked).to.include({ status: 429, code: 'login-locked' });
        expect(Number(locked.headers.get('retry-after'))).to.equal(900);
      }
      expect((await member.get('/me')).status, 'a lock ends no session').to.equal(200);
    });

    it('when fifty wrong passwords come at once › checks five of them', async () => {
      const member = await portal.member();
      const client = portal.visitor();
      await client.csrfHeader();
      await Promise.all(
        Array.from({ length: 50 }, () => client.post('/sessions', { phone: member.phone, password: 'x' })),
      );
      const [counted] = await portal.db.query<{ n: number }>(
        'SELECT coalesce(sum(failures), 0)::int AS n FROM login_failure WHERE phone_index = $1',
        [indexOf(member.phone)],
      );
      // The telephone is locked: a sweep may have moved the counters into the audit log by now.
      const subject = await subjectOf(member.phone);
      const recorded = (await failedLogins()).filter((row) => row.subject === subject);
      expect(recorded.reduce((total, { failures }) => total + failures, counted?.n ?? 0)).to.equal(5);
    });

    it('when eight right passwords come at once › logs all eight in', async () => {
      const member = await portal.member();
      const clients = Array.from({ length: 8 }, () => portal.visitor());
      await Promise.all(clients.map((client) => client.csrfHeader()));
      const answers = await Promise.all(clients.map((client) => client.logIn(member.phone, PASSWORD)));
      expect(answers.map(({ status }) => status)).to.deep.equal(Array(8).fill(204));
      expect(await portal.db.query('SELECT 1 FROM login_lock WHERE phone_index = $1', [indexOf(member.phone)])).to.be
        .empty;
    });

    it('when right passwords prove their owner again and again › counts none of them', async () => {
      const member = await portal.member();
      const body = { phone: newPhone(), code: '000000', password: PASSWORD };
      for (let tries = 0; tries < 6; tries += 1)
        expect((await member.put('/me/phone', body)).code).to.equal('sms-code-invalid');
      expect((await portal.visitor().logIn(member.phone, PASSWORD)).status).to.equal(204);
    });

    it('when 15 minutes have passed › starts counting again', async () => {
      const member = await portal.member();
      const client = portal.visitor();
      for (let tries = 0; tries < 5; tries += 1) await client.logIn(member.phone, 'wrong password 1');
      await portal.db.query(`UPDATE login_lock SET ends_at = now() WHERE phone_index = $1`, [
        portal.vault.blindIndex('phone', member.phone),
      ]);
      expect((await client.logIn(member.phone, 'wrong password 1')).code).to.equal('credentials-invalid');
      expect((await client.logIn(member.phone, PASSWORD)).status).to.equal(204);
    });

    it('when an attacker planted the session id › it is worth nothing after the login', async () => {
      const member = await portal.member();
      const victim = portal.visitor();
      await victim.csrfHeader();
      const planted = victim.cookie;
      expect(planted).to.be.a('string');
      await victim.logIn(member.phone, PASSWORD);
      expect(victim.cookie).to.not.equal(planted);
      const attacker = portal.visitor();
      attacker.cookie = planted;
      expect((await attacker.get('/me')).code).to.equal('unauthenticated');
      expect((await victim.get('/me')).status).to.equal(200);
    });

    it('when the token of before the login is used after it › refuses', async () => {
      const member = await portal.member();
      const client = portal.visitor();
      await client.csrfHeader();
      const before = client.csrfToken;
      await client.logIn(member.phone, PASSWORD);
      client.csrfToken = before;
      expect((await client.delete('/sessions/current')).code).to.equal('csrf-invalid');
    });

    it('when the account is disabled › refuses login and ends its sessions', async () => {
      const member = await portal.member();
      await portal.db.query(`UPDATE account SET state = 'DISABLED' WHERE phone_index = $1`, [
        portal.vault.blindIndex('phone', member.phone),
      ]);
      expect((await member.get('/me')).code).to.equal('unauthenticated');
      expect((await portal.visitor().logIn(member.phone, PASSWORD)).code).to.equal('account-disabled');
    });
  });

  describe('DELETE /sessions/current', () => {
    it('ends the session, for the cookie too', async () => {
      const member = await portal.member();
      const cookie = member.cookie;
      expect((await member.delete('/sessions/current')).status).to.equal(204);
      const thief = portal.visitor();
      thief.cookie = cookie;
      expect((await thief.get('/me')).code).to.equal('unauthenticated');
    });
  });

  describe('POST /password-resets', () => {
    it('with a right code › sets the password, lifts the lock and ends every session', async () => {
      const member = await portal.member();
      for (let tries = 0; tries < 5; tries += 1) await portal.visitor().logIn(member.phone, 'wrong password 1');
      await ageCodes(portal, member.phone, 61);
      const client = portal.visitor();
      await askForCode(client, member.phone, 'RESET_PASSWORD');
      const code = await portal.smsCode(member.phone);
      const password = 'another horse 8';
      const reset = await client.post('/password-resets', {
        phone: member.phone,
        code,
        password,
        passwordRepeat: password,
      });
      expect(reset.status).to.equal(204);
      expect((await member.get('/me')).code).to.equal('unauthenticated');
      expect((await client.logIn(member.phone, PASSWORD)).code).to.equal('credentials-invalid');
      expect((await client.logIn(member.phone, password)).status).to.equal(204);
      const again = await client.post('/password-resets', {
        phone: member.phone,
        code,
        password,
        passwordRepeat: password,
      });
      expect(again.code).to.equal('sms-code-invalid');
    });
  });

  describe('audit', () => {
    it('has a row for every registration and login, in a chain that verifies', async () => {
      const member = await portal.member();
      await portal.visitor().logIn(member.phone, 'wrong password 1');
      await portal.sweep(new Date(Date.now() + 2 * HOUR_MS));
      expect(await verifyAuditChain(portal.db)).to.not.have.property('brokenAt');
      const rows = await portal.db.query(
        `SELECT DISTINCT action FROM audit WHERE subject IN
           (SELECT 'account:' || id FROM account WHERE phone_index = $1)`,
        [portal.vault.blindIndex('phone', member.phone)],
      );
      expect(rows.map(({ action }) => action)).to.have.members([
        'account.register',
        'account.login',
        'account.login-failed',
      ]);
    });
  });
});
