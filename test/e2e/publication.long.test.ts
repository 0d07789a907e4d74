// SPDX-License-Identifier: Apache-2.0
// A work on the public site, in a browser: its owner submits it, staff approves it, a visitor finds and reports it, staff
// takes it down, the owner appeals, and another member of staff restores it.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { approve, askPayment, confirmPayment, orderIn } from '../support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember, photo, uploadFile } from '../support/portal.ts';
import { archiveWork, publishWork } from '../support/publications.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

const TITLE = '青花人偶文创产品';
const AUTHOR = '青釉工作室';
const REASON = '与他人在先作品相同，请提供创作过程。';

describe('a work on the public site (in order)', function () {
  this.timeout(180_000);
  let owner: PortalMember;
  let reviewer: PortalClient;
  let senior: PortalMember;
  let workId: string;
  let number: string;
  let publicAddress: string;
  let page: Page;
  before(async () => {
    const { system } = await stand();
    [owner, senior, reviewer] = await Promise.all([
      system.member({ verified: true }),
      system.memberWithRole('senior-reviewer'),
      system.reviewer(),
    ]);
    const images = [
      await uploadFile(owner, '正面.jpg', await photo(640, 480)),
      await uploadFile(owner, '侧面.jpg', await photo(641, 480)),
    ];
    const work = await archiveWork(owner, {
      title: TITLE,
      files: images.map((uploadId) => ({ uploadId })),
      cover: images[0],
      display: images.map((uploadId) => ({ uploadId })),
    });
    workId = work.id;
    number = await certify();
  });
  afterEach(async function () {
    if (this.currentTest?.isPending()) return;
    if (this.currentTest?.state === 'failed' || process.env.E2E_PICTURES)
      await keepPicture(page, this.currentTest?.title ?? '');
    expect([faultsOf(page), await scrollsSideways(page)]).to.deep.equal([[], false]);
    await page.context().close();
  });

  async function certify(): Promise<string> {
    const { id, version } = (await expectStatus(201, owner.post('/attestations', { workId }))).body;
    await expectStatus(200, owner.post(`/attestations/${id}/submission`, { version, priceFen: 3_000 }));
    const { outTradeNo } = await askPayment(owner, id);
    await expectStatus(204, confirmPayment(owner, outTradeNo));
    const { round } = await orderIn('UNDER_REVIEW', owner, id);
    await approve(reviewer, id, round);
    const { certificate } = await orderIn('CERTIFIED', owner, id, 120_000);
    return String(certificate.number);
  }

  const decideAs = async (staff: PortalClient, decision: string, reason?: string) => {
    page = await openPage('/staff', 1440, { as: staff });
    await page
      .getByRole('navigation', { name: '菜单' })
      .getByRole('link', { name: /公开审核/ })
      .click();
    await page.getByRole('heading', { level: 1, name: '公开审核' }).waitFor();
    if (decision === '下架') await page.getByRole('link', { name: '被举报' }).click();
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    if (decision === '下架') await page.getByText('<b>抄袭</b>').waitFor();
    await page.getByText(decision, { exact: true }).first().click();
    const button = page.locator('.moderation').getByRole('button', { name: decision });
    if (reason) {
      await button.click();
      await page.getByRole('alert').getByText('请填写说明').waitFor();
      await page.getByRole('combobox', { name: '理由' }).click();
      await page.getByTitle('侵犯著作权', { exact: true }).click();
      await page.getByRole('textbox', { name: '说明' }).fill(reason);
    }
    await button.click();
    await page.getByRole('dialog').getByRole('button', { name: '确认' }).click();
    await page.getByRole('status').getByText(TITLE).waitFor();
  };
  const search = async (keyword: string) => {
    page = await openPage('/', 1440);
    await page.getByPlaceholder('请输入作品关键词').fill(keyword);
    await page.getByRole('button', { name: '作品检索' }).click();
    await page.waitForURL(/\/works\?q=/);
    await page.getByRole('region', { name: '检索结果' }).getByRole('status').getByText(/作品/).first().waitFor();
  };
  const gone = async () => {
    await search('青花');
    expect(await page.getByRole('link', { name: TITLE }).count()).to.equal(0);
    await page.goto(publicAddress);
    await page.getByRole('alert').getByText('没有找到这个公开作品').waitFor();
  };
  const told = async (title: string) => {
    const { items } = (await expectStatus(200, owner.get('/messages'))).body;
    expect(items.map(({ text }: { text: { zh: { title: string } } }) => text.zh.title)).to.include(title);
  };

  it('when the owner submits it without consent › names the field; with consent › it waits, and nobody finds it', async () => {
    page = await openPage('/member/works', 1440, { as: owner });
    await page.getByRole('link', { name: `公开展示 ${TITLE}` }).click();
    await page.getByRole('heading', { level: 1, name: '公开展示' }).waitFor();
    await page.getByRole('textbox', { name: '作者署名' }).fill(AUTHOR);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('alert').getByText('请勾选同意后再提交。').waitFor();
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByText(/^待审核，/).waitFor();
    const { items } = (await expectStatus(200, owner.get('/works'))).body;
    expect(items.map(({ id }: { id: string }) => id)).to.include(workId);
    expect((await (await stand()).system.visitor().get('/publications?q=青花')).body.items).to.deep.equal([]);
  });

  it('when staff approves it in 公开审核 › it is public, and the owner is told', async () => {
    page = await openPage('/staff', 1440, { as: reviewer });
    const row = page.locator('tbody tr', { hasText: '公开审核' });
    await row.getByText('已等').waitFor();
    await page.context().close();
    await decideAs(reviewer, '通过');
    await told(`《${TITLE}》已公开展示`);
  });

  it('G14 作品检索 › when a visitor searches for 青花 › finds the work, opens its page, and looks its certificate up', async () => {
    await search('青花');
    await page.getByRole('link', { name: TITLE }).click();
    await page.waitForURL(/\/works\/[\da-f-]{36}$/);
    publicAddress = new URL(page.url()).pathname;
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await page.getByText(AUTHOR).waitFor();
    await page.getByRole('img', { name: /第 1 张，共 2 张/ }).waitFor();
    expect(await page.evaluate<boolean>("document.querySelector('.work-picture').decode().then(() => true)")).to.equal(
      true,
    );
    await page.getByRole('button', { name: '查看第 2 张图片' }).click();
    await page.getByRole('img', { name: /第 2 张，共 2 张/ }).waitFor();
    await page.getByText('有效', { exact: true }).waitFor();
    const link = page.locator(`a[href="/v/${number}"]`);
    await link.click();
    await page.waitForURL(`**/v/${number}`);
  });

  it('G15 版权作品 › when a visitor follows 设计作品, 美术作品 and 音乐作品 › each shows works of its category alone', async () => {
    for (const [name, isThere] of [
      ['设计作品', true],
      ['美术作品', false],
      ['音乐作品', false],
    ] as const) {
      page = await openPage('/', 1440);
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      const results = page.getByRole('region', { name: '检索结果' });
      await results
        .getByRole('status')
        .getByText(isThere ? '件作品' : '没有找到符合条件的作品。')
        .waitFor();
      expect(await results.getByRole('link', { name: TITLE }).count(), name).to.equal(isThere ? 1 : 0);
      if (name !== '音乐作品') await page.context().close();
    }
  });

  it('when a visitor reports it › has to say why, and staff takes it down with a reason', async () => {
    page = await openPage(publicAddress, 390);
    await page.getByRole('button', { name: '举报' }).click();
    await page.getByRole('button', { name: '提交举报' }).click();
    await page.getByRole('alert').getByText('请选择举报理由。').waitFor();
    await page.getByLabel('举报理由').selectOption({ label: '侵犯著作权' });
    await page.getByLabel('说明').fill('<b>抄袭</b><script>alert(1)</script>');
    await page.getByRole('button', { name: '提交举报' }).click();
    await page.getByText('举报已收到').waitFor();
    expect(await scrollsSideways(page)).to.equal(false);
    await page.context().close();
    await decideAs(reviewer, '下架', REASON);
    await told(`《${TITLE}》已从公共网站下架`);
  });

  it('when it was taken down › it is gone from search and page, and its certificate still holds', async () => {
    await gone();
    const { body } = await expectStatus(200, (await stand()).system.visitor().get(`/lookup/${number}`));
    expect(body.status).to.equal('final');
  });

  it('when the owner appeals › the remover may not decide, another restores it, and it is found again', async () => {
    page = await openPage(`/member/works/${workId}/publication`, 390, { as: owner });
    await page.getByText(REASON).first().waitFor();
    await page.getByRole('textbox', { name: '申诉说明' }).fill('作品为本人原创，附有草图。');
    await page.getByRole('button', { name: '提交申诉' }).click();
    await page.getByText(/^申诉待处理，/).waitFor();
    await page.context().close();
    page = await openPage('/staff/publications', 1440, { as: reviewer });
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByText('申诉须由另一位工作人员处理').waitFor();
    await page.context().close();
    await decideAs(senior, '恢复展示');
    await page.context().close();
    await told(`《${TITLE}》申诉成立，已恢复展示`);
    await search('青花');
    await page.getByRole('link', { name: TITLE }).waitFor();
  });

  it('when the owner withdraws it › visitors see that it is gone', async () => {
    page = await openPage(`/member/works/${workId}/publication`, 1440, { as: owner });
    await page.getByRole('button', { name: '撤回公开展示' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认撤回' }).click();
    await page.getByText(/^已撤回，/).waitFor();
    await page.context().close();
    await gone();
  });

  for (const width of WIDTHS)
    it(`when title and author hold HTML › at ${width} shows it as text`, async () => {
      const title = `<img src=x onerror="document.title='owned'">纹样${width}`;
      const author = '<script>alert(1)</script>';
      const { id } = await publishWork({ owner, staff: reviewer }, await archiveWork(owner, { title }), { author });
      page = await openPage(`/works?q=纹样${width}`, width);
      await page.getByRole('link', { name: title }).click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(new URL(page.url()).pathname).to.equal(`/works/${id}`);
      await page.getByText(author, { exact: true }).waitFor();
      expect(await page.locator('img[src=x], main script').count()).to.equal(0);
      expect(await page.title()).to.include(title);
    });
});
