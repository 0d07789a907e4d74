// SPDX-License-Identifier: Apache-2.0
// The real-name form: each picture in its place, nothing of it left on this device, and what a refusal shows.
import { mock } from 'node:test';
import { expect } from 'chai';
import { createElement } from 'react';
import type { Answer, LivePage } from '../../../testing/live-page.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { IdentityForm as Form } from './identity-form.tsx';

const EMPTY = {
  documentType: 'CARD' as const,
  nationality: '' as const,
  ...{ name: '', idNumber: '', birthDate: '', expiresOn: '', email: '', address: '' },
  ...{ frontImageId: '', backImageId: '' },
};
const TYPED = { name: '沈砚秋', idNumber: '370102199003072417' };
const SAVE_AFTER_MS = 600;

describe('IdentityForm', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let IdentityForm: typeof Form;
  before(async () => {
    pages = await openWebPages();
    ({ IdentityForm } = await pages.load<{ IdentityForm: typeof Form }>('member/profile/identity-form.tsx'));
  });
  beforeEach(() => localStorage.clear());
  afterEach(async () => {
    await pages.closePage();
    mock.timers.reset();
  });
  after(() => pages.stop());

  const open = (initial = EMPTY, answer: Answer = ({ line }) => ({ id: `of ${line}` })) =>
    pages.live(createElement(IdentityForm, { initial, onSaved: async () => undefined }), { answer });
  const fill = async (page: LivePage, values: Record<string, string>) => {
    for (const [field, text] of Object.entries(values)) await page.type(page.find(`#identity-${field}`), text);
  };
  const choose = (page: LivePage, field: string) =>
    page.chooseFile(page.find(`#identity-${field}`), new File(['bytes'], 'card.png', { type: 'image/png' }));

  it('when one side of the card was sent before › shows that side alone as sent', async () => {
    const page = await open({ ...EMPTY, frontImageId: 'f' });
    const [front, back] = page.all('.id-image');
    expect(front?.querySelector('input')?.id).to.equal('identity-frontImageId');
    expect(front?.textContent).to.include('人像面').and.include('已上传');
    expect(back?.querySelector('input')?.id).to.equal('identity-backImageId');
    expect(back?.textContent).to.include('国徽面').and.not.include('已上传');
  });

  it('when both sides are chosen › each is sent as the side that it is, and named in its own field', async () => {
    const page = await open();
    await choose(page, 'backImageId');
    await choose(page, 'frontImageId');
    const sent = page.asked.map(({ line }) => line);
    expect(sent).to.deep.equal(['POST /identity/images?side=back', 'POST /identity/images?side=front']);
    await page.submit();
    expect(page.asked.at(-1)).to.deep.equal({
      line: 'PUT /identity',
      body: {
        nature: 'PERSONAL',
        frontImageId: 'of POST /identity/images?side=front',
        backImageId: 'of POST /identity/images?side=back',
        consent: false,
      },
    });
  });

  it('when something was typed › the portal alone keeps it, soon, without the consent', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const page = await open();
    await page.click(page.find('#identity-consent'));
    await fill(page, TYPED);
    mock.timers.tick(SAVE_AFTER_MS - 1);
    await page.settle();
    expect(page.asked.filter(({ line }) => line === 'PUT /identity/form')).to.deep.equal([]);
    mock.timers.tick(1);
    await page.settle();
    expect(page.asked.at(-1)).to.deep.equal({ line: 'PUT /identity/form', body: { ...EMPTY, ...TYPED } });
    const kept = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place));
    expect(kept).to.deep.equal(['inkseal-language']);
    expect(sessionStorage.length).to.equal(0);
  });

  it('when it is left before that › the portal still keeps what was typed', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const page = await open();
    await fill(page, TYPED);
    await page.close();
    expect(page.asked.at(-1)?.body).to.deep.equal({ ...EMPTY, ...TYPED });
  });

  it('when the portal finds fault with a field › says so there until it is changed', async () => {
    const errors = [
      { field: 'idNumber', code: 'checksum-wrong' },
      { field: 'backImageId', code: 'missing' },
    ];
    const page = await open(EMPTY, () =>
      Response.json(
        { code: 'invalid-request', errors },
        { status: 400, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    );
    await page.submit();
    expect(page.find('#identity-idNumber-error').textContent).to.include('身份证编号最后一位不对');
    expect(page.find('#identity-backImageId-error').textContent).to.include('请上传身份证国徽面');
    expect(page.all('#identity-frontImageId-error')).to.have.length(0);
    await fill(page, { idNumber: TYPED.idNumber });
    expect(page.all('#identity-idNumber-error')).to.have.length(0);
    expect(page.all('#identity-backImageId-error')).to.have.length(1);
  });
});
