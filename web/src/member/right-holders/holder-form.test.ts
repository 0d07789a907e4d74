// SPDX-License-Identifier: Apache-2.0
// The form of a right holder: a save waits for the pictures that are still being sent.
import { expect } from 'chai';
import { createElement } from 'react';
import type { Answer, Asked, LivePage } from '../../../testing/live-page.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { RightHolderForm } from '../../api/right-holders.ts';
import type { HolderForm as HolderFormOf } from './holder-form.tsx';
import { EMPTY_FORM } from './values.ts';

const OURS = { name: '青釉文化有限公司', creditCode: '91350100M000100Y43', address: '济南市测试路4号' };
const WAITS = '图片正在上传，传完后才会保存。';

describe('HolderForm', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let HolderForm: typeof HolderFormOf;
  before(async () => {
    pages = await openWebPages();
    ({ HolderForm } = await pages.load<{ HolderForm: typeof HolderFormOf }>('member/right-holders/holder-form.tsx'));
  });
  after(() => pages.stop());

  const open = (sendImage: Answer, actingFor: string | null = null) => {
    const answer = (asked: Asked) => {
      if (asked.line.startsWith('POST /right-holder-images')) return sendImage(asked);
      if (asked.line === 'GET /me') return { organisations: [], actingFor };
      if (asked.line === 'GET /organisations/current') return OURS;
      return { name: '王小明', state: 'NONE' };
    };
    const form = { initial: EMPTY_FORM, holder: undefined, onReload: async () => undefined };
    return pages.live(createElement(HolderForm, form), { answer });
  };
  const choose = (page: LivePage, name: string) =>
    page.chooseFile(page.find('#holder-frontImageId'), new File([name], name, { type: 'image/png' }));
  const saves = (page: LivePage) =>
    page.asked.filter(({ line }) => line === 'POST /right-holders').map(({ body }) => body as RightHolderForm);

  it('when it is saved while a picture is on its way › says so, and saves once with the picture', async () => {
    const arrival = Promise.withResolvers<unknown>();
    const page = await open(() => arrival.promise);
    expect(page.text()).to.not.include(WAITS);
    await choose(page, 'card.png');
    await page.submit();
    await page.submit();
    expect(page.text()).to.include(WAITS);
    expect(saves(page)).to.deep.equal([]);
    await page.atOnce(() => arrival.resolve({ id: 'front' }));
    expect(saves(page).map(({ frontImageId }) => frontImageId)).to.deep.equal(['front']);
  });

  it('when that picture is refused › does not save, and says why', async () => {
    const arrival = Promise.withResolvers<unknown>();
    const page = await open(() => arrival.promise);
    await choose(page, 'card.png');
    await page.submit();
    const headers = { 'Content-Type': 'application/problem+json' };
    const refusal = Response.json({ code: 'image-unreadable', errors: [] }, { status: 400, headers });
    await page.atOnce(() => arrival.resolve(refusal));
    expect(saves(page)).to.deep.equal([]);
    expect(page.find('#holder-frontImageId-error').textContent).to.not.equal('');
    expect(page.text()).to.not.include(WAITS);
  });

  it('when a picture is replaced while it is sent › the second counts, although the first arrives last', async () => {
    const arrivals = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
    let sent = 0;
    const page = await open(() => arrivals[sent++]?.promise);
    for (const name of ['first.png', 'second.png']) await choose(page, name);
    await page.atOnce(() => arrivals[1]?.resolve({ id: 'second' }));
    await page.atOnce(() => arrivals[0]?.resolve({ id: 'first' }));
    await page.submit();
    expect(saves(page)[0]?.frontImageId).to.equal('second');
  });

  it('when the member acts for an organisation › it is the right holder by one click, and no person is', async () => {
    const page = await open(() => undefined, 'o1');
    expect(page.text()).to.not.include('我本人');
    await page.click(page.find('input[type="radio"][value="ORGANISATION"]'));
    await page.click(page.find('#holder-isSelf'));
    expect(page.text()).to.include('青釉文化有限公司 91350100M000100Y43').and.not.include('证照上传');
    await page.submit();
    const sent = { isSelf: true, nature: 'ORGANISATION', name: OURS.name, documentAddress: OURS.address };
    expect(saves(page)[0]).to.include(sent);
  });
});
