// SPDX-License-Identifier: Apache-2.0
// 历史证书 in the browser: whoever types an old number learns whom to ask, and no proof; its member finds it and its PDF.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { type EarlierRow, earlierFolder, earlierRow, OLD_PDF } from '../support/earlier-certificates.ts';
import type { PortalMember } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS, type Width } from './stand.ts';

const SOURCE = '山东省齐鲁文化版权登记中心';
const TITLE = '历史证书，没有链上存证';

describe('earlier certificates', function () {
  this.timeout(300_000);
  let member: PortalMember;
  let newcomer: PortalMember;
  let rows: EarlierRow[];
  const pages: Page[] = [];
  before(async () => {
    const { system } = await stand();
    [member, newcomer] = await Promise.all([system.member({ verified: true }), system.member({ verified: true })]);
    const theirs = { phone: member.phone, owners: '测试员、欧阳小明', source: SOURCE };
    const long = '青花人偶文创产品系列图案'.repeat(8).slice(0, 100);
    rows = [
      earlierRow({
        ...theirs,
        number: '鲁著证字（2014）第0005-A号',
        title: '青釉瓷',
        pdf: 'a.pdf',
        workType: 'FINE_ART',
      }),
      earlierRow({ ...theirs, number: '鲁作登字-2014-F-005026', title: long, fileSha256: 'ab'.repeat(32) }),
      earlierRow({ ...theirs, number: '2014-005' }),
    ];
    await system.importFrom(earlierFolder(rows, { 'a.pdf': OLD_PDF }));
  });
  afterEach(async function () {
    for (const page of pages.splice(0)) {
      if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
      const [faults, isWide] = [faultsOf(page), await scrollsSideways(page)];
      await page.context().close();
      expect(faults).to.deep.equal([]);
      expect(isWide, 'scrolls sideways').to.equal(false);
    }
  });

  const open = async (address: string, width: Width, as?: PortalMember) => {
    const page = await openPage(address, width, as ? { as } : {});
    pages.push(page);
    return page;
  };
  const verdict = (page: Page, title: string) => page.getByRole('heading', { level: 1, name: title }).waitFor();

  for (const width of WIDTHS) {
    it(`at ${width} › when an old number is typed › names who issued it and when, without stamp, title and names`, async () => {
      const visitor = await open('/v', width);
      for (const number of rows.map((row) => String(row.number))) {
        await visitor.locator('#number').fill(` ${number} `);
        await visitor.keyboard.press('Enter');
        await visitor.locator('.facts').getByText(number, { exact: true }).waitFor();
        await verdict(visitor, TITLE);
        const sheet = await visitor.locator('.verdict-sheet').innerText();
        expect(sheet).to.include(
          `这是 ${SOURCE} 于 2014-05-06 签发的历史证书的登记信息，本平台没有其链上存证，请向 ${SOURCE} 核实。`,
        );
        expect(sheet).to.not.match(/青釉瓷|欧阳|测试员/);
        expect(await visitor.getByLabel('红色印章：印信存证').count()).to.equal(0);
        expect(await visitor.locator('.tally').count()).to.equal(0);
      }
      await keepPicture(visitor, `earlier look-up ${width}`);
      // The address leads to the same answer.
      await visitor.reload();
      await verdict(visitor, TITLE);
    });

    it(`at ${width} › when nobody gave a number › says so, and a number of ours keeps its verdict`, async () => {
      const visitor = await open('/v', width);
      for (const unknown of ['鲁著证字（2014）第0006号', '100%#?/\\']) {
        await visitor.locator('#number').fill(unknown);
        await visitor.keyboard.press('Enter');
        await visitor.getByRole('alert').getByText('也没有登记这个编号的历史证书').waitFor();
      }
      await visitor.locator('#number').fill('100000000000999999');
      await visitor.keyboard.press('Enter');
      await verdict(visitor, '记录显示未签发此编号，区块链未独立核验');
    });

    it(`at ${width} › when its member looks › finds it, its PDF, and the way to put the work on record`, async () => {
      const own = await open('/member/attestations', width, member);
      await own.getByRole('link', { name: '历史证书' }).click();
      await own.getByRole('heading', { name: '青釉瓷' }).waitFor();
      const section = own.locator('.section', { hasText: '青釉瓷' });
      expect(await section.innerText())
        .to.include('测**、欧***')
        .and.include('没有链上存证')
        .and.include('美术');
      const [saved] = await Promise.all([
        own.waitForEvent('download'),
        section.getByRole('link', { name: '下载 PDF' }).click(),
      ]);
      expect(readFileSync(await saved.path()).equals(OLD_PDF)).to.equal(true);
      await keepPicture(own, `earlier certificates ${width}`);
      await section.getByRole('link', { name: '为同一件作品办理存证' }).click();
      await own.getByRole('heading', { level: 1, name: /作品/ }).waitFor();
      const none = await open('/member/earlier-certificates', width, newcomer);
      await none.getByText('没有导入过您的历史证书。').waitFor();
      await keepPicture(none, `no earlier certificates ${width}`);
    });
  }

  it('when the language is English › says the same', async () => {
    const visitor = await open(`/v/${encodeURIComponent('2014-005')}`, 390);
    await verdict(visitor, TITLE);
    await visitor.evaluate(`localStorage.setItem('inkseal-language', 'en')`);
    await visitor.reload();
    await verdict(visitor, 'An earlier certificate, not on the blockchain');
    await keepPicture(visitor, 'earlier look-up en');
  });
});
