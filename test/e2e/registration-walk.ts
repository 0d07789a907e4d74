// SPDX-License-Identifier: Apache-2.0
// A joint work of a person and an organisation: attested by one payment, registered for nothing after a return by each
// review, looked up by a stranger, licensed and disputed. What reviewers decide goes over HTTP; what the owner and the stranger
// see at each state stands in the browser.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { parseBundle } from '../../verifier/src/index.ts';
import {
  approve,
  archivedWork,
  askPayment,
  confirmPayment,
  type Order,
  orderIn,
  readOrder,
  refuse,
} from '../support/orders.ts';
import { wholeText } from '../support/pdf-text.ts';
import { expectStatus } from '../support/portal.ts';
import { decide, paper, registrationIn, resubmittedRegistration } from '../support/registrations.ts';
import { addHolder, organisationForm } from '../support/right-holders.ts';
import { choose, chooseByTyping } from './member.ts';
import { fact, inState, lookUp, recordRights, refund, type Walk } from './registration-afterwards.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, type Width } from './stand.ts';

const PARTNER = '青釉文化有限公司';

export function registrationWalk(width: Width): void {
  describe(`from a joint work to its registration, ${width} px wide (in order)`, function () {
    this.timeout(240_000);
    let walk: Walk;
    let step = 0;
    before(async () => {
      walk = await begin(width);
    });
    after(() => walk?.page.context().close());
    afterEach(async function () {
      step += 1;
      const isPassed = this.currentTest?.state === 'passed';
      if (!isPassed || process.env.E2E_PICTURES) await keepPicture(walk.page, `${width} registration ${step}`);
      if (isPassed) expect([faultsOf(walk.page), await scrollsSideways(walk.page)]).to.deep.equal([[], false]);
    });

    it('is paid once for both depositors, and waits for its review', () => attest(walk));
    it('is returned once, and sent again without another payment', () => mendOrder(walk));
    it('gets the certificate of its attestation', () => certify(walk));
    it('is registered by both owners for nothing', () => register(walk));
    it('is returned by the first review, mended, and passed', () => passFirstReview(walk));
    it('is returned by the second review, mended, and approved', () => passSecondReview(walk));
    it('goes on the chain, and gets the certificate of its registration', () => takeCertificate(walk));
    it('is found by a stranger with its number, code, file and registration number', () => lookUp(walk));
    it('gets a licence and a dispute, which its owner and a stranger see', () => recordRights(walk));
    it('when another order is rejected › shows that the payment went back', () => refund(walk));
  });
}

async function begin(width: Width): Promise<Walk> {
  const owner = await (await stand()).system.member({ verified: true });
  const partner = await addHolder(owner, await organisationForm(owner, { name: PARTNER }));
  const workId = await archivedWork(owner);
  const page = await openPage('/member/works', width, { as: owner });
  return { width, page, owner, partnerId: partner.id, workId, orderId: '', registrationId: '' };
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
async function attest(walk: Walk): Promise<void> {
  const { page, owner, partnerId, workId } = walk;
  const draft: Order = (await expectStatus(201, owner.post('/attestations', { workId }))).body;
  const depositors = [{ source: 'self' }, { source: 'holder', rightHolderId: partnerId }];
  const form = { ...draft.form, depositors, version: draft.version };
  const { version } = (await expectStatus(200, owner.put(`/attestations/${draft.id}`, form))).body;
  await expectStatus(200, owner.post(`/attestations/${draft.id}/submission`, { version, priceFen: 3_000 }));
  const { outTradeNo } = await askPayment(owner, draft.id);
  await page.goto(`/member/attestations/${draft.id}`);
  await inState(page, '待支付');
  await expectStatus(204, confirmPayment(owner, outTradeNo));
  await orderIn('UNDER_REVIEW', owner, draft.id);
  await page.reload();
  await inState(page, '审核中');
  await fact(page, '支付').getByText('已支付').waitFor();
  await fact(page, '确权支付单号').getByText(outTradeNo).waitFor();
  await fact(page, '存证人')
    .getByText(new RegExp(`测试员（.+）.${PARTNER}（913.+0Y43）`))
    .waitFor();
  walk.orderId = draft.id;
}

async function mendOrder({ page, owner, orderId }: Walk): Promise<void> {
  const { system } = await stand();
  await refuse(await system.reviewer(), orderId, 'RETURN');
  await page.reload();
  await inState(page, '审核退回');
  await page.getByText('审核退回，共 1 项').first().waitFor();
  await button(page, '修改').click();
  await page.getByText('审核意见：看不清。').waitFor();
  await page.getByLabel('作品名称').fill('鹤华秋色图');
  await button(page, '重新提交').click();
  await page.getByText('重新提交无须再次付款。').first().waitFor();
  await button(page, '确认提交').click();
  await inState(page, '审核中');
  const { payment } = await readOrder(owner, orderId);
  await fact(page, '确权支付单号').getByText(payment.outTradeNo).waitFor();
  const payments = await system.query('SELECT state FROM payment WHERE paid_at IS NOT NULL AND attestation_id = $1', [
    orderId,
  ]);
  expect(payments).to.deep.equal([{ state: 'PAID' }]);
}

async function certify({ page, owner, orderId }: Walk): Promise<void> {
  await approve(await (await stand()).system.reviewer(), orderId, 2);
  await orderIn('CERTIFIED', owner, orderId, 120_000);
  await page.reload();
  await inState(page, '已出证');
  await page.getByRole('link', { name: '获取证书', exact: true }).first().click();
  await page.getByRole('heading', { level: 2, name: '区块链存证证书' }).waitFor();
  await fact(page, '存证人').getByText(PARTNER).waitFor();
}

async function register(walk: Walk): Promise<void> {
  const { page } = walk;
  await page.goto('/member/works');
  await page.getByRole('button', { name: /^去版权登记/ }).click();
  await page.getByText('本作品已支付存证服务费，登记不再收费。').waitFor();
  walk.registrationId = new URL(page.url()).pathname.split('/').at(-2) ?? '';
  await button(page, '+ 添加著作权人').click();
  await chooseByTyping(page, '添加著作权人', PARTNER);
  await page.getByRole('checkbox', { name: PARTNER }).check();
  await page.getByLabel(/^测试员.*的份额$/).fill('60');
  await page.getByLabel(new RegExp(`^${PARTNER}.*的份额$`)).fill('40');
  await choose(page, '权利归属方式', '合作作品');
  await attach(page, '合作协议');
  await page.getByRole('checkbox', { name: '全选' }).check();
  await page.getByLabel('权利拥有方式说明').fill('各项权利由两位著作权人共同享有。');
  await page.getByRole('radio', { name: '未发表' }).check();
  await page.getByRole('radio', { name: '没有使用人工智能' }).check();
  await attach(page, '自愿登记权利保证书');
  await page.getByRole('status').filter({ hasText: '所选方式需要 3 种材料，已有 3 种。' }).waitFor();
  await keepPicture(page, `${walk.width} registration form`);
  await button(page, '登记版权').click();
  const question = page.getByRole('dialog', { name: '确认登记版权' });
  await question.getByText('本作品已支付存证服务费，登记不再收费。').waitFor();
  await question.getByRole('button', { name: '确认提交' }).click();
  await inState(page, '作品当前状态为：初审中');
  await page.getByText(/^免支付（已支付存证服务费，存证编号 \d{19}）$/).waitFor();
  for (const people of ['著作权人', '申请人']) await fact(page, people).getByText(PARTNER).waitFor();
  await fact(page, '著作权人')
    .getByText(/份额 60%.*份额 40%$/)
    .waitFor();
}

async function attach(page: Page, label: string): Promise<void> {
  const name = `${label}.pdf`;
  await page.locator(`input[type=file][aria-label="${label}"]`).setInputFiles(fileOf(name, paper(`${label} walk`)));
  await page.getByRole('table', { name: label }).getByText('已加密保存').waitFor();
}

/** Returned, and seen so; mended, and seen in review again. */
async function comeBackFrom(walk: Walk, level: 'initial' | 'final', round: number): Promise<void> {
  const { page, owner, registrationId: id } = walk;
  const [reviewer, name] =
    level === 'initial' ? (['reviewer', '初审'] as const) : (['senior-reviewer', '复审'] as const);
  const client = await (await stand()).system.memberWithRole(reviewer);
  await expectStatus(200, decide(client, id, { level, decision: 'RETURN', round }));
  await page.goto('/member/registrations');
  await page.getByRole('link', { name: `作品当前状态为：${name}退回` }).click();
  await inState(page, `作品当前状态为：${name}退回`);
  const note = page.getByRole('note');
  await note.getByText(new RegExp(`${name}退回，共 1 项。请在 \\d{4}-\\d\\d-\\d\\d 前修改并重新提交`)).waitFor();
  await note.getByText(/自愿登记权利保证书.*看不清签字。/).waitFor();
  await keepPicture(page, `${walk.width} registration returned ${level}`);
  await resubmittedRegistration(owner, id, { rightsNote: `各项权利由两位著作权人共同享有，第 ${round} 次补正。` });
  await page.reload();
  await inState(page, `作品当前状态为：${name}中`);
  await expectStatus(200, decide(client, id, { level, round: round + 1 }));
}

async function passFirstReview(walk: Walk): Promise<void> {
  await comeBackFrom(walk, 'initial', 1);
  await walk.page.reload();
  await inState(walk.page, '作品当前状态为：复审中');
}

async function passSecondReview(walk: Walk): Promise<void> {
  const { page, owner, registrationId: id } = walk;
  await comeBackFrom(walk, 'final', 2);
  // What the portal says between the approval and the block, kept for as long as the page needs to be looked at.
  const approved = await registrationIn('REGISTERING', owner, id);
  await page.route(`**/api/v1/registrations/${id}`, (route) => route.fulfill({ json: approved }));
  await page.reload();
  await inState(page, '作品当前状态为：上链中');
  await page.getByText('登记号已给出').waitFor();
  await fact(page, '登记号').getByText(approved.registrationNumber).waitFor();
  expect(await button(page, '下载证书').count()).to.equal(0);
}

async function takeCertificate({ page, owner, registrationId: id }: Walk): Promise<void> {
  await page.unrouteAll({ behavior: 'wait' });
  const { registrationNumber, certificate } = await registrationIn('REGISTERED', owner, id, 180_000);
  await page.reload();
  await inState(page, '作品当前状态为：已登记');
  await page.getByRole('link', { name: '获取证书', exact: true }).first().click();
  await page.getByRole('heading', { level: 2, name: '作品登记证书' }).waitFor();
  await fact(page, '登记号').getByText(registrationNumber).waitFor();
  await fact(page, '著作权人').getByText(PARTNER).waitFor();
  expect(wholeText(await saved(page, '下载证书')))
    .to.include('份额60%')
    .and.include('份额40%');
  const { statement, sections = [] } = parseBundle(await saved(page, '下载证明文件（json）'));
  const shares = sections.filter(({ content }) => JSON.stringify(content).includes('shareBasisPoints'));
  expect(shares.map(({ name }) => name)).to.deep.equal(['person:1', 'person:2']);
  expect([statement.kind, statement.number]).to.deep.equal(['registration', certificate.number]);
}

async function saved(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  return readFile(await (await download).path());
}
