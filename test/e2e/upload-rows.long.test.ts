// SPDX-License-Identifier: Apache-2.0
// What is wrong with a file stands in its row as soon as it is uploaded, before anything is saved or paid.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { eventually } from '../support/eventually.ts';
import { expectStatus, photo } from '../support/portal.ts';
import { fileOf, keepPicture, openPage, stand, WIDTHS } from './stand.ts';

describe('rows of uploaded files', function () {
  this.timeout(120_000);
  let page: Page;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed' || process.env.E2E_PICTURES)
      await keepPicture(page, this.currentTest?.title ?? '');
    await page.context().close();
  });

  for (const width of WIDTHS)
    it(`at ${width} pixels › when files cannot be used › say why at once`, async () => {
      const member = await (await stand()).system.member({ verified: true });
      page = await openPage('/member/publish', width, { as: member });
      const picture = await photo(700 + width, 500);
      const row = (name: string) => page.getByRole('row').filter({ has: page.getByTitle(name) });
      const long = `${'一幅以鹤为题的长卷'.repeat(8)}.jpg`;
      const files = page.getByLabel('作品文件', { exact: true }).first();
      await files.setInputFiles(fileOf('鹤华.jpg', picture));
      await row('鹤华.jpg').getByText('已加密保存').waitFor();
      await files.setInputFiles([
        fileOf('副本.jpg', picture),
        fileOf('假的.png', await photo(703 + width, 500)),
        fileOf('鹤ᠮ.jpg', await photo(701 + width, 500)),
        fileOf(long, await photo(702 + width, 500)),
      ]);
      await row('假的.png').getByText('的内容与扩展名不符。请换成原文件。').waitFor();
      await row('副本.jpg').getByText('与前面的文件内容相同。请删去一个。').waitFor();
      await row('鹤ᠮ.jpg').getByText('证书印不出文件名里的“ᠮ”。请改文件名后重新上传。').waitFor();
      await row(long).getByText('已加密保存').waitFor();
      expect(await row('鹤华.jpg').locator('.field-error').count()).to.equal(0);

      const wide = sharp({ create: { width: 8_300, height: 7_500, channels: 3, background: '#5a8cc8' } });
      await page
        .getByLabel('展示图片', { exact: true })
        .first()
        .setInputFiles([
          fileOf('残缺.jpg', picture.subarray(0, 900)),
          fileOf('巨幅.jpg', await wide.jpeg({ progressive: true }).toBuffer()),
        ]);
      await row('残缺.jpg').getByText('无法显示，文件可能已损坏。请换一张能正常打开的图片。').waitFor();
      await row('巨幅.jpg').getByText('像素太多：最多 60 百万像素。请缩小后重新上传。').waitFor();
      const isWider = 'document.documentElement.scrollWidth > innerWidth';
      expect(await page.evaluate<boolean>(isWider), 'scrolls sideways').to.equal(false);
    });

  it('when a saved draft is opened again › its rows say what is wrong with their files, and call none of them saved', async () => {
    const member = await (await stand()).system.member({ verified: true });
    page = await openPage('/member/publish', 1440, { as: member });
    const row = page.getByRole('row').filter({ has: page.getByTitle('鹤ᠮ.jpg') });
    const sentence = row.getByText('证书印不出文件名里的“ᠮ”。请改文件名后重新上传。');
    await page.getByLabel('作品名称').fill('画');
    await page
      .getByLabel('作品文件', { exact: true })
      .first()
      .setInputFiles([fileOf('鹤ᠮ.jpg', await photo(711, 500)), fileOf('鹤.jpg', await photo(712, 500))]);
    await sentence.waitFor();
    const id = await eventually(async () => {
      const [work] = (await expectStatus(200, member.get('/works'))).body.items;
      if (!work) return undefined;
      const { files } = (await expectStatus(200, member.get(`/works/${work.id}`))).body;
      return files.length === 2 && work.id;
    });
    // Another device: nothing but the record at the portal is known.
    await page.evaluate('localStorage.clear()');
    await page.goto(`/member/publish/${id}`);
    await sentence.waitFor();
    expect(await row.getByText('已加密保存').count()).to.equal(0);
    await page
      .getByRole('row')
      .filter({ has: page.getByTitle('鹤.jpg') })
      .getByText('已加密保存')
      .waitFor();
  });
});
