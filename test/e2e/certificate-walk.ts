// SPDX-License-Identifier: Apache-2.0
// From the first visit to a certificate in hand, as a creator and a reviewer live it.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { parseBundle } from '../../verifier/src/index.ts';
import { eventually } from '../support/eventually.ts';
import { type Line, openLine } from '../support/line.ts';
import { newPhone, PASSWORD, photo } from '../support/portal.ts';
import { choose, describeOrder, describeWork, largePdf, logIn, register, saveRealName } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, type Width } from './stand.ts';

const TITLE = '鹤华抱枕';

export function certificateWalk(width: Width): void {
  describe(`from a file to a certificate, ${width} px wide (in order)`, function () {
    this.timeout(90_000);
    const phone = newPhone();
    let line: Line;
    let page: Page;

    before(async () => {
      const { system } = await stand();
      line = await openLine(system.url);
      page = await openPage('/login', width, { baseURL: line.url });
    });
    after(async () => {
      await page.context().close();
      await line.close();
    });
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
      // Half a minute for the whole file: however busy the machine, it must not be over before the page is lost.
      line.slow(800_000);
      await page.getByLabel('作品文件', { exact: true }).first().setInputFiles(large);
      const progress = page.getByLabel('画册.pdf 的上传进度');
      const percent = async () => Number(await progress.getAttribute('value'));
      await eventually(async () => (await percent()) > 5);
      await page.context().setOffline(true);
      line.cut();
      await page.getByText('网络已断开').first().waitFor();
      const resumed = page.waitForRequest((request) => request.method() === 'HEAD');
      line.mend();
      line.slow(800_000);
      await page.context().setOffline(false);
      await resumed;
      const sent = await percent();
      await eventually(async () => (await percent()) > sent + 10);
      await page.reload();
      line.mend();
      // Another file of the same name and size must not go on where this one stopped.
      const otherBytes = Buffer.from(largePdf(24));
      const other = fileOf('画册.pdf', otherBytes.fill(1, otherBytes.length - 9));
      await page.getByLabel('选择此文件继续 画册.pdf').setInputFiles(other);
      await page.getByText('收到的文件与所选文件不一致').first().waitFor();
      await page.reload();
      await page.getByLabel('选择此文件继续 画册.pdf').setInputFiles(large);
      await page.getByText('已加密保存').nth(1).waitFor();
      await page.getByText('摘要与您的文件一致').waitFor();
      expect(await page.getByLabel('作品名称').inputValue()).to.equal(TITLE);
      await choose(page, '从作品文件中选择', '鹤华.jpg');
      await choose(page, '从作品文件中选择', '鹤华.jpg', 1);
      await page.getByRole('button', { name: '保存作品' }).click();
      await page.waitForURL('**/member/works*');
      await page.getByText(TITLE).first().waitFor();
    });

    it('puts it on record and pays', async () => {
      await page.getByRole('button', { name: `去确权存证 ${TITLE}` }).click();
      await page.waitForURL('**/member/attest/*');
      await describeOrder(page);
      await page.getByRole('button', { name: '确权存证', exact: true }).click();
      await page.getByRole('button', { name: '确认提交' }).click();
      await page.waitForURL('**/payment');
      await page.getByRole('img', { name: '付款二维码' }).waitFor();
      const opened = page.context().waitForEvent('page');
      await page.getByRole('link', { name: '打开付款页' }).click();
      const cashier = await opened;
      await cashier.getByRole('button', { name: '立即支付' }).click();
      await page.getByText('付款成功').waitFor();
      await page.waitForURL(/\/member\/attestations\/[0-9a-f-]+$/);
      await cashier.close();
      await page.getByText('审核中').first().waitFor();
    });

    it('is returned with two reasons, and shows each at its field', async () => {
      const order = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      await asReviewer(async (desk) => {
        await desk.goto(`/staff/attestations/${order}`);
        await desk.getByText('退回修改', { exact: true }).click();
        await choose(desk, '所在字段', '作品介绍');
        await choose(desk, '问题', '看不清');
        await desk.getByLabel('请怎样改').fill('请写明图案的用途。');
        await desk.getByRole('button', { name: '再加一项' }).click();
        await choose(desk, '所在字段', '作品名称', 1);
        await choose(desk, '问题', '前后不一致', 1);
        await desk.getByLabel('请怎样改').nth(1).fill('与画册封面上的名称不一致。');
        // The preview above the button grows with the last words, and moves it.
        await desk.getByRole('note').getByText('与画册封面上的名称不一致。').waitFor();
        await desk.getByRole('button', { name: '退回修改（2 项）' }).click();
        await desk.getByRole('button', { name: '确认退回' }).click();
        await desk.getByText('已提交决定：退回修改').waitFor();
      });
      await page.reload();
      await page.getByText('审核退回，共 2 项').first().waitFor();
      await page.getByRole('button', { name: '修改' }).click();
      await page.getByText('审核意见：请写明图案的用途。').waitFor();
      await page.getByText('审核意见：与画册封面上的名称不一致。').waitFor();
      await page.getByLabel('作品介绍').fill('以鹤为题的图案，用于抱枕和画册。');
      await page.getByLabel('作品名称').fill(`${TITLE}（修订）`);
      await page.getByRole('button', { name: '重新提交' }).click();
      await page.getByRole('button', { name: '确认提交' }).click();
      await page.getByText('审核中').first().waitFor();
    });

    it('is approved, anchored, and certified; the certificate holds its proof', async () => {
      const order = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      await asReviewer(async (desk) => {
        await desk.goto(`/staff/attestations/${order}`);
        await desk.getByText('申请人改了 2 处').waitFor();
        await desk.getByText('通过', { exact: true }).click();
        await desk.getByRole('button', { name: '通过', exact: true }).click();
        await desk.getByRole('button', { name: '确认通过' }).click();
        await desk.getByText('已提交决定：通过').waitFor();
      });
      await page.goto(`/member/attestations/${order}`);
      await page.getByText('证书已出具').waitFor();
      await page.getByRole('link', { name: '获取证书' }).first().click();
      await page.getByText('未独立核验').waitFor();
      const pdf = await saved(page, '下载证书');
      expect(pdf.subarray(0, 5).toString()).to.equal('%PDF-');
      expect((await saved(page, '下载证据包（zip）')).subarray(0, 2).toString()).to.equal('PK');
      const bundle = parseBundle(await saved(page, '下载证明文件（json）'));
      const code = bundle.statement.number;
      const reader = page.context().waitForEvent('page');
      await page.getByRole('link', { name: '打开查询页核验' }).click();
      await (await reader).getByText(TITLE).first().waitFor();
      expect((await reader).url()).to.include(code);
      await (await reader).close();
    });

    it('is found by its file only as long as the owner allows it', async () => {
      const allowed = page.getByRole('switch', { name: '允许他人用作品文件查到这份证书' });
      await allowed.click();
      await page.getByText('结果与未存证的文件相同').waitFor();
      await page.reload();
      await page.getByText('结果与未存证的文件相同').waitFor();
      expect(await allowed.isChecked()).to.equal(false);
    });
  });
}

/** At the desk, wherever the creator is. */
async function asReviewer(work: (desk: Page) => Promise<void>): Promise<void> {
  const { system } = await stand();
  const desk = await openPage('/login', 1440);
  try {
    await logIn(desk, system.reviewerCredentials());
    await work(desk);
    expect(faultsOf(desk)).to.deep.equal([]);
  } catch (error) {
    await keepPicture(desk, 'the desk');
    throw error;
  } finally {
    await desk.context().close();
  }
}

async function saved(page: Page, button: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFile(await (await download).path());
}
