// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { newPhone, type PortalClient, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { ageCodes, solveCaptcha } from '../../../test/support/portal-sms.ts';

describe('captcha over HTTP', () => {
  let portal: TestPortal;
  let client: PortalClient;
  before(async () => {
    portal = await startPortal();
    client = portal.visitor();
  });
  after(() => portal.stop());

  const ask = (phone: string, captcha?: object) => client.post('/sms-codes', { phone, purpose: 'REGISTER', captcha });
  /** A telephone that got three codes today, the last one more than a minute ago. */
  const busyPhone = async () => {
    const phone = newPhone();
    for (let sent = 0; sent < 3; sent += 1) {
      expect((await ask(phone)).status).to.equal(202);
      await ageCodes(portal, phone, 61);
    }
    return phone;
  };

  it('when a telephone got three codes › the fourth costs a proof of work, known and unknown telephones alike', async () => {
    const member = await portal.member();
    for (let sent = 0; sent < 2; sent += 1) {
      await ageCodes(portal, member.phone, 61);
      expect((await ask(member.phone)).status).to.equal(202);
    }
    await ageCodes(portal, member.phone, 61);
    for (const phone of [await busyPhone(), member.phone]) {
      expect(await ask(phone)).to.include({ status: 428, code: 'captcha-required' });
      expect((await ask(phone, await solveCaptcha(client))).status).to.equal(202);
    }
  });

  it('when one solution is sent twice, also at once › one code is sent', async () => {
    const phones = [await busyPhone(), await busyPhone()];
    const captcha = await solveCaptcha(client);
    const answers = await Promise.all(phones.map((phone) => ask(phone, captcha)));
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([202, 422]);
    expect(answers.find(({ status }) => status === 422)?.code).to.equal('captcha-invalid');
    const third = await busyPhone();
    expect((await ask(third, captcha)).code).to.equal('captcha-invalid');
  });

  it('when a solution is wrong, made cheaper, prolonged or of another key › refuses', async () => {
    const phone = await busyPhone();
    const { challenge, solution } = await solveCaptcha(client);
    const { parameters } = challenge;
    const forged = [
      { challenge, solution: { ...solution, counter: solution.counter + 1 } },
      { challenge, solution: { ...solution, derivedKey: `01${solution.derivedKey.slice(2)}` } },
      { challenge: { ...challenge, parameters: { ...parameters, cost: 1 } }, solution },
      { challenge: { ...challenge, parameters: { ...parameters, expiresAt: parameters.expiresAt + 60 } }, solution },
      { challenge: { ...challenge, signature: '00'.repeat(32) }, solution },
    ];
    for (const captcha of forged)
      expect(await ask(phone, captcha)).to.include({ status: 422, code: 'captcha-invalid' });
    expect((await ask(phone, { challenge, solution })).status).to.equal(202);
  });
});
