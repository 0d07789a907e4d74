// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { newPhone, PASSWORD, startPortal } from '../../../test/support/portal.ts';

describe('sessions behind a proxy', () => {
  it('under https › the cookie is Secure, bound to the host, and only sent back over https', async () => {
    const secure = await startPortal({ environment: { PUBLIC_URL: 'https://inkseal.example' } });
    const headers = { 'X-Forwarded-Proto': 'https' };
    const [cookie = ''] = (await secure.visitor().get('/csrf', headers)).headers.getSetCookie();
    expect(cookie)
      .to.match(/^__Host-inkseal=/)
      .and.to.include('Secure')
      .and.to.include('Path=/');
    expect(cookie).to.not.include('Domain');
    const unknown = await secure.visitor().get('/csrf');
    expect(unknown.headers.getSetCookie()).to.deep.equal([]);
    expect(unknown).to.include({ status: 421, code: 'https-required' });
    expect((await secure.visitor().get('/healthz')).headers.get('strict-transport-security')).to.include('max-age=');
    await secure.stop();
  });

  it('under https, when the proxy does not say that requests came that way › says why nobody can log in, and logs it once', async () => {
    const lines: string[] = [];
    const environment = { PUBLIC_URL: 'https://inkseal.example', LOG_LEVEL: 'error' };
    const secure = await startPortal({ environment, log: (line) => lines.push(line) });
    const visitor = secure.visitor();
    visitor.csrfToken = 'any';
    const answers = [
      await visitor.get('/csrf'),
      await visitor.logIn(newPhone(), PASSWORD),
      await visitor.post('/sms-codes', {}),
      await visitor.sendBytes('POST', '/uploads', new Uint8Array(), { 'Tus-Resumable': '1.0.0' }),
    ];
    // What needs no session goes on.
    const number = await visitor.get('/lookup/100000000000000001');
    await secure.stop();
    expect(answers.map(({ code }) => code)).to.deep.equal(answers.map(() => 'https-required'));
    expect(number.code).to.not.equal('https-required');
    expect(lines.filter((line) => line.includes('X-Forwarded-Proto'))).to.have.length(1);
  });
});
