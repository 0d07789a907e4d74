// SPDX-License-Identifier: Apache-2.0
// 协查 and 证据保全 from all sides: staff opens, approves, holds and lifts, always two of them; the owner reads of it.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { certifiedOrder } from '../support/certificates.ts';
import type { Order } from '../support/orders.ts';
import type { PortalClient, PortalMember } from '../support/portal.ts';
import { paper } from '../support/registrations.ts';
import { choose, opened } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS, type Width } from './stand.ts';

describe('courts and third parties', function () {
  // On a busy machine it takes minutes to a certificate.
  this.timeout(300_000);
  let member: PortalMember;
  let order: Order;
  let reviewer: PortalClient;
  let senior: PortalClient;
  const pages: Page[] = [];
  before(async () => {
    const { system } = await stand();
    member = await system.member({ verified: true });
    reviewer = await system.reviewer();
    senior = await system.memberWithRole('senior-reviewer');
    order = await certifiedOrder(system, member);
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

  for (const width of WIDTHS)
    it(`a court's request at ${width} › is opened, approved by somebody else, handed over and told to the owner`, async () => {
      const authority = `济南市第${width}法庭`;
      const desk = await open('/staff/assistance-cases/new', width, reviewer);
      await desk.getByRole('textbox', { name: '调取单位' }).fill(authority);
      await desk.getByRole('textbox', { name: '案号' }).fill('（2026）鲁01民初123号');
      await desk.getByRole('textbox', { name: '联系人和电话' }).fill('刘法官 0531-88880000');
      await desk.getByLabel('函件', { exact: true }).setInputFiles(fileOf(`协查函${width}.pdf`, paper('letter')));
      await desk.getByText(`协查函${width}.pdf`).waitFor();
      await desk.getByRole('textbox', { name: '调取事由' }).fill('侵权案件审理需要。');
      await desk.getByRole('textbox', { name: '涉及的编号' }).fill('12\n34');
      await desk.getByRole('checkbox', { name: '文件原件' }).check();
      await desk.getByRole('checkbox', { name: '证据包' }).check();
      await desk.getByRole('button', { name: '提交批准' }).click();
      await desk.getByRole('alert').getByText('第 2 个编号').waitFor();
      await keepPicture(desk, `case refused ${width}`);
      await desk.getByRole('textbox', { name: '涉及的编号' }).fill(order.certificate.number);
      await desk.getByRole('button', { name: '提交批准' }).click();
      await desk.getByText('协查已立案').waitFor();

      const approval = await open('/staff/assistance-cases', width, senior);
      const states = await opened(approval.getByRole('combobox', { name: '状态' }));
      const offered = await states.locator('.ant-select-item-option').allInnerTexts();
      expect(offered).to.deep.equal(['待批准', '已批准', '未批准', '全部状态']);
      await approval.keyboard.press('Escape');
      await approval.getByRole('row', { name: authority }).getByRole('link').click();
      await approval.locator('.ant-radio-button-wrapper', { hasText: /^批准$/ }).click();
      await keepPicture(approval, `case to approve ${width}`);
      await approval.getByRole('button', { name: '批准', exact: true }).click();
      await approval.getByRole('dialog').getByRole('button', { name: '确定' }).click();
      await approval.getByText(`${authority}的协查：批准。`).waitFor();

      await desk.reload();
      const [saved] = await Promise.all([
        desk.waitForEvent('download'),
        desk.getByRole('button', { name: '下载证据包' }).click(),
      ]);
      expect(saved.suggestedFilename()).to.equal(`${order.certificate.number}-evidence.zip`);
      await desk.getByText(/· 证据包/).waitFor();
      await keepPicture(desk, `case open ${width}`);

      const own = await open('/member/disclosures', width, member);
      await own.getByRole('heading', { name: authority }).waitFor();
      await own
        .locator('.section', { hasText: authority })
        .getByText(/· 证据包/)
        .waitFor();
      await keepPicture(own, `disclosures ${width}`);
    });

  for (const width of WIDTHS)
    it(`a legal hold at ${width} › is placed, told to whoever closes the account, and lifted by two people`, async () => {
      const desk = await open('/staff/legal-holds/new', width, reviewer);
      await desk.getByRole('textbox', { name: '保全事由' }).fill(`（2026）鲁01财保${width}号裁定。`);
      await desk.getByRole('textbox', { name: '涉及的编号' }).fill(order.certificate.number);
      await desk.getByRole('button', { name: '保全', exact: true }).click();
      await desk.getByText('保全已生效。').waitFor();

      const own = await open('/member/security', width, member);
      await own.getByRole('button', { name: '注销账号' }).click();
      await own.getByText('证据保全而保留').waitFor();
      await keepPicture(own, `held account ${width}`);

      await desk.getByRole('textbox', { name: '解除理由' }).fill('案件已审结。');
      await desk.getByRole('button', { name: '申请解除' }).click();
      await desk.getByText('等待复审人员决定。', { exact: true }).or(desk.getByText('由您申请解除')).first().waitFor();
      await keepPicture(desk, `hold asked back ${width}`);

      const decision = await open('/staff/legal-holds?state=LIFT_ASKED', width, senior);
      await decision
        .getByRole('row', { name: `财保${width}号` })
        .getByRole('link')
        .click();
      await decision.locator('.ant-radio-button-wrapper', { hasText: '同意解除' }).click();
      await decision.getByRole('textbox', { name: '意见' }).fill('已核对法院通知。');
      await keepPicture(decision, `hold to lift ${width}`);
      await decision.getByRole('button', { name: '同意解除', exact: true }).click();
      await decision.getByRole('dialog').getByRole('button', { name: '确定' }).click();
      await decision.getByText('：同意解除。').waitFor();
    });

  for (const width of WIDTHS)
    it(`an objection at ${width} › begins at the look-up, is answered and decided, and strangers see how it stands`, async () => {
      const { system } = await stand();
      const number = order.certificate.number;
      const third = await openPage(`/v/${number}`, width, { as: await system.member({ verified: true }) });
      pages.push(third);
      await third.getByRole('link', { name: '对这份证书提出异议' }).click();
      await choose(third, '异议理由', '权属：作品属于我或他人');
      const words = `该作品系我方于2019年创作，见底稿（${width}）。`;
      await third.getByRole('textbox', { name: '异议说明' }).fill(words);
      await keepPicture(third, `objection form ${width}`);
      await third.getByRole('button', { name: '提交异议' }).click();
      await third.getByRole('heading', { name: /异议编号 \d/ }).waitFor();

      const own = await open('/member/objections', width, member);
      const mine = own.locator('.section', { hasText: words });
      await mine.getByRole('textbox', { name: '答复内容' }).fill('作品由我独立创作，见存证原件。');
      await keepPicture(own, `objection to answer ${width}`);
      await mine.getByRole('button', { name: '提交答复' }).click();
      await mine.getByText('已答复，处理中').waitFor();

      const desk = await open('/staff/objections?state=ANSWERED', width, senior);
      await desk.getByRole('table').getByRole('link').first().click();
      await desk.getByText(words).waitFor();
      await desk.locator('.ant-radio-button-wrapper', { hasText: '异议不成立' }).click();
      await desk.getByRole('textbox', { name: '说明' }).fill('双方材料已核对，异议依据不足。');
      await keepPicture(desk, `objection to decide ${width}`);
      await desk.getByRole('button', { name: '异议不成立', exact: true }).click();
      await desk.getByRole('dialog').getByRole('button', { name: '确定' }).click();
      await desk.getByText('：异议不成立。').waitFor();

      const stranger = await open(`/v/${number}`, width);
      await stranger.getByText('提出的异议不成立').first().waitFor();
      expect(await stranger.getByText(words).count()).to.equal(0);
      await keepPicture(stranger, `objection looked up ${width}`);
    });
});
