// SPDX-License-Identifier: Apache-2.0
// 补发 and 变更 from all sides: the owner asks, two reviewers decide, and strangers learn which certificate is in force.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Order } from '../support/orders.ts';
import type { PortalClient, PortalMember } from '../support/portal.ts';
import { paper, readRegistration, registeredWork } from '../support/registrations.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, type Width } from './stand.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../../verifier/example/example.proof.json');
const LOST = '搬家时遗失登记证书原件。';
const RENAMED = '作品改名后对外发布。';

describe('new versions of a certificate', function () {
  // On a busy machine it takes minutes to a certificate.
  this.timeout(300_000);
  let member: PortalMember;
  let registration: Order;
  const reviewers = new Map<string, PortalClient>();
  const pages: Page[] = [];
  before(async () => {
    const { system } = await stand();
    member = await system.member({ verified: true });
    const initial = await system.reviewer();
    const final = await system.memberWithRole('senior-reviewer');
    reviewers.set('初审', initial).set('复审', final);
    registration = await registeredWork(member, { initial, final });
  });
  afterEach(async function () {
    for (const page of pages.splice(0)) {
      if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
      const [faults, isWide] = [faultsOf(page), await scrollsSideways(page)];
      await page.context().close();
      expect(faults).to.deep.equal([]);
      expect(isWide).to.equal(false);
    }
  });

  const open = async (address: string, width: Width, as?: PortalClient) => {
    const page = await openPage(address, width, as ? { as } : {});
    pages.push(page);
    return page;
  };
  const send = async (page: Page, reason: string) => {
    await page.getByRole('textbox', { name: '申请理由' }).fill(reason);
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('初审中', { exact: true }).waitFor();
  };
  const approve = async (level: '初审' | '复审', width: Width, seen: string) => {
    const page = await open('/staff', width, reviewers.get(level));
    await page.getByRole('table').getByRole('link', { name: '证书补发变更' }).click();
    await page.getByRole('table', { name: '证书补发变更' }).getByRole('link').first().click();
    await page.getByText(seen).first().waitFor();
    await page
      .locator('.ant-radio-button-wrapper')
      .filter({ hasText: /^同意$/ })
      .click();
    await keepPicture(page, `version ${level} ${width}`);
    await page.getByRole('button', { name: '同意', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText('申请已审核：同意').waitFor();
    await keepPicture(page, `versions ${level} ${width}`);
  };
  const issued = async (page: Page, width: Width) => {
    await page.getByText('已出具新证书').first().waitFor({ timeout: 200_000 });
    await keepPicture(page, `version issued ${width}`);
    return (await readRegistration(member, registration.id)).certificate;
  };

  for (const [kind, asking, deciding] of [
    ['补发', 1440, 390],
    ['变更', 390, 1440],
  ] as const)
    it(`when ${kind} is asked for at ${asking} px › is reviewed twice, issued, and found by the number before it, which says nothing of another registry’s`, async () => {
      const before = (await readRegistration(member, registration.id)).certificate;
      const page = await open(`/member/registrations/${registration.id}`, asking, member);
      await page.getByRole('button', { name: /^(申请补发或变更|再次申请)$/ }).click();
      await page.locator('.ant-radio-button-wrapper', { hasText: kind }).click();
      await page.getByRole('button', { name: '提交申请' }).click();
      await page.getByRole('alert').first().waitFor();
      if (kind === '变更') {
        await page.getByRole('textbox', { name: '作品名称' }).fill('鹤影抱枕');
        await page.locator('input[type=file]').setInputFiles(fileOf('更名证明.pdf', paper('renamed')));
        await page.getByRole('row').filter({ hasText: '更名证明.pdf' }).getByText('已加密保存').waitFor();
      }
      await keepPicture(page, `version form ${kind} ${asking}`);
      await send(page, kind === '补发' ? LOST : RENAMED);
      await keepPicture(page, `version asked ${kind} ${asking}`);
      await approve('初审', deciding, kind === '补发' ? LOST : '鹤影抱枕');
      await approve('复审', deciding, kind === '补发' ? LOST : RENAMED);
      const { number } = await issued(page, asking);
      const visitor = await open(`/v/${before.number}`, deciding);
      await visitor.getByText('被新版证书取代').waitFor();
      await keepPicture(visitor, `superseded ${deciding}`);
      await visitor.getByRole('link', { name: '查看新版证书' }).click();
      await visitor.waitForURL(`**/v/${number}`);
      await visitor.getByText('版权登记（作品登记证书）').first().waitFor();
      expect(await visitor.getByText('被新版证书取代').count()).to.equal(0);
      await visitor.goto('/v');
      await visitor.getByLabel('文件或证书 PDF').setInputFiles(foreignProof(before.number));
      await visitor.locator('.verdict-sheet').waitFor();
      await visitor.waitForLoadState('networkidle');
      expect(await visitor.getByText('被新版证书取代').count()).to.equal(0);
    });
});

/** A proof of another registry, whose numbers are the same as ours. */
function foreignProof(number: string): string {
  const bundle = JSON.parse(readFileSync(EXAMPLE, 'utf8')); // the example that the verifier package ships
  return fileOf('foreign.proof.json', JSON.stringify({ ...bundle, statement: { ...bundle.statement, number } }));
}
