// SPDX-License-Identifier: Apache-2.0
// An organisation in the browser, step by step: registered, returned once, approved; its clerk, two right holders and three
// works. The steps follow each other; a test calls them in order, at one width and in one language.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { newCreditCode } from '../support/organisations.ts';
import { newPhone, newResidentId, PASSWORD, photo } from '../support/portal.ts';
import { choose, chooseByTyping, logIn, register } from './member.ts';
import { WORDS, type Words } from './organisation-words.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, type Width } from './stand.ts';

export interface Setting {
  width: Width;
  language: keyof typeof WORDS;
}

export async function beginOrganisationWalk({ width, language }: Setting) {
  const { system } = await stand();
  const words = WORDS[language];
  const serial = newCreditCode();
  const name = `青釉文化（济南）有限公司${serial.slice(-5, -1)}部`;
  const walk = { width, language, words, name, creditCode: serial, clerkPhone: newPhone() };
  const manager = await openPage('/login', width);
  const desk = await openPage('/login?next=/staff/organisations', width);
  await logIn(desk, system.reviewerCredentials());
  await speak(desk, language);
  const pages = [manager, desk];
  return {
    submit: () => submit(walk, manager),
    showWaiting: () => showWaiting(walk, manager),
    returnOnce: () => returnOnce(walk, manager, desk),
    approve: () => approve(walk, manager, desk),
    async inviteClerk() {
      await invite(walk, manager);
      const clerk = await openPage('/login', width);
      pages.push(clerk);
      await accept(walk, clerk);
      await manager.reload();
      // With a telephone the rows of a table are cards.
      await manager.locator('td').getByText(words.clerk, { exact: true }).waitFor();
    },
    addRightHolders: () => addRightHolders(walk, pages[2] as Page),
    publishWorks: () => publishWorks(walk, pages[2] as Page, manager),
    /** Nothing broke in any page, and none is wider than its screen. */
    async look(step: string, isPassed: boolean) {
      for (const [place, page] of pages.entries()) await keepPicture(page, `${language} ${width} ${step} ${place}`);
      if (!isPassed) return;
      for (const page of pages) {
        expect(faultsOf(page)).to.deep.equal([]);
        expect(await scrollsSideways(page)).to.equal(false);
      }
    },
    async close() {
      for (const page of pages) await page.context().close();
    },
  };
}

export type OrganisationWalk = Awaited<ReturnType<typeof beginOrganisationWalk>>;

interface Walk extends Setting {
  words: Words;
  name: string;
  creditCode: string;
  clerkPhone: string;
}

/** The pages of whoever is logged in, in this language from now on. */
async function speak(page: Page, language: Setting['language']): Promise<void> {
  await page.evaluate(`localStorage.setItem('inkseal-language', '${language}')`);
  await page.reload();
}

const field = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true });
/** The sign that it is sending fades out, and stands before the words until it has. */
const press = (page: Page, name: string) =>
  page
    .getByRole('button', { name, exact: true })
    .or(page.getByRole('button', { name: `loading ${name}`, exact: true }))
    .click();
const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

async function submit({ words, language, name, creditCode }: Walk, page: Page): Promise<void> {
  const phone = newPhone();
  await register(page, phone);
  await logIn(page, { phone, password: PASSWORD });
  await speak(page, language);
  await page.getByRole('radio', { name: words.organisation, exact: true }).check();
  for (const label of [words.name, words.creditCode, words.phone, words.representative, words.email, words.address])
    await field(page, label).waitFor();
  await page.getByText(words.licence, { exact: true }).waitFor();
  await press(page, words.save);
  await page.getByText(words.nameMissing).first().waitFor();
  const wrong = creditCode.slice(0, 17) + (creditCode.endsWith('0') ? '1' : '0');
  await page.getByLabel(words.uploadLicence).setInputFiles(fileOf('licence.jpg', await photo(1200, 800)));
  await field(page, words.name).fill(name);
  await field(page, words.creditCode).fill(wrong);
  await field(page, words.phone).fill('0531-88886666');
  await field(page, words.representative).fill('欧阳小明');
  await field(page, words.email).fill('office@example.org');
  await field(page, words.address).fill('山东省济南市历下区测试路1号');
  await page.getByRole('checkbox', { name: words.consent }).check();
  await press(page, words.save);
  await page.getByText(words.codeDoubt).waitFor();
  await field(page, words.creditCode).fill(creditCode);
  await press(page, words.save);
  await page.getByText(words.submitted).first().waitFor();
}

/** Nothing else is open meanwhile: any other page leads back here. */
async function showWaiting({ words }: Walk, page: Page): Promise<void> {
  for (const closed of ['/member/works', '/member/people', '/member/publish']) {
    await page.goto(closed);
    await page.waitForURL(/\/member\/profile$/);
  }
  await page.getByText(words.states.pending, { exact: true }).first().waitFor();
}

async function returnOnce(walk: Walk, page: Page, desk: Page): Promise<void> {
  const { words } = walk;
  const { desk: says } = words;
  await openCase(walk, desk);
  await press(desk, says.take);
  await desk.getByRole('button', { name: says.release }).waitFor();
  await press(desk, says.zoomIn);
  await press(desk, says.rotate);
  await desk.getByText('150%').waitFor();
  await desk.locator('label', { hasText: new RegExp(`^${says.returns}$`) }).click();
  await choose(desk, says.where, words.representative);
  await choose(desk, says.problem, says.differs);
  await desk.getByLabel(says.what).fill('请填写营业执照上的法定代表人。');
  await press(desk, says.sendBack);
  await confirm(desk, says.confirmReturn);
  await desk.getByText(says.returned).waitFor();
  await page.reload();
  await page.getByText('请填写营业执照上的法定代表人。').waitFor();
  await page.getByText(words.states.returned).first().waitFor();
  await field(page, words.representative).fill('欧阳大明');
  await page.getByRole('checkbox', { name: words.consent }).check();
  await press(page, words.save);
  await page.getByText(words.submitted).first().waitFor();
}

async function approve(walk: Walk, page: Page, desk: Page): Promise<void> {
  const { words, name } = walk;
  const { desk: says } = words;
  await openCase(walk, desk);
  await desk.getByText('欧阳大明').waitFor();
  await desk.locator('label', { hasText: new RegExp(`^${says.approves}$`) }).click();
  await press(desk, says.approve);
  await confirm(desk, says.confirmApprove);
  await desk.getByText(says.approved).waitFor();
  await page.reload();
  await page.getByText(words.verified).waitFor();
  const party = page.getByLabel(words.actAs).locator('option:checked');
  expect(await party.innerText()).to.equal(words.asManager(name));
  await page.goto('/member/works');
  await page.getByRole('heading', { level: 2, name: words.works.list }).waitFor();
}

async function openCase({ words, name, creditCode }: Walk, desk: Page): Promise<void> {
  await desk.goto(`/staff/organisations?search=${creditCode}`);
  // List and page mask names until a view is opened; the search is for the whole code, so there is one.
  await desk.getByRole('link', { name: name.slice(0, 2) }).click();
  await press(desk, words.desk.look);
  await desk.getByText(name, { exact: true }).waitFor();
  const licence = desk.locator('.licence-stage img');
  await eventually(() => licence.evaluate((image: { naturalWidth?: number }) => (image.naturalWidth ?? 0) > 0));
}

async function invite({ words, clerkPhone }: Walk, page: Page): Promise<void> {
  await page.goto('/member/profile');
  await page.getByRole('link', { name: words.goMembers }).click();
  await page.getByRole('heading', { level: 1, name: words.members }).waitFor();
  await field(page, words.mobile).fill(clerkPhone);
  await press(page, words.invite);
  await page.getByText(words.invited).waitFor();
}

async function accept({ words, language, name, clerkPhone }: Walk, page: Page): Promise<void> {
  await register(page, clerkPhone);
  await logIn(page, { phone: clerkPhone, password: PASSWORD });
  await speak(page, language);
  await page.getByText(words.invitation(name)).waitFor();
  await press(page, words.accept);
  await page.getByText(words.accepted).waitFor();
  await page.getByLabel(words.actAs).selectOption({ label: words.asClerk(name) });
  await page.getByText(words.verified).waitFor();
}

/** A person, and the organisation itself. */
async function addRightHolders(walk: Walk, page: Page): Promise<void> {
  const { holders: says, mobile, phone, representative, email } = walk.words;
  await page.goto('/member/people');
  await page.getByRole('heading', { level: 1, name: says.title }).waitFor();
  await press(page, says.add);
  await page.getByRole('checkbox', { name: says.author }).check();
  await page.getByRole('checkbox', { name: says.owner }).check();
  await field(page, says.realName).fill('王小明');
  await field(page, mobile).fill('13900005678');
  await field(page, says.number).fill(newResidentId());
  await field(page, says.address).fill('山东省济南市历下区测试路5号');
  for (const side of [says.front, says.back])
    await page.getByLabel(side).setInputFiles(fileOf(`${side}.jpg`, await photo()));
  await page.getByRole('checkbox', { name: says.agree }).check();
  await finishHolder(walk, page, '王小明');
  await press(page, says.add);
  await page.getByRole('radio', { name: says.enterprise }).check();
  await page.getByRole('checkbox', { name: says.owner }).check();
  await page.getByRole('checkbox', { name: says.us }).check();
  await page.getByText(walk.creditCode).first().waitFor();
  const officePhone = walk.language === 'zh' ? phone : `${phone} of the organisation`;
  await field(page, officePhone).fill('0531-88886666');
  await field(page, representative).fill('欧阳大明');
  await field(page, email).fill('office@example.org');
  await finishHolder(walk, page, walk.name);
  await expectRows(page, 2);
}

/** The part that both kinds have. */
async function finishHolder({ words }: Walk, page: Page, name: string): Promise<void> {
  const { holders: says } = words;
  await page.getByRole('radio', { name: says.permanent }).check();
  await chooseByTyping(page, says.province, '山东省');
  await chooseByTyping(page, says.city, '济南市');
  await chooseByTyping(page, says.county, '历下区');
  await press(page, words.save);
  await page.getByText(says.saved(name)).waitFor();
}

/** They belong to the organisation, so its manager has them too. */
async function publishWorks(walk: Walk, page: Page, manager: Page): Promise<void> {
  const { works: says } = walk.words;
  const titles = ['青釉文具', '青釉茶具', '青釉灯具'];
  for (const [place, title] of titles.entries()) {
    await page.goto('/member/publish');
    await page.getByRole('heading', { level: 1, name: says.publish }).waitFor();
    await page
      .locator(`input[type=file][aria-label="${says.files}"]`)
      .setInputFiles(fileOf(`${place}.jpg`, await photo(640, 480 + place)));
    await field(page, says.title).fill(title);
    await field(page, says.intro).fill('以青釉为题的设计。');
    await choose(page, says.nature, says.enterprise);
    await choose(page, says.category, says.design);
    await page.getByRole('combobox', { name: says.tags }).fill('创意设计');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await field(page, says.completedOn).fill('2025-06-01');
    await field(page, says.completedOn).press('Enter');
    await page.getByText(says.fileSaved).first().waitFor();
    await choose(page, says.fromFiles, `${place}.jpg`);
    await choose(page, says.fromFiles, `${place}.jpg`, 1);
    await press(page, says.save);
    await page.getByText(says.saved).waitFor();
  }
  await page.getByRole('heading', { level: 2, name: says.list }).waitFor();
  await expectRows(page, 3);
  await manager.goto('/member/works');
  for (const title of titles) await manager.locator('tbody tr', { hasText: title }).waitFor();
}

async function expectRows(page: Page, count: number): Promise<void> {
  const rows = page.locator('tbody tr');
  await rows.nth(count - 1).waitFor();
  expect(await rows.count()).to.equal(count);
}
