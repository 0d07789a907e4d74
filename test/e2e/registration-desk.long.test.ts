// SPDX-License-Identifier: Apache-2.0
// 登记初审 and 登记复审 as two reviewers meet them, at a desk and with a telephone.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { archivedWork, type Order } from '../support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember, uploadFile } from '../support/portal.ts';
import {
  paper,
  readRegistration,
  registrationIn,
  resubmittedRegistration,
  reviewableRegistration,
} from '../support/registrations.ts';
import { addHolder, organisationForm } from '../support/right-holders.ts';
import { choose } from './member.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS, type Width } from './stand.ts';

const PANEL = { INITIAL: '初审决定', FINAL: '复审决定' } as const;

for (const width of WIDTHS)
  describe(`the desk of registrations at ${width} px (in order)`, function () {
    this.timeout(120_000);
    let member: PortalMember;
    let registration: Order;
    let both: PortalClient;
    let page: Page | undefined;

    before(async () => {
      const { system } = await stand();
      member = await system.member({ verified: true });
      registration = await reviewableRegistration(member, await archivedWork(member));
      both = await system.memberWithRole('reviewer');
      const { userNumber } = (await expectStatus(200, both.get('/me'))).body;
      await system.query(
        `INSERT INTO account_role (account_id, role, granted_by)
         SELECT id, 'senior-reviewer', 'test' FROM account WHERE user_number = $1`,
        [String(userNumber).slice(2)],
      );
    });
    afterEach(async function () {
      if (!page) return;
      if (this.currentTest?.state === 'failed') await keepPicture(page, `${width} ${this.currentTest.title}`);
      const faults = faultsOf(page);
      const isWide = await scrollsSideways(page);
      await page.context().close();
      page = undefined;
      expect(faults).to.deep.equal([]);
      expect(isWide).to.equal(false);
    });

    it('when it has waited for eight days › says in the queue that it is overdue', async () => {
      const { system } = await stand();
      const change = `UPDATE registration SET accepted_at = now() - interval '8 days' WHERE id = $1`;
      await system.query(change, [registration.id]);
      page = await openPage('/staff/registrations/initial', width, { as: both });
      const row = page.getByRole('row').filter({ has: page.locator(`a[href$="/${registration.id}"]`) });
      await row.getByText('8 天 已超期').waitFor();
      await keepPicture(page, `queue of registrations ${width}`);
    });

    it('when a reviewer returns it with two reasons › the applicant is told both', async () => {
      page = await openCase(both, 'initial', width);
      const panel = page.locator('.desk-decision');
      await panel.getByRole('heading', { name: PANEL.INITIAL }).waitFor();
      await panel.getByText('退回补正', { exact: true }).click();
      await reason(page, {
        index: 0,
        field: '材料 / 自愿登记权利保证书',
        code: '看不清',
        text: '签字处看不清，请重新扫描。',
      });
      await panel.getByRole('button', { name: '+ 再加一项' }).click();
      await reason(page, { index: 1, field: '权利拥有状况', code: '前后不一致', text: '请与保证书所列权利一致。' });
      await panel.getByText('初审退回，共 2 项。').waitFor();
      await panel.getByRole('button', { name: '退回补正（2 项）' }).click();
      await confirm(page, '申请人将看到 2 项原因', '确认退回');
      await page.getByText('已提交决定：退回补正。').waitFor();
      const { state, review } = await readRegistration(member, registration.id);
      expect(state).to.equal('INITIAL_RETURNED');
      expect(review.reasons.map(({ field }: Order) => field)).to.deep.equal(['documents.GUARANTEE', 'rights']);
    });

    it('when it was mended › shows the changes in words, and is passed on', async () => {
      const uploadId = await uploadFile(member, '保证书（重签）.pdf', paper('signed again'));
      const { form } = await readRegistration(member, registration.id);
      const { id: rightHolderId } = await addHolder(member, await organisationForm(member));
      await resubmittedRegistration(member, registration.id, {
        owners: [
          { source: 'self', shareBasisPoints: 6_050 },
          { source: 'holder', rightHolderId, shareBasisPoints: 3_950 },
        ],
        rights: form.rights.filter((right: string) => right !== 'R07'),
        documents: form.documents.map((each: Order) => (each.kind === 'GUARANTEE' ? { ...each, uploadId } : each)),
      });
      page = await openCase(both, 'initial', width);
      await page.locator('.changes > li').first().waitFor();
      expect(await page.locator('.changes > li > p').allInnerTexts()).to.deep.equal([
        '删除权利拥有状况：出租权',
        '添加著作权人：青*******',
        '填写份额：测** 60.5%、青******* 39.5%',
        '删除材料：自愿登记权利保证书.pdf',
        '添加材料：保证书（重签）.pdf',
      ]);
      await page.getByText('签字处看不清，请重新扫描。').waitFor();
      await page.getByText(/份额 60.5%、.*份额 39.5%$/).waitFor();
      await keepPicture(page, `registration with shares ${width}`);
      await page.locator('.desk-decision').getByText('初审通过', { exact: true }).click();
      await page.locator('.desk-decision').getByRole('button', { name: '初审通过' }).click();
      await confirm(page, '由另一位工作人员决定', '确认通过');
      await page.getByText('已提交决定：初审通过。').waitFor();
      await registrationIn('FINAL_REVIEW', member, registration.id);
    });

    it('when the same person opens it for the second review › says why they cannot decide', async () => {
      page = await openCase(both, 'final', width);
      await page.getByText('您已参与这个申请的初审，复审须由其他人员决定。').waitFor();
      const kinds = page.locator('.desk-decision').getByRole('radio');
      expect(await kinds.count()).to.equal(3);
      for (const kind of await kinds.all()) expect(await kind.isDisabled()).to.equal(true);
    });

    it('when a senior reviewer approves › says that the number is given for good, and gives it', async () => {
      const { system } = await stand();
      page = await openCase(await system.memberWithRole('senior-reviewer'), 'final', width);
      await page.locator('.desk-decision').getByText('准予登记', { exact: true }).click();
      await page.locator('.desk-decision').getByRole('button', { name: '准予登记' }).click();
      await confirm(page, '登记号给出后不能收回', '确认准予登记');
      await page.getByText('已提交决定：准予登记。').waitFor();
      const { registrationNumber } = await registrationIn(['REGISTERING', 'REGISTERED'], member, registration.id);
      expect(registrationNumber).to.match(/^测作登字-20\d{2}-F-\d{8}$/);
    });

    async function openCase(as: PortalClient, level: 'initial' | 'final', at: Width): Promise<Page> {
      const opened = await openPage(`/staff/registrations/${level}`, at, { as });
      await opened.locator(`a[href$="/staff/registrations/${registration.id}"]`).click();
      await opened.getByRole('heading', { level: 1, name: '鹤华抱枕' }).waitFor();
      return opened;
    }
  });

async function reason(
  page: Page,
  { index, field, code, text }: { index: number; field: string; code: string; text: string },
): Promise<void> {
  await choose(page, '所在字段', field, index);
  await choose(page, '问题', code, index);
  await page.locator('fieldset.reason').nth(index).getByRole('textbox').last().fill(text);
}

async function confirm(page: Page, words: string, yes: string): Promise<void> {
  const question = page.getByRole('dialog');
  await question.getByText(words).waitFor();
  await question.getByRole('button', { name: yes }).click();
}
