// SPDX-License-Identifier: Apache-2.0
// What anybody finds out about a certificate, with the site, without it, and without a mouse.
import { statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { PASSWORD } from '../support/portal.ts';
import { type Certified, certifiedWork, refusedOrder, revoke } from './certified.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS, type Width } from './stand.ts';

const SUBMISSION = path.resolve(import.meta.dirname, '../../verifier/vectors/v1/good/submission.proof.json');
const CONSISTENT = '记录自洽，区块链未独立核验';
const DIFFERENT = '文件与存证时不一致';
const REVOKED = '证书已撤销';
const NEVER = '记录显示未签发此编号，区块链未独立核验';

describe('look-up', function () {
  this.timeout(90_000);
  let good: Certified;
  let revoked: Certified;
  let returned: string;
  let rejected: string;
  let page: Page | undefined;

  before(async () => {
    const [first, second] = await Promise.all([certifiedWork(), certifiedWork()]);
    good = first;
    revoked = await revoke(second);
    [returned, rejected] = [await refusedOrder('RETURN'), await refusedOrder('REJECT')];
  });
  afterEach(async function () {
    if (!page) return;
    const opened = page;
    page = undefined;
    if (this.currentTest?.state === 'failed') await keepPicture(opened, this.currentTest.title);
    const faults = faultsOf(opened);
    const isWide = await scrollsSideways(opened);
    await opened.context().close();
    expect(faults).to.deep.equal([]);
    expect(isWide, 'scrolls sideways').to.equal(false);
  });

  const open = async (address: string, width: Width) => {
    page = await openPage(address, width);
    return page;
  };

  for (const width of WIDTHS) {
    describe(`${width} px wide`, () => {
      it('when a number is typed on the home page › shows the record, verified in the browser', async () => {
        const visitor = await open('/', width);
        await visitor.getByLabel(/证书编号|查验一张证书/).fill(good.number);
        await visitor.keyboard.press('Enter');
        await verdict(visitor, CONSISTENT);
        expect(new URL(visitor.url()).pathname).to.equal(`/v/${good.number}`);
        expect(await visitor.content()).to.not.include(good.title);
      });

      it('when the QR code is followed › shows the title, and takes the code out of the address', async () => {
        const visitor = await open(good.lookupUrl, width);
        await verdict(visitor, CONSISTENT);
        await visitor.getByText(good.title).first().waitFor();
        expect(visitor.url()).to.not.include('#');
        await visitor.getByLabel('文件或证书 PDF').setInputFiles(good.original);
        await visitor.getByText('相符', { exact: true }).first().waitFor();
        await visitor.getByLabel('文件或证书 PDF').setInputFiles(good.changed);
        await verdict(visitor, DIFFERENT);
      });

      it('when the printed code is typed › shows the title; when a wrong one, says so', async () => {
        const visitor = await open(`/v/${good.number}`, width);
        await verdict(visitor, CONSISTENT);
        await visitor.getByRole('textbox', { name: '查询码' }).fill('AAAAAAAAAA');
        await visitor.keyboard.press('Enter');
        await visitor.getByText('查询码不对').waitFor();
        await visitor.goto(`/v/${good.number}`);
        await visitor.getByRole('textbox', { name: '查询码' }).fill(good.typedCode);
        await visitor.keyboard.press('Enter');
        await visitor.getByText(good.title).first().waitFor();
      });

      it('when the certificate itself is given › reads the proof in it, and shows the size of the PDF', async () => {
        const visitor = await open('/v', width);
        await visitor.getByLabel('文件或证书 PDF').setInputFiles(good.pdf);
        await verdict(visitor, CONSISTENT);
        const box = await visitor.locator('.file-box').innerText();
        const [, shown, unit = ''] = /([\d.]+) (B|KB|MB)\b/.exec(box) ?? [];
        const { size } = statSync(good.pdf);
        expect(Number(shown) * 1_024 ** ['B', 'KB', 'MB'].indexOf(unit), box).to.be.closeTo(size, size / 100);
      });

      it('when what is typed is no number › says so at the field, and gives no verdict', async () => {
        const visitor = await open('/v', width);
        const field = visitor.getByLabel(/证书编号/);
        for (const [typed, fault] of [
          ['', '请输入证书编号，或选择一个文件。'],
          ['abc', /^这不是本站的编号，也没有登记/],
          ['C3000000000000000001', /^没有这个证单编号/],
        ] as const) {
          await field.fill(typed);
          await field.press('Enter');
          const alert = visitor.locator('.number-field').getByRole('alert').filter({ hasText: fault });
          await alert.waitFor();
          expect(await field.getAttribute('aria-invalid'), typed).to.equal('true');
          expect(await field.getAttribute('aria-describedby')).to.equal(await alert.getAttribute('id'));
          await visitor.getByRole('heading', { level: 1, name: '查验一张证书' }).waitFor();
          expect(await visitor.locator('.verdict').count(), typed).to.equal(0);
        }
      });

      it('when a 证单编号 is typed, in any form › shows its certificate', async () => {
        const visitor = await open('/v', width);
        await visitor.getByLabel(/证书编号/).fill(` ${good.documentNumber.toLowerCase()}\u200b`);
        await visitor.keyboard.press('Enter');
        await verdict(visitor, CONSISTENT);
        await visitor.getByText('您输入的是证单编号').waitFor();
      });

      it('when the number is of an order that was refused › says so in both languages, and calls it no certificate', async () => {
        for (const [number, zh, en] of [
          [returned, '已退回修改，没有证书', 'Returned for changes, no certificate'],
          [rejected, '审核未通过，没有证书', 'Rejected, no certificate'],
        ] as const) {
          if (page) await page.context().close();
          const visitor = await open(`/v/${number}`, width);
          await verdict(visitor, zh);
          await visitor.getByText('您输入的是确权存证编号，此状态由本站陈述。').waitFor();
          expect(await visitor.getByText('存证进行中').count()).to.equal(0);
          await visitor.goto(`/v/${number}?lang=en`);
          await verdict(visitor, en);
        }
      });

      it('when only the work is given › names the certificates that list it', async () => {
        const visitor = await open('/v', width);
        await visitor.getByLabel('文件或证书 PDF').setInputFiles(good.original);
        await visitor.getByText('有 1 张证书列有这个文件').waitFor();
        await visitor.getByLabel('文件或证书 PDF').setInputFiles(fileOf('other.jpg', 'another file'));
        await visitor.getByText('没有公开的证书列有这个文件').waitFor();
      });

      it('when the number was never issued, or is of a revoked certificate › says so', async () => {
        const visitor = await open(`/v/${BigInt(good.number) + 1_000n}`, width);
        await verdict(visitor, NEVER);
        await visitor.goto(`/v/${revoked.number}`);
        await verdict(visitor, REVOKED);
        await visitor.getByText('持有人申请').first().waitFor();
        const details = (await visitor.locator('.check-details').allInnerTexts()).join('\n');
        expect(details)
          .to.include('撤销，原因：持有人申请')
          .and.not.match(/not revoked|on chain|\bblock \d|numbers from/);
      });
    });
  }

  describe('verify.html from disk, with the network off', () => {
    it('tells a good, a changed and a revoked one apart', async () => {
      const { system } = await stand();
      const html = await (await fetch(`${system.url}/verify.html`)).text();
      const trust = await system.trustFile();
      const saved = `file://${fileOf('verify.html', html)}`;
      const visitor = await open('/', 1440);
      // What the site itself still loads is not what the file asks for.
      await visitor.goto('about:blank');
      await visitor.context().setOffline(true);
      const asked: string[] = [];
      visitor.on('request', (request) => void asked.push(request.url()));
      await visitor.goto(saved);
      await visitor.getByLabel('证书 PDF、证明文件或证据包').setInputFiles(good.bundle);
      await visitor.getByLabel('信任文件', { exact: true }).first().setInputFiles(trust);
      await visitor.getByLabel('作品原件').setInputFiles(good.original);
      await verdict(visitor, CONSISTENT);
      await visitor.getByText('相符', { exact: true }).first().waitFor();
      await visitor.goto(saved);
      await visitor.getByLabel('证书 PDF、证明文件或证据包').setInputFiles(good.pdf);
      await visitor.getByLabel('作品原件').setInputFiles(good.changed);
      await verdict(visitor, DIFFERENT);
      await visitor.goto(saved);
      await visitor.getByLabel('证书 PDF、证明文件或证据包').setInputFiles(revoked.bundle);
      await verdict(visitor, REVOKED);
      expect(asked.filter((url) => !/^(file|blob|data):/.test(url))).to.deep.equal([]);
    });
  });

  it('when a file is given while another is still being read › takes both', async () => {
    const visitor = await open('/', 1440);
    await visitor.addInitScript(`{
      const read = Blob.prototype.arrayBuffer;
      const gate = Promise.withResolvers();
      window.mayRead = gate.resolve;
      Blob.prototype.arrayBuffer = function () {
        return gate.promise.then(() => read.call(this));
      };
    }`);
    await visitor.goto('/verify.html');
    await visitor.getByLabel('证书 PDF、证明文件或证据包').setInputFiles(good.pdf);
    await visitor.getByLabel('作品原件').setInputFiles(good.original);
    await visitor
      .getByLabel('信任文件', { exact: true })
      .first()
      .setInputFiles(await (await stand()).system.trustFile());
    await visitor.evaluate('window.mayRead()');
    await verdict(visitor, CONSISTENT);
    await visitor.getByText('相符', { exact: true }).first().waitFor();
  });

  it('when the file of a submission differs › gives the record neither the heading nor the number of a certificate', async () => {
    const visitor = await open('/verify.html', 1440);
    await visitor.getByLabel('证书 PDF、证明文件或证据包').setInputFiles(SUBMISSION);
    await visitor.getByLabel('作品原件').setInputFiles(good.changed);
    await verdict(visitor, `${DIFFERENT}（提交记录，不是证书）`);
    const record = visitor.getByRole('region', { name: /记录内容|证书记载/ });
    expect(await record.getByRole('heading').innerText()).to.include('记录内容');
    expect((await record.getByRole('term').allInnerTexts()).join())
      .to.include('链上编号')
      .and.include('记录种类')
      .and.include('记录状态')
      .and.not.include('证书');
    expect(await visitor.locator('.checks').allInnerTexts()).to.not.include('证书状态');
  });

  describe('with the keyboard alone', () => {
    it('logs in', async () => {
      const { system } = await stand();
      const { phone } = await system.member({ verified: true });
      const visitor = await open('/login', 1440);
      await tabTo(visitor, visitor.getByLabel('手机号码'));
      await visitor.keyboard.type(phone);
      await tabTo(visitor, visitor.getByLabel('登录密码'));
      await visitor.keyboard.type(PASSWORD);
      await visitor.keyboard.press('Enter');
      await visitor.waitForURL('**/member/works');
    });

    it('looks a number up, and opens the details of a check', async () => {
      const visitor = await open('/v', 1440);
      await tabTo(visitor, visitor.getByLabel(/证书编号/));
      await visitor.keyboard.type(good.number);
      await visitor.keyboard.press('Enter');
      await verdict(visitor, CONSISTENT);
      const details = visitor.getByText('技术细节', { exact: true }).first();
      await tabTo(visitor, details);
      await visitor.keyboard.press('Enter');
      await visitor.getByText('检查代码').first().waitFor();
    });
  });
});

function verdict(page: Page, title: string): Promise<void> {
  return page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

const MOST_STOPS = 80;

/** Presses Tab until the element, or what it stands in, has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  let stops = 0;
  await eventually(
    async () => {
      await page.keyboard.press('Tab');
      stops += 1;
      const isThere = await target.evaluate(
        (element) => element.ownerDocument.activeElement?.contains(element) ?? false,
      );
      const isBody = await target.evaluate(
        (element) => element.ownerDocument.activeElement === element.ownerDocument.body,
      );
      return (isThere && !isBody) || stops > MOST_STOPS;
    },
    { everyMs: 0 },
  );
  if (stops > MOST_STOPS) throw new Error('the keyboard does not reach it');
}
