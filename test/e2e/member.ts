// SPDX-License-Identifier: Apache-2.0
// What a creator does in the member centre, by the words on the screen.
import { randomBytes } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { newResidentId, PASSWORD, photo } from '../support/portal.ts';
import { fileOf, stand } from './stand.ts';

export async function register(page: Page, phone: string): Promise<void> {
  const { system } = await stand();
  await page.getByRole('tab', { name: '新用户注册' }).click();
  // The other form has a telephone too, and stays for a moment on a busy machine.
  await page.getByRole('tab', { name: '新用户注册', selected: true }).waitFor();
  await page.getByLabel('手机号码').fill(phone);
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByText('验证码已发送').waitFor();
  await page.getByLabel('验证码').fill(await system.smsCode(phone));
  await page.getByLabel('初始密码').fill(PASSWORD);
  await page.getByLabel('确认密码').fill(PASSWORD);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: '确认注册' }).click();
  await page.getByText('注册成功').waitFor();
}

export async function logIn(page: Page, { phone, password }: { phone: string; password: string }): Promise<void> {
  await page.getByLabel('手机号码').fill(phone);
  await page.getByLabel('登录密码').fill(password);
  await page.getByRole('button', { name: '确认登录' }).click();
  // Its own address may name the page that comes next.
  await page.waitForURL(({ pathname }) => /^\/(member|staff)/.test(pathname));
}

export async function saveRealName(page: Page): Promise<void> {
  const card = fileOf('card.jpg', await photo());
  await page.getByLabel('真实姓名').fill('林小鹤');
  await page.getByRole('textbox', { name: '身份证编号' }).fill(newResidentId());
  await page.getByLabel('人像面上传').setInputFiles(card);
  await page.getByLabel('国徽面上传').setInputFiles(card);
  await page.getByLabel('电子邮箱').fill('crane@example.org');
  await page.getByLabel('联系地址').fill('山东省济南市历下区测试路1号');
  await page.getByText('已上传').nth(1).waitFor();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: '保存资料' }).click();
  await page.getByText('实名认证已完成').waitFor();
}

/** Fills the form of a new work in; the files are the caller's to add. */
export async function describeWork(page: Page, title: string): Promise<void> {
  await page.getByLabel('作品名称').fill(title);
  await page.getByLabel('作品介绍').fill('以鹤为题的图案，用于抱枕。');
  await choose(page, '创作性质', '个人');
  await choose(page, '作品类型', '设计作品');
  await page.getByRole('combobox', { name: '作品标签' }).fill('创意设计');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByLabel('完成时间').fill('2025-06-01');
}

/** What an order asks for beyond the work. */
export async function describeOrder(page: Page): Promise<void> {
  await choose(page, '创作性质', '原创');
  await choose(page, '作品类型', '美术作品');
  await choose(page, '权利获取', '原始');
}

/** Picks an option of a list; of several with one name, the first unless told. */
export async function choose(page: Page, label: string, option: string, nth = 0): Promise<void> {
  const box = page.getByRole('combobox', { name: label }).nth(nth);
  const list = await listOf(box);
  const wanted = list.getByTitle(option, { exact: true });
  // On a busy machine a list may close while it is being clicked at.
  await eventually(async () => {
    if (await list.isHidden()) await box.click();
    return succeeds(wanted.click({ timeout: CLICK_MS }));
  }, CHOOSING);
  // It fades out, and must not be taken for the next one. A click may miss a list that still moves; and chosen from at
  // once, it may open once more by itself.
  await eventually(async () => {
    if (await list.isHidden()) return true;
    const isChosen = await wanted.getAttribute('aria-selected', { timeout: 500 }).catch(() => 'true');
    if (isChosen === 'true') await page.keyboard.press('Escape');
    else await wanted.click({ timeout: 1_000 }).catch(() => undefined);
    return false;
  }, CHOOSING);
}

const CHOOSING = { withinMs: 60_000 };
/** A second click at a list that only takes its time would close it. */
const CLICK_MS = 8_000;

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

/** Opens the list of a box and waits for its first option; the list of another box that still closes is not taken for it. */
export async function opened(box: Locator): Promise<Locator> {
  const list = await listOf(box);
  const first = list.locator('.ant-select-item-option').first();
  await eventually(async () => {
    if (await list.isHidden()) await box.click();
    return succeeds(first.waitFor({ timeout: CLICK_MS }));
  });
  return list;
}

/** The list of options that belongs to a box, whether it is open or not. */
export async function listOf(box: Locator): Promise<Locator> {
  const id = await box.getAttribute('id');
  return box.page().locator('.ant-select-dropdown', { has: box.page().locator(`[id="${id}_list"]`) });
}

/** The same by typing, as with the keyboard alone. A long list holds in the page only what is in view. */
export async function chooseByTyping(page: Page, label: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label, exact: true });
  // Its own list: two of them may offer the same, such as a province and its city.
  const active = (await listOf(box)).locator('.ant-select-item-option-active', { hasText: option });
  const inTime = (condition: () => Promise<boolean>) => succeeds(eventually(condition, { withinMs: 3_000 }));
  // A key that comes while a list still opens, or the one before still closes, is lost. What was taken leaves the box, or the box
  // goes with it.
  const isTaken = async () => (await box.count()) === 0 || (await box.inputValue({ timeout: 1_000 })) === '';
  await eventually(async () => {
    await box.fill(option);
    if (await inTime(() => active.isVisible())) await box.press('Enter');
    return inTime(isTaken);
  });
}

/** A large file that a portal takes for a PDF. */
export function largePdf(megabytes: number): Buffer {
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(megabytes * 1_048_576)]);
}
