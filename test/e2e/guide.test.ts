// SPDX-License-Identifier: Apache-2.0
// The printed guide, step by step: its exact labels, in its order, on the pages that it shows. docs/coverage.md lists which
// test shows which of its items.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { archivedWork } from '../support/orders.ts';
import { newPhone, PASSWORD, type PortalMember } from '../support/portal.ts';
import { logIn, register, saveRealName } from './member.ts';
import { faultsOf, keepPicture, openPage, stand } from './stand.ts';

const STEPS = ['访问官网', '注册登录', '实名认证', '作品发布', '添加权利人', '确权存证', '版权登记'];
const NAVIGATION = ['首页', '登记注册', '版权授权', '山东手造', '设计赛事', '关于我们', '数字融合版权交易中心'];
const MENU = ['资料档案', '作品发布', '我的作品', '确权作品', '版权作品', '人员档案'];

describe('the guide in the browser', function () {
  this.timeout(120_000);
  let page: Page;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  /** Each once or more, and seen. */
  const shows = async (...texts: (string | RegExp)[]) => {
    for (const text of texts) await page.getByText(text).filter({ visible: true }).first().waitFor();
  };
  const links = (name: string) => page.getByRole('link', { name, exact: true }).filter({ visible: true });
  const asksFor = async (...labels: string[]) => {
    for (const label of labels)
      await page
        .locator('.field-label', { hasText: new RegExp(`^\\s*${label}\\s*$`) })
        .filter({ visible: true })
        .first()
        .waitFor();
  };

  it('G1 G2 G3 G4 G6 G7 G8 G9 G10 G11 G12 G13 G15 G16 G17 G18 G19 G20 G21 第一步 › shows the public home with the labels of the guide', async () => {
    page = await openPage('/', 1440);
    for (const name of ['登录', '注册']) await links(name).first().waitFor();
    const navigation = page.getByRole('navigation', { name: '主导航' });
    // More than one would be refused.
    for (const name of NAVIGATION) await navigation.getByText(name, { exact: true }).waitFor();
    for (const group of ['版权作品', '版权服务']) await page.getByRole('heading', { name: group }).waitFor();
    await shows('设计作品', '美术作品', '音乐作品', '版权授权', '版权管理', '版权维护');
    await shows(/版权赋能\s*文创共生/, '个人中心', '联系客服', '购物车', /咨询电话/);
    await shows(
      '适合作品数量不多的个人与小微企业',
      '建议使用谷歌浏览器或 360 浏览器',
      '得到存证证书编号',
      '得到版权登记号',
    );
    const text = await page.locator('main').innerText();
    const places = STEPS.map((step) => text.indexOf(step, text.indexOf('七步')));
    expect(places.every((place) => place > 0)).to.equal(true);
    expect(places).to.deep.equal(places.toSorted((one, other) => one - other));
  });

  it('G5 官网 › shows the name of the site in Chinese and in English', async () => {
    page = await openPage('/', 1440);
    await page.locator('header').getByText('印信版权存证中心').first().waitFor();
    await page.locator('header').getByText('Inkseal').first().waitFor();
  });

  it('G29 G47 推荐人 › when one is named at registration › has to exist, and is shown by user number in the profile', async () => {
    const referrer = await (await stand()).system.member();
    const { userNumber } = (await referrer.get('/me')).body;
    page = await openPage('/login?tab=register', 1440);
    await page.getByLabel('推荐人').fill('12345');
    await page.getByRole('button', { name: '确认注册' }).click();
    await page.getByRole('alert').getByText('推荐人应填写对方的 11 位手机号码').waitFor();
    await page.getByLabel('推荐人').fill(referrer.phone);
    const phone = newPhone();
    await register(page, phone);
    await page.getByRole('tab', { name: '用户登录' }).click();
    await logIn(page, { phone, password: PASSWORD });
    await shows(`(推荐人: ${userNumber})`);
  });

  it('G22 G23 G25 G26 G27 G28 G30 G32 G33 G34 G35 第二步 › shows both forms of 用户登录/注册', async () => {
    page = await openPage('/login', 1440);
    await page.getByRole('heading', { level: 1, name: '用户登录/注册' }).waitFor();
    expect(await page.getByRole('tab').allInnerTexts()).to.deep.equal(['用户登录', '新用户注册']);
    for (const label of ['手机号码', '登录密码']) await page.getByLabel(label, { exact: true }).waitFor();
    await page.getByRole('button', { name: '确认登录' }).waitFor();
    await shows('忘记密码?', '去重置');
    await page.getByRole('tab', { name: '新用户注册' }).click();
    for (const label of ['手机号码', '验证码', '初始密码', '确认密码', '推荐人'])
      await page.getByLabel(label, { exact: true }).filter({ visible: true }).waitFor();
    for (const name of ['发送验证码', '确认注册']) await page.getByRole('button', { name }).waitFor();
  });

  it('G36 G37 G38 G39 G40 G41 G42 G44 G45 G46 G50 G51 G52 G53 G54 G55 G56 G57 G58 G59 G60 G72 第三步 › leads a new member to 实名认证 and on', async () => {
    page = await openPage('/login', 1440);
    const phone = newPhone();
    await register(page, phone);
    await page.getByRole('tab', { name: '用户登录' }).click();
    await logIn(page, { phone, password: PASSWORD });
    await page.waitForURL(/\/member\/profile/);
    await shows('首页', '会员中心', /^\+?\s*作品发布$/);
    for (const name of MENU) await links(name).first().waitFor();
    for (const name of ['账号信息', '实名认证']) await page.getByRole('heading', { name }).waitFor();
    await shows('用户编号', /ID\d{4,}/, '退出登录', '用户性质');
    for (const nature of ['个人', '单位']) await page.getByRole('radio', { name: nature }).waitFor();
    await asksFor('真实姓名', '身份证编号', '身份证图片', '电子邮箱', '联系地址');
    await shows('人像面上传', '国徽面上传');
    await page.goto('/member/publish');
    await page.waitForURL(/\/member\/profile/);
    await saveRealName(page);
    await links('作品发布').click();
    await page.getByRole('heading', { level: 1, name: '作品投稿' }).waitFor();
    await page.getByRole('button', { name: '关闭 作品投稿' }).click();
    await page.getByRole('button', { name: '关闭 作品投稿' }).waitFor({ state: 'detached' });
  });

  describe('with a verified name', () => {
    let member: PortalMember;
    before(async () => {
      member = await (await stand()).system.member({ verified: true });
    });

    it('G61 when a person is verified › opens every step without the form of an organisation', async () => {
      page = await openPage('/member/works', 1440, { as: member });
      await page.getByRole('heading', { level: 1, name: '我的作品' }).waitFor();
    });

    it('G73 G74 G75 G76 G77 G78 G79 G80 G82 G83 G84 G85 G90 G91 G92 G93 G94 G95 第四步 › shows the form of a work', async () => {
      page = await openPage('/member/publish', 1440, { as: member });
      await page.getByRole('heading', { level: 1, name: '作品投稿' }).waitFor();
      await asksFor('作品名称', '作品介绍', '创作性质', '作品类型', '作品标签', '完成时间');
      for (const part of ['封面图片', '展示图片']) await page.getByRole('heading', { name: part }).waitFor();
      await page.getByRole('combobox', { name: '创作性质' }).click();
      for (const nature of ['个人', '企业']) await page.getByTitle(nature, { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await shows(/选择文件/, /png、jpg、jpeg、gif、pdf、docx、ppt/, /mp4、mp3/);
      await shows(/最多 10 个/, /不要上传相同文件/, /小于 20 GB/, /最多 4 张/, /第一张作为作品展示图/);
      await shows(/须是作品文件里的内容/, /png、jpg、jpeg，每张不超过 20 MB/);
      await shows(/建议上传作品展示文件、源文件创作界面、.*文件属性截图/);
      await page.getByRole('button', { name: '保存作品' }).waitFor();
    });

    it('G116 G117 G118 G119 G120 G121 G122 G123 G124 G125 G126 G127 我的作品 › lists works with every column and action', async () => {
      await archivedWork(member);
      page = await openPage('/member/works', 1440, { as: member });
      await page.getByRole('heading', { name: '作品管理' }).waitFor();
      await page.getByRole('button', { name: '添加新作品' }).waitFor();
      await page
        .getByRole('button', { name: /去确权存证/ })
        .first()
        .waitFor();
      const heads = (await page.getByRole('columnheader').allInnerTexts()).map((head) => head.trim());
      expect(heads.filter((head) => head !== '')).to.deep.equal([
        '作品名称',
        '封面',
        '确权存证',
        '版权登记',
        '发布时间',
        '操作',
      ]);
      await page.getByRole('columnheader').getByRole('checkbox', { name: '全选' }).waitFor();
      await page
        .getByRole('button', { name: /去版权登记/ })
        .first()
        .waitFor();
      const time = await page.locator('time').first().innerText();
      expect(time).to.match(/^\d{4}-\d{2}-\d{2}\s+\d{2}:\d{2}:\d{2}$/);
      await page.getByRole('link', { name: /编辑/ }).first().waitFor();
      await page.getByRole('button', { name: /删除/ }).first().waitFor();
    });

    it('G81 G86 G87 G88 G89 文件上传 › lists the files of a work with a button to delete each', async () => {
      const id = await archivedWork(member);
      page = await openPage(`/member/publish/${id}`, 1440, { as: member });
      const table = page.getByRole('table').first();
      await table.getByText('鹤华.jpg').waitFor();
      const heads = (await table.getByRole('columnheader').allInnerTexts()).map((head) => head.trim());
      expect(heads).to.include.members(['ID', '缩略图', '文件名', '操作']);
      await table.getByRole('button', { name: /删除/ }).waitFor();
      await shows(/选择文件/);
    });
  });
});
