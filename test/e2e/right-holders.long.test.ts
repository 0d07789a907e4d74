// SPDX-License-Identifier: Apache-2.0
// 人员档案 in the browser: the labels of the guide, a person and an organisation from nothing to the list, and all of it again
// with a telephone.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { draftOrder } from '../support/orders.ts';
import { newResidentId, type PortalMember, photo } from '../support/portal.ts';
import { addHolder, organisationForm, personForm } from '../support/right-holders.ts';
import { chooseByTyping } from './member.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

describe('right holders in the browser', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let page: Page;
  let uploads: number;
  let picture: { name: string; mimeType: string; buffer: Buffer };
  before(async () => {
    picture = { name: 'card.jpg', mimeType: 'image/jpeg', buffer: await photo() };
  });
  beforeEach(async () => {
    uploads = 0;
    const { system } = await stand();
    member = await system.member({ verified: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  const field = (label: string | RegExp) => page.getByLabel(label, { exact: true });
  const button = (name: string) => page.getByRole('button', { name });
  const upload = async (name: string) => {
    const done = page.waitForResponse(/right-holder-images/);
    await page.getByLabel(name).setInputFiles(picture);
    expect((await done).status()).to.equal(201);
    // The form has it once the page says so.
    uploads += 1;
    await page
      .getByText('已上传', { exact: true })
      .nth(uploads - 1)
      .waitFor();
  };
  const choose = (label: string, option: string) => chooseByTyping(page, label, option);
  const show = async (option: string) => {
    await page.getByRole('combobox', { name: '显示', exact: true }).click();
    await page.getByTitle(option, { exact: true }).last().click();
  };
  const labels = () => page.locator('.field-label').allInnerTexts();
  const fillPerson = async (name: string, number: string) => {
    await page.getByRole('checkbox', { name: '著作权人' }).check();
    await field('真实姓名').fill(name);
    await field('手机号码').fill('13900005678');
    await field('身份证编号').fill(number);
    await field('身份证住址').fill('北京市海淀区测试路5号');
    await upload('正面上传');
    await upload('反面上传');
    await page.getByRole('radio', { name: '有限期' }).check();
    await field('证件开始日期').fill('2020-01-01');
    await field('证件结束日期').fill('2039-12-31');
    await choose('省', '北京市');
    await choose('市', '北京市');
    await choose('区县', '海淀区');
  };

  for (const width of WIDTHS)
    describe(`at ${width} px`, () => {
      it("G43 G100 G101 G102 G103 G104 G105 G106 G107 G108 G109 G110 G111 G112 G113 G114 人员档案 › when a person is added › shows the guide's labels", async () => {
        page = await openPage('/member/works', width, { as: member });
        if (width < 768) await button('打开菜单').click();
        await page.getByRole('link', { name: '人员档案', exact: true }).click();
        await page.getByRole('heading', { level: 1, name: '权利人管理' }).waitFor();
        await page.getByText('还没有权利人').waitFor();
        await button('添加新权利人').click();
        await page.getByRole('heading', { level: 1, name: '添加新权利人' }).waitFor();
        await page.getByRole('combobox', { name: '区县' }).waitFor();
        expect(await labels()).to.deep.equal([
          '证件类型',
          '权利人类型',
          '',
          '真实姓名',
          '手机号码',
          '证件种类',
          '身份证编号',
          '身份证住址',
          '身份证图片',
          '证件有效期',
          '省市自治区行政区域',
          '居住证',
          '授权声明',
        ]);
        for (const role of ['著作权人', '作者'])
          expect(await page.getByRole('checkbox', { name: role }).count()).to.equal(1);
        for (const kind of ['个人', '企业', '有限期', '无限期'])
          expect(await page.getByRole('radio', { name: kind }).count(), kind).to.equal(1);
        await page.getByText('非山东省个人该项必填', { exact: true }).waitFor();
        expect(await page.getByText('~', { exact: true }).count()).to.equal(0);

        await button('保存资料').click();
        await page.getByText('有 10 处需要处理').waitFor();
        const number = newResidentId();
        await fillPerson('王小明', number);
        expect(await page.getByText('~', { exact: true }).count()).to.equal(1);
        await page.getByRole('checkbox', { name: '我已阅读并作出以上声明' }).check();
        await button('保存资料').click();
        await page.getByRole('alert').getByText('非山东省个人须上传居住证。').waitFor();
        expect(await scrollsSideways(page)).to.equal(false);
        await keepPicture(page, `right-holder form ${width}`);
        await upload('居住证上传');
        await button('保存资料').click();
        await page.getByText('已保存“王小明”').waitFor();
        const row = page.getByRole('row').filter({ hasText: '王小明' });
        await row.getByText(`370***********${number.slice(-4)}`).waitFor();
        for (const shown of ['著作权人', '个人', '139****5678', '至 2039-12-31']) await row.getByText(shown).waitFor();
        expect(await scrollsSideways(page)).to.equal(false);
        await keepPicture(page, `right-holder list ${width}`);
      });
    });

  it('G115 企业 › when an organisation is added › asks for its code, licence, representative, telephone and e-mail', async () => {
    page = await openPage('/member/people/new', 1440, { as: member });
    await page.getByRole('radio', { name: '企业' }).check();
    for (const label of [
      '单位名称',
      '统一社会信用代码',
      '企业营业执照',
      '单位电话',
      '企业法人',
      '电子邮箱',
      '单位地址',
    ])
      expect(await labels(), label).to.include(label);
    await page.getByRole('checkbox', { name: '著作权人' }).check();
    await field('单位名称').fill('青釉文化有限公司');
    await field('统一社会信用代码').fill('91350100M000100Y44');
    await upload('证照上传');
    await field('单位电话').fill('0531-88880000');
    await field('企业法人').fill('李四光');
    await field('电子邮箱').fill('office@example.org');
    await field('单位地址').fill('山东省济南市历下区测试路4号');
    await page.getByRole('radio', { name: '无限期' }).check();
    await choose('省', '山东省');
    await choose('市', '济南市');
    await choose('区县', '历下区');
    await page.getByRole('checkbox', { name: '我已阅读并作出以上声明' }).check();
    await button('保存资料').click();
    await page.getByText('试点期间发放的少数代码不符合校验规则').waitFor();
    await page.getByRole('checkbox', { name: '我已与证照核对，号码无误' }).check();
    await button('保存资料').click();
    await page.getByText('已保存“青釉文化有限公司”').waitFor();
    await page.getByText('校验位不符，已与证照核对').waitFor();
  });

  it('我本人 › when the member is the right holder › needs no name, number or picture, and is edited with its history', async () => {
    page = await openPage('/member/people/new', 1440, { as: member });
    await page.getByRole('checkbox', { name: '我本人' }).check();
    expect(await labels()).to.not.include.members(['真实姓名', '身份证编号', '身份证图片', '授权声明']);
    await page.getByRole('checkbox', { name: '著作权人' }).check();
    await page.getByRole('checkbox', { name: '作者' }).check();
    await field('手机号码').fill(member.phone);
    expect(await field('身份证住址').inputValue()).to.equal('山东省济南市历下区测试路1号');
    await page.getByRole('radio', { name: '无限期' }).check();
    await choose('省', '山东省');
    await choose('市', '青岛市');
    await choose('区县', '市南区');
    await button('保存资料').click();
    await page.getByText('已保存“测试员”').waitFor();
    await page.getByRole('link', { name: '编辑 测试员' }).click();
    await page.getByText('首次保存').waitFor();
    await field('身份证住址').fill('山东省青岛市市南区测试路6号');
    await button('保存资料').click();
    await page.getByText('已保存“测试员”').waitFor();
    await page.getByRole('link', { name: '编辑 测试员' }).click();
    await page.getByText('修改了：身份证住址').waitFor();
  });

  it('归档 › when an entry is archived and restored › leaves the list, and is found by its name there', async () => {
    await addHolder(member, await personForm(member, { name: '赵一' }));
    await addHolder(member, await personForm(member, { name: '钱二' }));
    page = await openPage('/member/people', 1440, { as: member });
    await button('归档 赵一').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /归\s?档/ })
      .click();
    await page.getByRole('row').filter({ hasText: '赵一' }).waitFor({ state: 'detached' });
    await show('已归档');
    await button('恢复 赵一').click();
    await page.getByText('还没有权利人').waitFor();
    await show('使用中');
    await page.getByRole('searchbox', { name: '姓名，或完整的证件号码' }).fill('赵');
    await page.keyboard.press('Enter');
    await page.getByRole('row').filter({ hasText: '钱二' }).waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: '赵一' }).waitFor();
  });

  it('G128 G130 G131 G132 G133 当事人 › when an order is filled in › takes depositors and authors from 人员档案', async () => {
    await addHolder(member, await organisationForm(member));
    const { id: authorId } = await addHolder(member, await personForm(member, { name: '孙三', roles: ['AUTHOR'] }));
    await addHolder(member, await personForm(member, { name: '李四', roles: ['OWNER'] }));
    const order = await draftOrder(member);
    page = await openPage(`/member/attest/${order.id}`, 390, { as: member });
    await page.getByRole('heading', { level: 1, name: '确权作品存证' }).waitFor();
    for (const label of ['存证人', '作品作者']) expect(await labels()).to.include(label);
    await button('+ 添加存证人').click();
    await choose('添加存证人', '青釉文化有限公司');
    await button('+ 添加作者').click();
    await choose('添加作者', '孙三');
    await button('移除 测试员').last().click();
    expect(await scrollsSideways(page)).to.equal(false);
    await keepPicture(page, 'order of right holders 390');
    await portalExpires(authorId);
    await page.getByRole('button', { name: '确权存证', exact: true }).click();
    await page.getByRole('alert').getByText('第 1 位作者的证件已过有效期').waitFor();
    await portalRenews(authorId);
    await page.getByRole('button', { name: '确权存证', exact: true }).click();
    await page.getByRole('button', { name: '确认提交' }).click();
    await page.getByRole('heading', { level: 1, name: '支付订单' }).waitFor();
    await page.goto(`/member/attestations/${order.id}`);
    await page.getByText(/青釉文化有限公司（913\*+0Y43）/).waitFor();
    await page.getByText(/孙三（370\*+\d{3}[\dX]）/).waitFor();
  });

  const setEnd = async (id: string, end: string | null) => {
    const { system } = await stand();
    await system.query('UPDATE right_holder_version SET valid_until = $2 WHERE right_holder_id = $1', [id, end]);
  };
  const portalExpires = (id: string) => setEnd(id, '2020-01-01');
  const portalRenews = (id: string) => setEnd(id, null);
});
