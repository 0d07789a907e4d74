// SPDX-License-Identifier: Apache-2.0
// The real-name form between visits, and a new e-mail address for somebody who is verified.
import path from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { eventually } from '../support/eventually.ts';
import { expectStatus, newResidentId, type PortalMember, photo } from '../support/portal.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

/** Made with libheif and x265 (the Python package pillow-heif 1.8.1). */
const HEIC = path.join(import.meta.dirname, '..', 'support', 'card.heic');

describe('real-name form (in order)', function () {
  this.timeout(90_000);
  const idNumber = newResidentId();
  let member: PortalMember;
  let page: Page;
  before(async () => {
    member = await (await stand()).system.member();
    page = await openPage('/member/profile', 390, { as: member });
  });
  after(() => page.context().close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') return keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    expect(await scrollsSideways(page)).to.equal(false);
  });

  const field = (name: string) => page.getByRole('textbox', { name, exact: true });

  it('when a picture is HEIC, WebP, or huge › says what to do where the browser cannot read it, and converts the others', async () => {
    const sender = await (await stand()).system.member();
    const other = await openPage('/member/profile', 390, { as: sender });
    // Its label changes with the first picture.
    const box = other.locator('#identity-frontImageId');
    const preview = other.getByRole('img', { name: '人像面上传' });
    const sizeIs = (width: number, height: number) =>
      eventually(async () => {
        const shown = await preview.evaluate(
          (image) => 'naturalWidth' in image && [image.naturalWidth, image.naturalHeight],
        );
        return String(shown) === `${width},${height}`;
      });
    await box.setInputFiles(HEIC);
    await other.getByText('“兼容性最佳”').waitFor();
    expect(await preview.count()).to.equal(0);
    await box.setInputFiles(
      fileOf(
        'card.webp',
        await sharp(await photo(900, 600))
          .webp()
          .toBuffer(),
      ),
    );
    await other.getByText('已上传').waitFor();
    await sizeIs(900, 600);
    expect(await other.getByText('“兼容性最佳”').count()).to.equal(0);
    await box.setInputFiles(fileOf('huge.jpg', await hugePhoto(4_400, 2_000)));
    await sizeIs(1_818, 4_000);
    await other.getByText('已上传').waitFor();
    expect(faultsOf(other)).to.deep.equal([]);
    await other.context().close();
  });

  it('when the page is lost half way › has what was typed and photographed, and left nothing in the browser', async () => {
    const card = fileOf('card.jpg', await photo());
    await field('真实姓名').fill('林小鹤');
    await field('身份证编号').fill(idNumber);
    await page.getByLabel('人像面上传').setInputFiles(card);
    await page.getByText('已上传').waitFor();
    await page.getByText('自动保存').waitFor();
    // An earlier save may have said so, of the first of these.
    await eventually(async () => {
      const { form } = (await expectStatus(200, member.get('/identity/form'))).body;
      return form.name === '林小鹤' && form.idNumber === idNumber && form.frontImageId;
    });
    const stored = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    expect(stored).to.not.include(idNumber).and.not.include('林小鹤');
    await page.reload();
    await page.getByText('已上传').waitFor();
    expect(await field('真实姓名').inputValue()).to.equal('林小鹤');
    expect(await field('身份证编号').inputValue()).to.equal(idNumber);
    await page.getByLabel('国徽面上传').setInputFiles(card);
    await field('电子邮箱').fill('crane@example.org');
    await field('联系地址').fill('山东省济南市历下区测试路1号');
    await page.getByText('已上传').nth(1).waitFor();
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: '保存资料' }).click();
    await page.getByText('实名认证已完成').waitFor();
  });

  it('when the e-mail address changes › starts from what is on record, and asks for no card', async () => {
    await page.getByRole('button', { name: '修改资料' }).click();
    await field('电子邮箱').waitFor();
    expect(await field('电子邮箱').inputValue()).to.equal('crane@example.org');
    expect(await field('联系地址').inputValue()).to.equal('山东省济南市历下区测试路1号');
    expect(await page.getByLabel(/面上传/).count()).to.equal(0);
    await field('电子邮箱').fill('new@example.org');
    await page.getByRole('button', { name: '保存资料' }).click();
    await page.getByText('n***@example.org').waitFor();
    await page.getByText('实名认证已完成').waitFor();
  });
});

/** Of more than 10 MB, by what follows its end; lying on its side by its EXIF. */
async function hugePhoto(width: number, height: number): Promise<Buffer> {
  const picture = sharp(await photo(width, height)).withMetadata({ orientation: 6 });
  return Buffer.concat([await picture.jpeg().toBuffer(), Buffer.alloc(11 * 1_048_576)]);
}
