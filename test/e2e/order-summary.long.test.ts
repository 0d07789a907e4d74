// SPDX-License-Identifier: Apache-2.0
// 确认存证内容: what a member reads, and may open as a preview of the certificate, before an order cannot be changed any more.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { draftOrder, type Order, readOrder } from '../support/orders.ts';
import { wholeText } from '../support/pdf-text.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import { addHolder, organisationForm, personForm } from '../support/right-holders.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

const COMPANY = '青釉文化有限公司';

describe('the summary of an order', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let company: string;
  let page: Page;
  before(async () => {
    member = await (await stand()).system.member({ verified: true });
    company = (await addHolder(member, await organisationForm(member))).id;
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  const fact = (name: string) =>
    page.locator('dl > div', { has: page.locator('dt').getByText(name, { exact: true }) }).locator('dd');
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const jointOrder = async (rightHolderId: string) => {
    const { id, form, version } = await draftOrder(member);
    const depositors = [{ source: 'self' }, { source: 'holder', rightHolderId }];
    const authors = [{ source: 'self' }, { source: 'named', name: '欧阳沧海' }];
    await expectStatus(200, member.put(`/attestations/${id}`, { ...form, depositors, authors, version }));
    return id;
  };

  const share = (name: string) => page.getByLabel(new RegExp(`^${name}.*的份额$`));
  const total = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();
  /** All or none, the whole together; each step is kept as a draft. */
  const fillShares = async (id: string) => {
    await page.getByText('份额选填：要么都填，要么都不填').waitFor();
    await share('测试员').fill('33.34');
    await total('份额合计 33.34%，须为 100%。');
    await page.getByRole('button', { name: '确权存证', exact: true }).click();
    await page.getByRole('alert').getByRole('link', { name: `第 2 位存证人的份额` }).click();
    await share(COMPANY).fill('66.65');
    await total('份额合计 99.99%，须为 100%。');
    await page.getByRole('button', { name: '确权存证', exact: true }).click();
    await page.getByText('存证人的份额合计不是 100%。').first().waitFor();
    await keepPicture(page, `shares ${page.viewportSize()?.width}`);
    await share(COMPANY).fill('66.66');
    await total('份额合计 100%。');
    await eventually(async () => {
      const shares = (await readOrder(member, id)).form.depositors.map((each: Order) => each.shareBasisPoints);
      return shares.join() === '3334,6666';
    });
    await page.reload();
    expect(await share(COMPANY).inputValue()).to.equal('66.66');
  };

  for (const width of WIDTHS)
    it(`when a form is complete at ${width} › shows everything with full names and the price, and opens the preview`, async () => {
      const id = await jointOrder(company);
      page = await openPage(`/member/attest/${id}`, width, { as: member });
      await fillShares(id);
      await page.getByRole('button', { name: '确权存证', exact: true }).click();
      await heading('确认存证内容').waitFor();
      await fact('存证人')
        .filter({ hasText: /^测试员（本人，370\*+[\dX]{4}） 份额 33.34%、青釉文化有限公司（913\*+0Y43） 份额 66.66%$/ })
        .waitFor();
      await fact('作品作者')
        .filter({ hasText: /^测试员（本人，370\*+[\dX]{4}）、欧阳沧海$/ })
        .waitFor();
      await fact('作品名称').filter({ hasText: '鹤华抱枕' }).waitFor();
      for (const words of ['鹤华.jpg', '服务费 ¥30.00', '提交后内容固定，不能再改'])
        await page.getByText(words).first().waitFor();
      const arriving = page.waitForEvent('download');
      await page.getByRole('button', { name: '预览证书（PDF）' }).click();
      const preview = await arriving;
      expect(preview.suggestedFilename()).to.equal('证书预览.pdf');
      const text = wholeText(readFileSync(await preview.path()));
      for (const words of [
        '预览PREVIEW',
        '测试员370',
        COMPANY,
        '份额33.34%',
        '份额66.66%',
        '欧阳沧海',
        '鹤华抱枕',
        '鹤华.jpg',
      ])
        expect(text).to.include(words);
      expect(await scrollsSideways(page)).to.equal(false);
      await keepPicture(page, `summary ${width}`);
      expect((await readOrder(member, id)).state).to.equal('DRAFT');
      await page.getByRole('button', { name: '返回修改' }).click();
      await heading('确权作品存证').waitFor();
      await page.goBack();
      await page.getByRole('button', { name: '确认提交' }).click();
      await heading('支付订单').waitFor();
      await page.goto(`/member/attest/${id}/summary`);
      await page.getByText('这个订单已提交，内容不能再改。').waitFor();
    });

  it('when a right holder is archived after the form was filled in › the form names them, and no summary is shown', async () => {
    const { id: archived } = await addHolder(member, await personForm(member));
    const id = await jointOrder(archived);
    await expectStatus(200, member.put(`/right-holders/${archived}/archived`, { isArchived: true }));
    page = await openPage(`/member/attest/${id}`, 390, { as: member });
    await page.getByRole('button', { name: '确权存证', exact: true }).click();
    await page.getByRole('alert').getByRole('link', { name: '第 2 位存证人' }).waitFor();
    expect(new URL(page.url()).pathname).to.equal(`/member/attest/${id}`);
  });

  it('when one is archived while the summary is open › the submission names them, and leads back to the form', async () => {
    const { id: archived } = await addHolder(member, await personForm(member));
    const id = await jointOrder(archived);
    page = await openPage(`/member/attest/${id}/summary`, 1440, { as: member });
    await page.getByRole('button', { name: '确认提交' }).waitFor();
    await expectStatus(200, member.put(`/right-holders/${archived}/archived`, { isArchived: true }));
    await page.getByRole('button', { name: '确认提交' }).click();
    await page.getByRole('alert').getByRole('link', { name: '第 2 位存证人' }).click();
    await heading('确权作品存证').waitFor();
    expect((await readOrder(member, id)).state).to.equal('DRAFT');
  });
});
