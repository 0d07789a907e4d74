// SPDX-License-Identifier: Apache-2.0
// What a reviewer sees at the desk while applicants and other reviewers act.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Order, orderIn, paidOrder, readOrder } from '../support/orders.ts';
import { expectStatus, type PortalMember, photo } from '../support/portal.ts';
import { logIn } from './member.ts';
import { comeBack, faultsOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

const REASON = { field: 'intro', code: 'unclear', text: '请写明图案的用途。' };

describe('review desk (in order)', function () {
  this.timeout(90_000);
  let member: PortalMember;
  let order: Order;
  let desk: Page;

  before(async () => {
    const { system } = await stand();
    member = await system.member({ verified: true });
    order = await orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id, 60_000);
    desk = await openPage('/login', 1440);
    await logIn(desk, system.reviewerCredentials());
    await toQueue();
  });
  after(() => desk.context().close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') return keepPicture(desk, this.currentTest.title);
    expect(faultsOf(desk)).to.deep.equal([]);
    expect(await scrollsSideways(desk)).to.equal(false);
  });

  const toQueue = () => desk.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '确权审核' }).click();
  const openCase = () => desk.locator(`.queue a[href*="${order.id}"]`).click();

  it('when another member has the same picture on record › shows both side by side, and leads to the other order', async () => {
    const { system } = await stand();
    const picture = await photo(733, 412);
    const earlier = await orderIn('UNDER_REVIEW', member, (await paidOrder(member, picture)).id, 60_000);
    const other = await system.member({ verified: true });
    const later = await orderIn('UNDER_REVIEW', other, (await paidOrder(other, picture)).id, 60_000);
    await desk.goto(`/staff/attestations/${later.id}`);
    const pair = desk.locator('.likenesses > li').filter({ hasText: earlier.orderNumber });
    await pair.getByText('完全相同').waitFor();
    const loaded = () =>
      pair.locator('img').evaluateAll((images) => images.filter((image) => Reflect.get(image, 'naturalWidth') > 0));
    await pair.scrollIntoViewIfNeeded();
    await eventually(async () => (await loaded()).length === 2);
    await pair.getByRole('link').click();
    await desk.getByRole('main').getByText(`编号 ${earlier.orderNumber}`, { exact: true }).waitFor();
    await desk.getByRole('link', { name: '印信 工作台' }).click();
    await toQueue();
  });

  it('when a case is resubmitted after a review › shows the new round, and the changes in words', async () => {
    const { system } = await stand();
    await openCase();
    await desk.getByText('第 1 轮', { exact: true }).waitFor();
    await desk.getByRole('link', { name: '印信 工作台' }).click();
    await toQueue();
    const reviewer = await system.reviewer();
    await decide(reviewer, 1, 'RETURN', [REASON]);
    await resubmit({ title: '鹤华抱枕 二稿', tags: ['创意设计', '模型'], display: [] });
    await comeBack(desk);
    await desk.getByText('鹤华抱枕 二稿').waitFor();
    await openCase();
    await desk.getByRole('main').getByText('第 2 轮', { exact: true }).waitFor();
    const changes = desk.locator('.changes > li > p');
    expect(await changes.allInnerTexts()).to.deep.equal([
      '作品名称：鹤华抱枕 → 鹤华抱枕 二稿',
      '添加作品标签：模型',
      '删除展示图片：鹤华.jpg',
    ]);
    expect(await desk.locator('.changes').innerText()).to.not.match(/[0-9a-f]{9}/);
  });

  it('when a decision is taken › nothing is chosen beforehand, missing parts are named, and a confirmation is required', async () => {
    const panel = desk.getByRole('complementary', { name: '审核决定' });
    // Counting does not wait for the page.
    await panel.getByRole('radio').first().waitFor({ state: 'attached' });
    expect(await panel.getByRole('radio', { checked: true }).count()).to.equal(0);
    expect(await panel.getByRole('button').count()).to.equal(0);
    await panel.getByText('退回修改', { exact: true }).click();
    await panel.getByRole('button', { name: '退回修改（1 项）' }).click();
    const missing = ['请选择有问题的字段。', '请选择是什么问题。', '请写明申请人该怎样改。'];
    for (const sentence of missing) await panel.locator('.field-error', { hasText: sentence }).waitFor();
    await panel.getByText('通过', { exact: true }).click();
    await panel.getByRole('button', { name: '通过', exact: true }).click();
    await desk.getByRole('dialog').getByText('内容写入区块链并自动出证，不能更改').waitFor();
    await desk.getByRole('button', { name: '再看看' }).click();
    expect((await readOrder(member, order.id)).state).to.equal('UNDER_REVIEW');
    await desk.getByRole('main').getByText('审核员 ID').waitFor();
    await desk.getByRole('main').getByText('请写明图案的用途。').waitFor();
  });

  it('when another reviewer decides while a case is open › shows that it is decided, without a reload', async () => {
    const { system } = await stand();
    await decide(await system.reviewer(), 2, 'RETURN', [REASON]);
    await comeBack(desk);
    await desk.getByText('这个订单现在不需要审核（审核退回）').waitFor();
  });

  function decide(client: Pick<PortalMember, 'post'>, round: number, decision: string, reasons: object[]) {
    const body = { round, decision, reasons };
    return expectStatus(200, client.post(`/staff/attestations/${order.id}/decision`, body));
  }

  async function resubmit(part: object): Promise<void> {
    const path = `/attestations/${order.id}`;
    const { form, version } = (await expectStatus(200, member.get(path))).body;
    const saved = await expectStatus(200, member.put(path, { ...form, ...part, version }));
    await expectStatus(200, member.post(`${path}/resubmission`, { version: saved.body.version }));
  }
});
