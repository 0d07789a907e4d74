// SPDX-License-Identifier: Apache-2.0
// From the first visit to a certificate in hand, as a creator and a reviewer live it.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { newPhone, PASSWORD, photo } from '../support/portal.ts';
import { choose, describeWork, largePdf, logIn, register, saveRealName } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, WIDTHS } from './stand.ts';

const TITLE = '鹤华抱枕';

for (const width of WIDTHS) {
  describe(`from a file to a certificate, ${width} px wide (in order)`, function () {
    this.timeout(90_000);
    const phone = newPhone();
    let page: Page;

    before(async () => {
      page = await openPage('/login', width);
    });
    after(() => page.context().close());
    afterEach(async function () {
      if (this.currentTest?.state === 'failed') return keepPicture(page, this.currentTest.title);
      expect(faultsOf(page)).to.deep.equal([]);
      expect(await scrollsSideways(page), page.url()).to.equal(false);
    });

    it('registers with the code of a text message, logs in, and gives the real name', async () => {
      await register(page, phone);
      await logIn(page, { phone, password: PASSWORD });
      await saveRealName(page);
    });

    it('publishes a work, though connection and page are lost during an upload', async () => {
      await page.goto('/member/publish');
      await describeWork(page, TITLE);
      await page
        .getByLabel('作品文件', { exact: true })
        .first()
        .setInputFiles(fileOf('鹤华.jpg', await photo(700, 500)));
      await page.getByText('已加密保存').first().waitFor();
      const large = fileOf('画册.pdf', largePdf(24));
      const wire = await page.context().newCDPSession(page);
      const slow = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 4_000_000 };
      await wire.send('Network.enable');
      await wire.send('Network.emulateNetworkConditions', slow);
      await page.getByLabel('作品文件', { exact: true }).first().setInputFiles(large);
      const progress = page.getByLabel('画册.pdf 的上传进度');
      const percent = async () => Number(await progress.getAttribute('value'));
      await eventually(async () => (await percent()) > 5);
      await wire.send('Network.emulateNetworkConditions', { ...slow, offline: true });
      await page.getByText('网络已断开').first().waitFor();
      await wire.send('Network.emulateNetworkConditions', slow);
      const sent = await percent();
      await eventually(async () => (await percent()) > sent + 10, { withinMs: 20_000 });
      await page.reload();
      await wire.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
      await page.getByLabel('选择此文件继续 画册.pdf').setInputFiles(large);
      await page.getByText('已加密保存').nth(1).waitFor();
      expect(await page.getByLabel('作品名称').inputValue()).to.equal(TITLE);
      await choose(page, '从作品文件中选择', '鹤华.jpg');
      await choose(page, '从作品文件中选择', '鹤华.jpg', 1);
      await page.getByRole('button', { name: '保存作品' }).click();
      await page.waitForURL('**/member/works*');
      await page.getByText(TITLE).first().waitFor();
    });
  });
}
