// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { createElement } from 'react';
import type { Answer, LivePage } from '../../../testing/live-page.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Me } from '../../api/session.ts';
import type { LoginForm as Form } from './login-form.tsx';

const ME = { userNumber: 'ID1001', roles: [] };

describe('LoginForm', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let LoginForm: typeof Form;
  let signedIn: Me[];
  before(async () => {
    pages = await openWebPages();
    ({ LoginForm } = await pages.load<{ LoginForm: typeof Form }>('member/login/login-form.tsx'));
  });
  after(() => pages.stop());

  const open = (answer: Answer) => {
    signedIn = [];
    return pages.live(createElement(LoginForm, { onDone: (me: Me) => void signedIn.push(me) }), { answer });
  };
  const logIn = async (page: LivePage) => {
    await page.type(page.find('#login-phone'), '13812345678');
    await page.type(page.find('#login-password'), 'correct horse 7');
    await page.submit();
  };
  const refusal = (code: string, headers: Record<string, string> = {}) =>
    Response.json({ code }, { status: 401, headers: { 'Content-Type': 'application/problem+json', ...headers } });

  it('when telephone and password are right › hands on who signed in', async () => {
    const page = await open(({ line }) => (line === 'GET /me' ? ME : undefined));
    await logIn(page);
    expect(page.asked).to.deep.equal([
      { line: 'POST /sessions', body: { phone: '13812345678', password: 'correct horse 7' } },
      { line: 'GET /me', body: undefined },
    ]);
    expect(signedIn).to.deep.equal([ME]);
  });

  it('when they are wrong › says so, signs nobody in, and asks no second time', async () => {
    const page = await open(() => refusal('credentials-invalid'));
    await logIn(page);
    expect(page.asked).to.have.length(1);
    expect(page.find('.notice-error').textContent).to.not.equal('');
    expect(signedIn).to.deep.equal([]);
    expect(page.named('确认登录').hasAttribute('disabled')).to.equal(false);
  });

  it('when the account is locked › says for how long', async () => {
    const page = await open(() => refusal('login-locked', { 'Retry-After': '900' }));
    await logIn(page);
    expect(page.text()).to.include('15 分钟');
  });
});
