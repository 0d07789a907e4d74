// SPDX-License-Identifier: Apache-2.0
import { appendFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { newPhone, PASSWORD, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { ageCodes, askForCode, solveCaptcha } from '../../../test/support/portal-sms.ts';

describe('registration over HTTP', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  const form = (phone: string, code: string) => ({
    phone,
    code,
    password: PASSWORD,
    passwordRepeat: PASSWORD,
    consent: true,
  });
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  describe('POST /sms-codes', () => {
    it('when telephone and purpose are wrong › names both', async () => {
      const answer = await portal.visitor().post('/sms-codes', { phone: '12900000001', purpose: 'FUN', extra: 1 });
      expect(answer).to.include({ status: 422, code: 'invalid-request' });
      expect(answer.fields).to.deep.equal(['extra: unknown', 'phone: malformed', 'purpose: not-an-option']);
    });

    it('says for how long the code holds, and when another may be asked for', async () => {
      const { body } = await askForCode(portal.visitor(), newPhone());
      expect(body).to.deep.equal({ expiresInSeconds: 300, resendAfterSeconds: 60 });
    });

    it('when asked again within a minute › refuses and says when to come back', async () => {
      const [client, phone] = [portal.visitor(), newPhone()];
      expect((await askForCode(client, phone)).status).to.equal(202);
      const again = await askForCode(client, phone);
      expect(again).to.include({ status: 429, code: 'sms-too-soon' });
      expect(Number(again.headers.get('retry-after'))).to.be.within(1, 60);
    });

    it('when five were sent within an hour › refuses until the first is an hour old, and when ten within a day', async () => {
      const [client, phone] = [portal.visitor(), newPhone()];
      const refusedFor = async (seconds: number) => {
        const { code, headers } = await askForCode(client, phone);
        expect(code).to.equal('sms-limit-reached');
        expect(Number(headers.get('retry-after'))).to.be.within(seconds - 60, seconds);
      };
      for (const age of [70, 70, 70, 70, 70]) {
        expect((await askForCode(client, phone)).status).to.equal(202);
        await ageCodes(portal, phone, age);
      }
      await refusedFor(3_600 - 350);
      await ageCodes(portal, phone, 3_700);
      for (const age of [70, 70, 70, 70, 70]) {
        expect((await askForCode(client, phone)).status).to.equal(202);
        await ageCodes(portal, phone, age);
      }
      await ageCodes(portal, phone, 3_700);
      await refusedFor(86_400 - 8_100);
    });

    it('when a telephone has no account › answers a reset like any other, and sends nothing', async () => {
      const member = await portal.member();
      await ageCodes(portal, member.phone, 70);
      const stranger = newPhone();
      const known = await askForCode(portal.visitor(), member.phone, 'RESET_PASSWORD');
      const unknown = await askForCode(portal.visitor(), stranger, 'RESET_PASSWORD');
      expect(unknown.status).to.equal(known.status).and.to.equal(202);
      expect(unknown.body).to.deep.equal(known.body);
      const sent = await portal.db.query(
        `SELECT count(*)::int AS n FROM outbox WHERE topic = 'sms'
            AND payload->>'id' IN (SELECT id::text FROM sms_code WHERE phone_index = $1)`,
        [portal.vault.blindIndex('phone', stranger)],
      );
      expect(sent).to.deep.equal([{ n: 0 }]);
    });

    it('when a proxy adds a port, or tells nonsense, for an address › sends anyway', async () => {
      for (const address of ['203.0.113.7:4711', 'unknown', 'fe80::1%eth0']) {
        const body = Buffer.from(JSON.stringify({ phone: newPhone(), purpose: 'REGISTER' }));
        const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': address };
        expect((await portal.visitor().sendBytes('POST', '/sms-codes', body, headers)).status, address).to.equal(202);
      }
    });

    it('when the file of messages has grown to a MiB › sets it aside and begins another', async () => {
      const file = path.join(portal.dataFolder, 'sms-outbox.jsonl');
      const padding = JSON.stringify({ phone: '', code: '', padding: 'x'.repeat(1_048_576) });
      appendFileSync(file, `${padding}\n`);
      const full = statSync(file).size;
      const phone = newPhone();
      await askForCode(portal.visitor(), phone);
      expect(await portal.smsCode(phone)).to.match(/^\d{6}$/);
      expect(statSync(file).size).to.be.below(1_000);
      expect(statSync(`${file}.1`).size).to.equal(full);
    });

    it('writes codes to a file of mode 0600, and keeps neither code nor telephone in clear', async () => {
      const phone = newPhone();
      await askForCode(portal.visitor(), phone);
      const code = await portal.smsCode(phone);
      expect(statSync(path.join(portal.dataFolder, 'sms-outbox.jsonl')).mode & 0o777).to.equal(0o600);
      for (const table of ['sms_code', 'outbox', 'account', 'audit', 'session']) {
        const rows = await portal.db.query(`SELECT t::text AS text FROM ${table} t`);
        for (const { text } of rows)
          expect(text)
            .to.not.include(phone)
            .and.to.not.match(new RegExp(`\\D${code}\\D`));
      }
    });
  });

  describe('POST /accounts', () => {
    it('when every field is wrong › names them all at once', async () => {
      const answer = await portal.visitor().post('/accounts', {
        phone: '12345',
        code: '12',
        password: 'short',
        passwordRepeat: 'other',
        referrerPhone: 'x',
        consent: false,
      });
      expect(answer).to.include({ status: 422, code: 'invalid-request' });
      expect(answer.fields).to.deep.equal([
        'code: malformed',
        'consent: consent-missing',
        'password: too-short',
        'passwordRepeat: mismatch',
        'phone: malformed',
        'referrerPhone: malformed',
      ]);
    });

    it('when the telephone is no text › only calls it malformed', async () => {
      for (const phone of ['{"toString":1}', `${'['.repeat(50_000)}${']'.repeat(50_000)}`]) {
        const body = `{"phone":${phone},"password":"${PASSWORD}","passwordRepeat":"${PASSWORD}","code":"123456"}`;
        for (const path of ['/accounts', '/password-resets'])
          expect((await portal.visitor().post(path, body)).fields).to.include('phone: malformed');
      }
    });

    it('when the password is one kind of character, or the telephone › calls it weak', async () => {
      const phone = newPhone();
      for (const password of ['12345678', 'abcdefgh', `${phone.slice(0, 3)}-${phone.slice(3)}`]) {
        const answer = await portal
          .visitor()
          .post('/accounts', { ...form(phone, '000000'), password, passwordRepeat: password });
        expect(answer.fields).to.deep.equal(['code: mismatch', 'password: too-weak']);
      }
    });

    it('when the code and other fields are wrong › names them together, and counts the try', async () => {
      const [client, phone] = [portal.visitor(), newPhone()];
      await askForCode(client, phone);
      const code = await portal.smsCode(phone);
      const bad = { consent: false, passwordRepeat: 'other' };
      for (let tries = 0; tries < 4; tries += 1) {
        const { fields } = await client.post('/accounts', { ...form(phone, wrong(code)), ...bad });
        expect(fields).to.deep.equal(['code: mismatch', 'consent: consent-missing', 'passwordRepeat: mismatch']);
      }
      // The right code costs nothing, however often the rest is wrong.
      for (let tries = 0; tries < 6; tries += 1) {
        const { fields } = await client.post('/accounts', { ...form(phone, code), ...bad });
        expect(fields).to.deep.equal(['consent: consent-missing', 'passwordRepeat: mismatch']);
      }
      expect((await client.post('/accounts', form(phone, code))).status).to.equal(201);
    });

    it('when nothing is sent › names every field as missing', async () => {
      const { fields } = await portal.visitor().post('/accounts', {});
      expect(fields).to.deep.equal(
        ['code', 'consent', 'password', 'passwordRepeat', 'phone'].map((f) => `${f}: missing`),
      );
    });

    it('when the code was wrong five times › voids it, and the right one no longer helps', async () => {
      const [client, phone] = [portal.visitor(), newPhone()];
      await askForCode(client, phone);
      const code = await portal.smsCode(phone);
      for (let tries = 0; tries < 5; tries += 1) {
        const answer = await client.post('/accounts', form(phone, wrong(code)));
        expect(answer).to.include({ status: 422, code: 'sms-code-invalid' });
        expect(answer.fields).to.deep.equal(['code: mismatch']);
      }
      expect((await client.post('/accounts', form(phone, code))).code).to.equal('sms-code-invalid');
    });

    it('when twenty wrong codes come at once › looks at five of them', async () => {
      const [client, phone] = [portal.visitor(), newPhone()];
      await askForCode(client, phone);
      const code = await portal.smsCode(phone);
      await client.csrfHeader();
      await Promise.all(Array.from({ length: 20 }, () => client.post('/accounts', form(phone, wrong(code)))));
      const [row] = await portal.db.query('SELECT tries FROM sms_code WHERE phone_index = $1', [
        portal.vault.blindIndex('phone', phone),
      ]);
      expect(row?.tries).to.equal(5);
    });

    it('when the code is older than five minutes, of another purpose or telephone › refuses it', async () => {
      const [client, phone, other] = [portal.visitor(), newPhone(), newPhone()];
      await askForCode(client, phone);
      const code = await portal.smsCode(phone);
      expect((await client.post('/accounts', form(other, code))).code).to.equal('sms-code-invalid');
      const reset = { phone, code, password: PASSWORD, passwordRepeat: PASSWORD };
      expect((await client.post('/password-resets', reset)).code).to.equal('sms-code-invalid');
      await ageCodes(portal, phone, 301);
      expect((await client.post('/accounts', form(phone, code))).code).to.equal('sms-code-invalid');
    });

    it('when a newer code was sent › the older one is worth nothing', async () => {
      const [client, phone] = [portal.visitor(), newPhone()];
      await askForCode(client, phone);
      const first = await portal.smsCode(phone);
      await ageCodes(portal, phone, 61);
      await askForCode(client, phone);
      expect((await client.post('/accounts', form(phone, first))).code).to.equal('sms-code-invalid');
    });

    it('when one code registers twice at once › makes one account', async () => {
      const [client, phone] = [portal.visitor(), newPhone()];
      await askForCode(client, phone);
      const code = await portal.smsCode(phone);
      await client.csrfHeader();
      const answers = await Promise.all([1, 2, 3].map(() => client.post('/accounts', form(phone, code))));
      expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    });

    it('when the telephone has an account › tells its owner', async () => {
      const member = await portal.member();
      await ageCodes(portal, member.phone, 61);
      const client = portal.visitor();
      await askForCode(client, member.phone);
      const code = await portal.smsCode(member.phone);
      expect(await client.post('/accounts', form(member.phone, code))).to.include({
        status: 409,
        code: 'phone-registered',
      });
    });
  });

  describe('budget per address', () => {
    it('when twenty codes were sent from one address within an hour › refuses', async () => {
      const narrow = await startPortal({ environment: { RATE_LIMIT_SCALE: '1' } });
      const client = narrow.visitor();
      for (let sent = 0; sent < 20; sent += 1) expect((await askForCode(client, newPhone())).status).to.equal(202);
      const refused = await askForCode(client, newPhone());
      expect(refused).to.include({ status: 429, code: 'sms-limit-reached' });
      expect(Number(refused.headers.get('retry-after'))).to.be.within(3_500, 3_600);
      await narrow.stop();
    });

    it('when a household uses many addresses of its IPv6 network, or one address in two forms › counts them as one', async () => {
      const narrow = await startPortal({ environment: { RATE_LIMIT_SCALE: '1' } });
      const codeFrom = async (address: string, captcha?: object): Promise<number> => {
        const client = narrow.visitor();
        const body = Buffer.from(JSON.stringify({ phone: newPhone(), purpose: 'REGISTER', captcha }));
        const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': address };
        const { status, code } = await client.sendBytes('POST', '/sms-codes', body, headers);
        return code === 'captcha-required' ? codeFrom(address, await solveCaptcha(client)) : status;
      };
      for (const addresses of [
        (turn: number) => `2001:db8:0:1::${turn.toString(16)}`,
        (turn: number) => (turn % 2 ? '203.0.113.9' : '::ffff:203.0.113.9'),
      ]) {
        for (let turn = 0; turn < 20; turn += 1) expect(await codeFrom(addresses(turn))).to.equal(202);
        expect(await codeFrom(addresses(20))).to.equal(429);
      }
      expect(await codeFrom('2001:db8:0:2::1'), 'another network').to.equal(202);
      await narrow.stop();
    });
  });
});
