// SPDX-License-Identifier: Apache-2.0
// What a registration is good for: strangers look it up, its owner records what became of the rights; and what a refused order
// gives back. The last steps of the walk in registration-walk.ts.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Order, orderIn, paidOrder, readOrder, refuse } from '../support/orders.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import { readRegistration } from '../support/registrations.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, type Width } from './stand.ts';

const CONSISTENT = '记录自洽，区块链未独立核验';
const LICENCE = {
  kind: 'LICENCE',
  licensee: '济南云鹤文化有限公司',
  exclusivity: 'SOLE',
  rights: ['R05', 'R12'],
  territory: '中国大陆',
  from: '2026-01-01',
  to: '2028-12-31',
};
const DISPUTE = {
  kind: 'DISPUTE',
  status: 'OPEN',
  claimant: '王大力',
  matter: '对方称图案抄袭其作品。',
  raisedOn: '2026-03-01',
};

export interface Walk {
  width: Width;
  page: Page;
  owner: PortalMember;
  /** Of the right holder in 人员档案. */
  partnerId: string;
  workId: string;
  orderId: string;
  registrationId: string;
}

/** 订单详情 or 登记详情, in this state. */
export const inState = (page: Page, words: string) =>
  page.getByRole('status').filter({ hasText: words }).first().waitFor();
export const fact = (page: Page, name: string) =>
  page.locator('.facts > div').filter({ has: page.getByText(name, { exact: true }) });

export async function lookUp(walk: Walk): Promise<void> {
  const { width, owner, registrationId: id, orderId } = walk;
  const { certificate, registrationNumber, form } = await readRegistration(owner, id);
  const [sample] = form.documents.filter(({ kind }: Order) => kind === 'SAMPLE');
  const path = `/registrations/${id}/files/${sample.uploadId}/content`;
  const original = fileOf('鹤华.jpg', (await expectStatus(200, owner.get(path))).bytes);
  const attested = (await readOrder(owner, orderId)).certificate.number;
  await asStranger(walk, '/v', async (visitor) => {
    await visitor.getByLabel(/证书编号/).fill(certificate.number);
    await visitor.keyboard.press('Enter');
    await verdict(visitor, CONSISTENT);
    await visitor.getByText('版权登记（作品登记证书）').first().waitFor();
    expect(await visitor.content()).to.not.include('鹤华');
    await visitor.getByRole('textbox', { name: '查询码' }).fill(certificate.typedCode);
    await visitor.keyboard.press('Enter');
    for (const words of ['鹤华秋色图', registrationNumber, '合作作品', '青釉'])
      await visitor.getByText(words).first().waitFor();
    // Shares stand beside full names, and are as little for strangers as these.
    expect(await visitor.content()).to.not.include('份额');
    await visitor.getByLabel('文件或证书 PDF').setInputFiles(original);
    await visitor.getByText('相符', { exact: true }).first().waitFor();
    await keepPicture(visitor, `${width} registration looked up`);
    await visitor.goto('/v');
    await visitor.getByLabel('文件或证书 PDF').setInputFiles(original);
    await visitor.getByText('有 2 张证书列有这个文件').waitFor();
    for (const number of [attested, certificate.number]) await visitor.getByText(number).first().waitFor();
    await visitor.getByLabel(/证书编号/).fill(registrationNumber);
    await visitor.getByLabel(/证书编号/).press('Enter');
    await verdict(visitor, CONSISTENT);
    await visitor.getByText('您输入的是作品登记号').waitFor();
  });
}

const verdict = (page: Page, title: string) =>
  page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();

async function asStranger({ width }: Walk, address: string, look: (visitor: Page) => Promise<void>): Promise<void> {
  const visitor = await openPage(address, width);
  try {
    await look(visitor);
    expect([faultsOf(visitor), await scrollsSideways(visitor)]).to.deep.equal([[], false]);
  } catch (error) {
    await keepPicture(visitor, `${width} registration stranger`);
    throw error;
  } finally {
    await visitor.context().close();
  }
}

export async function recordRights(walk: Walk): Promise<void> {
  const { width, page, owner, workId } = walk;
  const address = `/works/${workId}/rights-events`;
  for (const facts of [LICENCE, DISPUTE]) await expectStatus(201, owner.post(address, { facts }));
  const licence = await eventually(
    async () => {
      const { steps } = (await expectStatus(200, owner.get(address))).body;
      return steps.every(({ isFinal }: Order) => isFinal) && steps.find(({ kind }: Order) => kind === 'LICENCE');
    },
    { withinMs: 120_000, everyMs: 500 },
  );
  await page.goto(`/member/works/${workId}/rights`);
  const steps = page.locator('.rights-steps > li');
  await steps.nth(3).waitFor();
  const names = (await steps.getByRole('heading').allInnerTexts()).map((name) => name.replace(/\s+/g, ' '));
  expect(names).to.deep.equal(['确权存证 已上链', '版权登记 已上链', '许可 已上链', '争议 已上链']);
  await steps.nth(1).getByRole('link', { name: '查看登记' }).waitFor();
  await steps.nth(2).getByText('济南云鹤文化有限公司').waitFor();
  await steps.nth(3).getByText('对方称图案抄袭其作品。').waitFor();
  await asStranger(walk, `/v/${licence.number}`, async (visitor) => {
    await verdict(visitor, '权利变动记录，不是证书');
    await visitor.locator('.withheld').getByText('权利记录', { exact: true }).waitFor();
    await visitor.getByText('权利变动记录 由运营方陈述').waitFor();
    expect(await visitor.content()).to.not.include('云鹤');
    await keepPicture(visitor, `${width} registration licence looked up`);
  });
}

export async function refund({ width, page, owner }: Walk): Promise<void> {
  const { id } = await orderIn('UNDER_REVIEW', owner, (await paidOrder(owner)).id);
  await refuse(await (await stand()).system.reviewer(), id, 'REJECT');
  await eventually(async () => (await readOrder(owner, id)).payment.state === 'REFUNDED', { withinMs: 60_000 });
  await page.goto(`/member/attestations/${id}`);
  await inState(page, '审核不通过');
  await page.getByText('审核不通过，共 1 项原因。').waitFor();
  await fact(page, '支付').getByText('已退款').waitFor();
  await keepPicture(page, `${width} registration refund`);
  await page.goto('/member/messages');
  await page.getByText('《鹤华抱枕》已退款 ¥30.00').waitFor();
}
