// SPDX-License-Identifier: Apache-2.0
// Several trust files side by side, on the site and in the page on disk: the verdict under each, and where they differ.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { type Certified, certifiedWork } from './certified.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, type Width } from './stand.ts';

const CONSISTENT = '记录自洽，区块链未独立核验';
const REFUSED = '未通过验证';

describe('several trust files', function () {
  this.timeout(90_000);
  let good: Certified;
  let page: Page | undefined;

  before(async () => {
    good = await certifiedWork();
  });
  afterEach(async function () {
    if (!page) return;
    const opened = page;
    page = undefined;
    if (this.currentTest?.state === 'failed') await keepPicture(opened, this.currentTest.title);
    const found = [faultsOf(opened), await scrollsSideways(opened)];
    await opened.context().close();
    expect(found).to.deep.equal([[], false]);
  });

  const open = async (address: string, width: Width) => {
    page = await openPage(address, width);
    return page;
  };
  const verdict = (visitor: Page, title: string) =>
    visitor.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();

  it('when several trust files are chosen › says the verdict under each and where they differ, also on paper', async () => {
    const { system } = await stand();
    const html = await (await fetch(`${system.url}/verify.html`)).text();
    const [ours, other] = await twoTrustFiles();
    const visitor = await open('/', 390);
    await visitor.goto('about:blank');
    await visitor.context().setOffline(true);
    await visitor.goto(`file://${fileOf('verify.html', html)}`);
    await visitor.getByLabel('信任文件', { exact: true }).first().setInputFiles([ours, other]);
    await visitor.getByRole('button', { name: '移除 other.json' }).waitFor();
    await visitor.getByLabel('证书 PDF、证明文件或证据包').setInputFiles(good.bundle);
    await verdict(visitor, REFUSED);
    const trust = visitor.getByRole('region', { name: '信任文件' });
    await trust.getByRole('listitem').filter({ hasText: 'trust.json' }).getByText(CONSISTENT).waitFor();
    await trust.getByRole('listitem').filter({ hasText: 'other.json' }).getByText(REFUSED).waitFor();
    await trust.getByText(/codeHash/).waitFor();
    await keepPicture(visitor, 'trust-files-390');
    await visitor.emulateMedia({ media: 'print' });
    await trust.getByText('各信任文件不一致').waitFor();
    expect(await trust.getByRole('button', { name: '移除 other.json' }).isVisible()).to.equal(false);
    await keepPicture(visitor, 'trust-files-print');
    await visitor.emulateMedia({ media: 'screen' });
    await trust.getByRole('button', { name: '移除 other.json' }).press('Enter');
    await verdict(visitor, CONSISTENT);
    await trust.getByRole('button', { name: '移除' }).waitFor();
  });

  it('when trust files are added to a look-up by keyboard › the worst counts until it is removed', async () => {
    const [ours, other] = await twoTrustFiles();
    const visitor = await open(`/v/${good.number}`, 1440);
    await verdict(visitor, CONSISTENT);
    // Asked for only when the key is pressed, the window of files would sometimes open before it can be caught.
    visitor.on('filechooser', () => {});
    const choose = async (name: string, file: string) => {
      await visitor.getByLabel(name).focus();
      const chooser = visitor.waitForEvent('filechooser');
      await visitor.keyboard.press('Space');
      await (await chooser).setFiles(file);
    };
    await choose('换成我自己的', ours);
    await visitor.getByText('您自己的信任文件', { exact: true }).waitFor();
    await choose('再添加信任文件', other);
    await verdict(visitor, REFUSED);
    await keepPicture(visitor, 'trust-files-1440');
    await visitor.getByRole('button', { name: '移除 other.json' }).click();
    await verdict(visitor, CONSISTENT);
    await visitor.getByRole('button', { name: '移除' }).click();
    await visitor.getByText('本站提供的信任文件', { exact: true }).waitFor();
  });
});

/** The ledger's, and one that says the contract has another code. */
async function twoTrustFiles(): Promise<[ours: string, other: string]> {
  const ours = await (await stand()).system.trustFile();
  const code = /"codeHash": ?"0x[0-9a-f]{64}"/g;
  const changed = readFileSync(ours, 'utf8').replaceAll(code, `"codeHash":"0x${'5'.repeat(64)}"`);
  return [ours, fileOf('other.json', changed)];
}
