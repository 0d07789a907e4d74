// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { newPhone, PASSWORD, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { ageCodes, askForCode } from '../../../test/support/portal-sms.ts';

describe('referrers, when somebody registers', () => {
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

  it('when the referrer has no account › says so only to whoever has the code', async () => {
    const [client, phone, referrerPhone] = [portal.visitor(), newPhone(), newPhone()];
    await askForCode(client, phone);
    const code = await portal.smsCode(phone);
    const guess = await client.post('/accounts', { ...form(phone, wrong(code)), referrerPhone });
    expect(guess.code).to.equal('sms-code-invalid');
    const answer = await client.post('/accounts', { ...form(phone, code), referrerPhone });
    expect(answer.fields).to.deep.equal(['referrerPhone: not-found']);
    expect((await client.post('/accounts', form(phone, code))).status).to.equal(201);
  });

  it('when the referrer’s account is disabled or closed › says the same as where there is none', async () => {
    for (const state of ['DISABLED', 'CLOSED']) {
      const [client, phone, referrer] = [portal.visitor(), newPhone(), await portal.member()];
      await portal.db.query('UPDATE account SET state = $2::account_state WHERE phone_index = $1', [
        portal.vault.blindIndex('phone', referrer.phone),
        state,
      ]);
      await askForCode(client, phone);
      const code = await portal.smsCode(phone);
      const answer = await client.post('/accounts', { ...form(phone, code), referrerPhone: referrer.phone });
      expect(answer.fields, state).to.deep.equal(['referrerPhone: not-found']);
    }
  });

  it('when a telephone has named five referrers in a day › looks no more up, and tells it at the field', async () => {
    const [client, phone, known] = [portal.visitor(), newPhone(), await portal.member()];
    const register = async (referrerPhone?: string) => {
      await ageCodes(portal, phone, 70);
      await askForCode(client, phone);
      return client.post('/accounts', {
        ...form(phone, await portal.smsCode(phone)),
        ...(referrerPhone && { referrerPhone }),
      });
    };
    for (let turn = 0; turn < 4; turn += 1) {
      expect((await register(newPhone())).fields).to.deep.equal(['referrerPhone: not-found']);
      if (turn === 3) await ageCodes(portal, phone, 3_600);
    }
    expect((await register(newPhone())).fields).to.deep.equal(['referrerPhone: not-found']);
    for (const referrerPhone of [newPhone(), known.phone]) {
      const answer = await register(referrerPhone);
      expect(answer).to.include({ status: 429, code: 'rate-limited' });
      expect(answer.fields).to.deep.equal(['referrerPhone: too-many-tries']);
    }
    await portal.db.query(`UPDATE referrer_try SET tried_at = tried_at - interval '25 hours'`);
    expect((await register(known.phone)).status).to.equal(201);
    expect(await portal.db.query('SELECT 1 FROM referrer_try'), 'older tries are gone').to.have.length(1);
  });

  it('when one address has named many referrers in a day › looks no more up', async () => {
    const narrow = await startPortal({ environment: { RATE_LIMIT_SCALE: '1' } });
    const taken = async () => {
      const [phone, client] = [newPhone(), narrow.visitor()];
      await askForCode(client, phone);
      const code = await narrow.smsCode(phone);
      await narrow.db.query(`UPDATE sms_code SET sent_at = sent_at - interval '2 hours'`);
      const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': `2001:db8::${phone.slice(-4)}` };
      const body = Buffer.from(JSON.stringify({ ...form(phone, code), referrerPhone: newPhone() }));
      return (await client.sendBytes('POST', '/accounts', body, headers)).fields[0];
    };
    await taken();
    await narrow.db.query(
      `INSERT INTO referrer_try SELECT gen_random_uuid(), 'other', address_index FROM referrer_try, generate_series(1, 28)`,
    );
    expect(await taken()).to.equal('referrerPhone: not-found');
    expect(await taken()).to.equal('referrerPhone: too-many-tries');
    await narrow.stop();
  });

  it('when the own telephone has an account › says so, without a look at the referrer', async () => {
    const member = await portal.member();
    for (const referrerPhone of [newPhone(), member.phone]) {
      await ageCodes(portal, member.phone, 61);
      const client = portal.visitor();
      await askForCode(client, member.phone);
      const code = await portal.smsCode(member.phone);
      const answer = await client.post('/accounts', { ...form(member.phone, code), referrerPhone });
      expect(answer.code).to.equal('phone-registered');
    }
  });

  it('with a referrer › registers, and both are shown by number', async () => {
    const referrer = await portal.member();
    const [client, phone] = [portal.visitor(), newPhone()];
    await askForCode(client, `+86 ${phone.slice(0, 3)}-${phone.slice(3)}`);
    const code = await portal.smsCode(phone);
    const made = await client.post('/accounts', { ...form(phone, code), referrerPhone: referrer.phone });
    expect(made.status).to.equal(201);
    expect(made.body.userNumber).to.match(/^ID\d{4,}$/);
    await client.logIn(phone, PASSWORD);
    const { body } = await client.get('/me');
    expect(body).to.deep.include({ userNumber: made.body.userNumber, roles: [], isVerified: false });
    expect(body.referrer).to.equal((await referrer.get('/me')).body.userNumber);
    expect(body.phone).to.equal(`${phone.slice(0, 3)}****${phone.slice(-4)}`);
  });
});
