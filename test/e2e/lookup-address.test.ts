// SPDX-License-Identifier: Apache-2.0
// The address of an open look-up page changes: the QR code is scanned into the same tab, the address is edited, or the
// visitor goes back. The code must leave the address at once, and the page must show what the address asks for.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { type Certified, certifiedWork } from './certified.ts';
import { faultsOf, keepPicture, openPage } from './stand.ts';

const CONSISTENT = '记录自洽，区块链未独立核验';

describe('look-up, while its page is open', function () {
  this.timeout(90_000);
  let first: Certified;
  let second: Certified;
  let page: Page | undefined;

  before(async () => {
    [first, second] = await Promise.all([certifiedWork(), certifiedWork()]);
  });
  afterEach(async function () {
    if (!page) return;
    const opened = page;
    page = undefined;
    if (this.currentTest?.state === 'failed') await keepPicture(opened, this.currentTest.title);
    const faults = faultsOf(opened);
    await opened.context().close();
    expect(faults).to.deep.equal([]);
  });

  const open = async (address: string) => {
    page = await openPage(address, 1440);
    return page;
  };

  it('when the QR code of the same certificate is scanned › shows the title, and keeps the code out of the address', async () => {
    const visitor = await open(`/v/${first.number}`);
    await isShown(visitor, first.number);
    expect(await visitor.content()).to.not.include(first.title);
    await isTheSameDocument(visitor, () => scan(visitor, first.lookupUrl));
    expect(await isCodeFree(visitor), 'at once').to.equal(true);
    await visitor.getByText(first.title).first().waitFor();
    expect(await isCodeFree(visitor)).to.equal(true);
    await visitor.goBack();
    await isShown(visitor, first.number);
    expect(await isCodeFree(visitor), 'the entry before').to.equal(true);
    await visitor.goForward();
    await visitor.getByText(first.title).first().waitFor();
    expect(await isCodeFree(visitor), 'the entry after').to.equal(true);
  });

  it('when the code comes while a look-up is running › shows what the code opens, and not the earlier answer', async () => {
    const visitor = await open('/v');
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await visitor.route(`**/api/v1/lookup/${first.number}`, async (route) => {
      if (route.request().method() === 'GET') await held;
      await route.continue();
    });
    await visitor.getByLabel(/证书编号/).fill(first.number);
    const asked = visitor.waitForRequest(`**/api/v1/lookup/${first.number}`);
    await visitor.keyboard.press('Enter');
    await asked;
    await scan(visitor, first.lookupUrl);
    expect(await isCodeFree(visitor)).to.equal(true);
    await visitor.getByText(first.title).first().waitFor();
    // The earlier look-up goes on to the proof, which ends in a verification that must not be shown.
    const late = visitor.waitForResponse('**/bundle');
    answer();
    await (await late).finished();
    await visitor.evaluate('new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve)))');
    expect(await visitor.content()).to.include(first.title);
  });

  it('when the number was changed within the page › takes the code for the number that the address then names', async () => {
    const visitor = await open(first.lookupUrl);
    await visitor.getByText(first.title).first().waitFor();
    await visitor.getByLabel(/证书编号/).fill(second.number);
    await visitor.keyboard.press('Enter');
    await visitor.waitForURL(`**/v/${second.number}`);
    await isShown(visitor, second.number);
    const sent: unknown[] = [];
    visitor.on('request', (request) => {
      if (request.method() === 'POST') sent.push([new URL(request.url()).pathname, request.postDataJSON()]);
    });
    await isTheSameDocument(visitor, () => scan(visitor, second.lookupUrl));
    await visitor.getByText(second.title).first().waitFor();
    expect(await isCodeFree(visitor)).to.equal(true);
    // Asked once: each wrong code counts against the number's budget.
    expect(sent).to.deep.equal([[`/api/v1/lookup/${second.number}`, { code: codeOf(second) }]]);
    expect(await visitor.getByLabel(/证书编号/).inputValue()).to.equal(second.number.replace(/(.{6})(?=.)/g, '$1 '));
  });

  it('when the look-up was opened with a file on the home page › follows the code, and Back leads home', async () => {
    const visitor = await open('/');
    await visitor.locator('.look-box').dispatchEvent('drop', { dataTransfer: await filesOf(visitor) });
    await visitor.waitForURL('**/v');
    await visitor.getByLabel(/证书编号/).fill(first.number);
    await visitor.keyboard.press('Enter');
    await isShown(visitor, first.number);
    await isTheSameDocument(visitor, () => scan(visitor, first.lookupUrl));
    await visitor.getByText(first.title).first().waitFor();
    expect(await isCodeFree(visitor)).to.equal(true);
    await visitor.goBack();
    await visitor.goBack();
    await visitor.locator('.look-box').waitFor();
  });
});

const filesOf = (page: Page) =>
  page.evaluateHandle(
    `(() => { const files = new DataTransfer(); files.items.add(new File(['other'], 'other.txt')); return files; })()`,
  );

const codeOf = ({ lookupUrl }: Certified): string => new URL(lookupUrl).hash.slice(1);

/** What a browser does with an address that is opened in the tab: only the fragment is new to it. */
const scan = (page: Page, url: string): Promise<void> =>
  page.evaluate(`window.location.assign(${JSON.stringify(url)})`);

/** Neither the address bar nor the entry of the history holds a fragment. */
const isCodeFree = async (page: Page): Promise<boolean> =>
  !page.url().includes('#') && (await page.evaluate<string>('window.location.href')).includes('#') === false;

/** Otherwise a reload, which was always right, would be tested. */
async function isTheSameDocument(page: Page, act: () => Promise<void>): Promise<void> {
  await page.evaluate('window.isStillHere = true');
  await act();
  expect(await page.evaluate('window.isStillHere')).to.equal(true);
}

async function isShown(page: Page, number: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: CONSISTENT, exact: true }).waitFor();
  expect(new URL(page.url()).pathname).to.equal(`/v/${number}`);
}
