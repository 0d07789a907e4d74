// SPDX-License-Identifier: Apache-2.0
// What a page does with characters that nobody sees, pasted into its fields, and how it says so.
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { newResidentId } from '../support/portal.ts';
import { certifiedWork } from './certified.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

const BOTH = '已去除多余空格和不可见字符';

describe('what is pasted into a field', function () {
  this.timeout(90_000);
  let page: Page;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    const [faults, isWide] = [faultsOf(page), await scrollsSideways(page)];
    await page.context().close();
    expect(faults).to.deep.equal([]);
    expect(isWide).to.equal(false);
  });

  /** Pastes, leaves the field, and waits for the note beside it. */
  async function paste(field: Locator, text: string, note: string): Promise<void> {
    await field.fill(text);
    await field.press('Tab');
    const beside = page.locator('.field', { has: field }).getByRole('status').filter({ hasText: note });
    await beside.waitFor();
    expect(await beside.innerText()).to.equal(note);
  }

  it('when it is a title › is cleaned when the field is left, and the field says so until it is changed', async () => {
    const member = await (await stand()).system.member({ verified: true });
    page = await openPage('/member/publish', 1440, { as: member });
    const title = page.getByLabel('作品名称');
    await paste(title, ' 鹤\u200b华  抱枕\ufeff', BOTH);
    expect(await title.inputValue()).to.equal('鹤华 抱枕');
    await title.pressSequentially('。');
    await page.getByText(BOTH).waitFor({ state: 'detached' });
  });

  it('when it is a name or an ID number › is cleaned, full-width digits too', async () => {
    const member = await (await stand()).system.member();
    page = await openPage('/member/profile', 390, { as: member });
    const [name, number] = ['真实姓名', '身份证编号'].map((label) =>
      page.getByRole('textbox', { name: label, exact: true }),
    );
    if (!name || !number) throw new Error('two fields');
    await paste(name, '\u3000林小鹤\u200b', BOTH);
    expect(await name.inputValue()).to.equal('林小鹤');
    const id = newResidentId();
    const wide = id.replace(/\d/g, (digit) => String.fromCodePoint(Number(digit) + 0xff10));
    await paste(number, `${wide.slice(0, 6)} ${wide.slice(6)}\u2060`, `${BOTH}，已把全角字符改为半角`);
    expect(await number.inputValue()).to.equal(id);
  });

  it('when it is the code of a text message › keeps its six digits', async () => {
    page = await openPage('/login?tab=register', 390);
    const code = page.getByLabel('验证码');
    await paste(code, '１２３ 456', '已去除多余空格，已把全角字符改为半角');
    expect(await code.inputValue()).to.equal('123456');
  });

  for (const address of ['/', '/v'])
    it(`when it is a number to look up at ${address} › is looked up without them, and the page says so`, async () => {
      page = await openPage(address, 390);
      const number = page.getByLabel(/查验一张证书|证书编号/);
      await number.fill('１00000\u200b000099 999999 \ufeff');
      await number.press('Enter');
      await page.getByText('已去除不可见字符，已把全角字符改为半角').waitFor();
      await page.getByRole('heading', { level: 1, name: '未签发此编号' }).waitFor();
      expect(new URL(page.url()).pathname).to.equal('/v/100000000099999999');
      expect(await number.inputValue()).to.equal('100000 000099 999999');
    });

  it('when a pasted text is longer than the field only by what nobody sees › keeps all of it', async () => {
    const member = await (await stand()).system.member({ verified: true });
    page = await openPage('/member/publish', 1440, { as: member });
    const title = page.getByLabel('作品名称');
    const hundred = '一幅以鹤为题的长卷。'.repeat(10);
    await title.fill([...hundred].join('\u200b'));
    await page.getByText('已去除不可见字符', { exact: true }).waitFor();
    expect(await title.inputValue()).to.equal(hundred);
    await title.fill(`${hundred}续`);
    await page.getByText('最多 100 字，多出的部分没有填入', { exact: true }).waitFor();
    expect(await title.inputValue()).to.equal(hundred);
    await title.fill(`${hundred.slice(0, 99)}𠮷`);
    expect(await title.inputValue(), 'no half of a character').to.equal(hundred.slice(0, 99));
    const intro = page.getByLabel('作品介绍');
    await intro.fill(`${'鹤\u200b'.repeat(1_998)}\n鹤`);
    expect(await intro.inputValue()).to.equal(`${'鹤'.repeat(1_998)}\n鹤`);
  });

  it('when it is a tag › the field says what was removed from it', async () => {
    const member = await (await stand()).system.member({ verified: true });
    page = await openPage('/member/publish', 390, { as: member });
    const tags = page.getByRole('combobox', { name: '作品标签' });
    await tags.fill('白\u200b鹤');
    await tags.press('Enter');
    const field = page.locator('.field', { has: tags });
    await field.getByRole('status').filter({ hasText: '已去除不可见字符' }).waitFor();
    await field.getByTitle('白鹤', { exact: true }).first().waitFor();
    await tags.fill('长卷');
    await tags.press('Enter');
    await page.getByText('已去除不可见字符').waitFor({ state: 'detached' });
  });

  it('when it is a look-up code › is cleaned in the box, also after it was refused', async () => {
    const { number } = await certifiedWork();
    page = await openPage(`/v/${number}`, 390);
    const code = page.getByRole('textbox', { name: '查询码' });
    await paste(code, ' ＡＡＡＡＡ\u200bAAAA4', `${BOTH}，已把全角字符改为半角`);
    expect(await code.inputValue()).to.equal('AAAAAAAAA4');
    await code.fill('AAAAA\u200bAAAA5');
    await code.press('Enter');
    await page.getByText('查询码不对').waitFor();
    expect(await code.inputValue()).to.equal('AAAAAAAAA5');
    await page.getByText('已去除不可见字符', { exact: true }).waitFor();
  });
});
