// SPDX-License-Identifier: Apache-2.0
// Registering and resetting a password: what is typed, what is sent, and what a refusal shows.
import { expect } from 'chai';
import { createElement } from 'react';
import type { Answer, LivePage } from '../../../testing/live-page.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { PasswordForm as Form } from './password-form.tsx';
import type { Purpose } from './password-values.ts';

const PHONE = '13812345678';
const PASSWORD = 'correct horse 7';

describe('PasswordForm', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let PasswordForm: typeof Form;
  let done: { phone: string; userNumber?: string | undefined }[];
  before(async () => {
    pages = await openWebPages();
    ({ PasswordForm } = await pages.load<{ PasswordForm: typeof Form }>('member/login/password-form.tsx'));
  });
  after(() => pages.stop());

  const open = (purpose: Purpose, answer: Answer = () => ({ userNumber: 'ID1001' })) => {
    done = [];
    return pages.live(createElement(PasswordForm, { purpose, onDone: (result) => void done.push(result) }), { answer });
  };
  const refusal = (code: string, errors: object[] = [], headers: Record<string, string> = {}) =>
    Response.json(
      { code, errors },
      { status: 400, headers: { 'Content-Type': 'application/problem+json', ...headers } },
    );
  const fill = async (page: LivePage, values: Record<string, string>) => {
    for (const [field, text] of Object.entries(values)) await page.type(page.find(`#password-${field}`), text);
  };
  const complete = { phone: PHONE, code: '123456', password: PASSWORD, passwordRepeat: PASSWORD };

  it('when nobody has ticked the consent › sends none, and lets the portal refuse', async () => {
    const page = await open('REGISTER', () =>
      refusal('invalid-request', [{ field: 'consent', code: 'consent-missing' }]),
    );
    await fill(page, complete);
    await page.submit();
    expect(page.asked).to.deep.equal([{ line: 'POST /accounts', body: { ...complete, consent: false } }]);
    expect(page.text()).to.include('请勾选同意后再提交。');
    expect(done).to.deep.equal([]);
  });

  it('when everything is given and ticked › registers, and hands on telephone and new number', async () => {
    const page = await open('REGISTER');
    await fill(page, { ...complete, referrerPhone: '13900000000' });
    await page.click(page.find('#password-consent'));
    await page.submit();
    expect(page.asked.at(-1)?.body).to.deep.equal({ ...complete, referrerPhone: '13900000000', consent: true });
    expect(done).to.deep.equal([{ phone: PHONE, userNumber: 'ID1001' }]);
  });

  it('when fields are empty › leaves them out, so that the portal calls them missing', async () => {
    const page = await open('REGISTER', () => refusal('invalid-request', [{ field: 'code', code: 'missing' }]));
    await fill(page, { phone: PHONE, referrerPhone: '  ' });
    await page.submit();
    expect(page.asked.at(-1)?.body).to.deep.equal({ phone: PHONE, consent: false });
    expect(page.find('#password-code-error').textContent).to.include('请填写短信里的 6 位验证码。');
    await page.type(page.find('#password-code'), '1');
    expect(page.all('#password-code-error')).to.have.length(0);
  });

  it('when a password is reset › asks for neither referrer nor consent, and sends neither', async () => {
    const page = await open('RESET_PASSWORD');
    expect(page.all('#password-consent, #password-referrerPhone')).to.have.length(0);
    await fill(page, complete);
    await page.submit();
    expect(page.asked.at(-1)).to.deep.equal({ line: 'POST /password-resets', body: complete });
    expect(done).to.deep.equal([{ phone: PHONE, userNumber: undefined }]);
  });

  it('when a code is sent › says so, and the button waits as long as the portal asks', async () => {
    const page = await open('REGISTER', () => ({ expiresInSeconds: 300, resendAfterSeconds: 60 }));
    await fill(page, { phone: PHONE });
    await page.click(page.named('发送验证码'));
    expect(page.asked.at(-1)).to.deep.equal({
      line: 'POST /sms-codes',
      body: { phone: PHONE, purpose: 'REGISTER' },
    });
    expect(page.text())
      .to.include('验证码已发送')
      .and.match(/(60|59) 秒后可重发/);
    expect(page.find('.code-row button').hasAttribute('disabled')).to.equal(true);
  });

  it('when a code was sent too soon › says so at the field, and counts what is left', async () => {
    const page = await open('RESET_PASSWORD', () => refusal('sms-too-soon', [], { 'Retry-After': '42' }));
    await fill(page, { phone: PHONE });
    await page.click(page.named('发送验证码'));
    expect(page.find('#password-code-error').textContent).to.include('验证码刚刚发过');
    expect(page.text())
      .to.match(/4[12] 秒后可重发/)
      .and.not.include('验证码已发送');
  });
});
