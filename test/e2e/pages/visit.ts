// SPDX-License-Identifier: Apache-2.0
// One page at one width in one language: its picture, and what is wrong with it.
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PortalClient } from '../../support/portal.ts';
import { faultsOfWords, type Language } from './words.ts';

export interface Entry {
  /** Of the picture. */
  name: string;
  address: string;
  isList?: boolean;
  /** Whose session it is shown in. */
  as?: PortalClient;
  /** What is done before the picture. */
  act?: (page: Page) => Promise<void>;
  /** Addresses that the portal rightly answers with an error on this page. */
  refused?: RegExp;
  /** Addresses without whose answer the page is whole, with less on it. */
  decoration?: RegExp;
}

export interface Look {
  width: number;
  language: Language;
}

export interface Visitor {
  /** What is wrong with the page. */
  visit(entry: Entry): Promise<string[]>;
  close(): Promise<void>;
}

export interface Stage {
  browser: Browser;
  url: string;
  /** Where pictures go; none are taken without it. */
  folder?: string | undefined;
}

const PHONE_BELOW_PX = 768;
const MOST_PIXELS = 8_000;

/** Somebody with one browser window for each person as whom they look at the pages. */
export function openVisitor(stage: Stage, look: Look): Visitor {
  const windows = new Map<PortalClient | undefined, Promise<BrowserContext>>();
  const windowOf = (as: PortalClient | undefined) => {
    const window = windows.get(as) ?? openWindow(stage, look, as);
    windows.set(as, window);
    return window;
  };
  return {
    async visit(entry) {
      // What is typed on a page stays in its window as a draft.
      const window = await (entry.act ? openWindow(stage, look, entry.as) : windowOf(entry.as));
      const page = await window.newPage();
      const faults = await faultsOfVisit(page, entry, look, stage.folder).catch((error) => [firstLine(error)]);
      await (entry.act ? window : page).close();
      return faults.map((fault) => `${pictureOf(entry, look)}: ${fault}`);
    },
    async close() {
      for (const window of windows.values()) await (await window).close();
    },
  };
}

export async function openWindow({ browser, url }: Stage, { width, language }: Look, as?: PortalClient) {
  const isPhone = width < PHONE_BELOW_PX;
  const window = await browser.newContext({
    baseURL: url,
    viewport: { width, height: isPhone ? 844 : 900 },
    isMobile: isPhone,
    hasTouch: isPhone,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    // axe comes from here, not from the site; the policy itself is what other browser tests look at.
    bypassCSP: true,
  });
  window.setDefaultTimeout(60_000);
  await window.addInitScript(`localStorage.setItem('inkseal-language', '${language}')`);
  if (as) await window.addCookies([cookieOf(as, url)]);
  return window;
}

async function faultsOfVisit(page: Page, entry: Entry, look: Look, folder: string | undefined): Promise<string[]> {
  const troubles = troublesOf(page, entry);
  await page.goto(entry.address);
  await settled(page);
  await entry.act?.(page);
  if (folder) await takePicture(page, look.width, path.join(folder, pictureOf(entry, look)));
  return [
    ...(await faultsOfOutline(page)),
    ...(await faultsOfWords(page, look.language)),
    ...(await faultsByAxe(page)),
    ...troubles,
  ];
}

/** A slow machine is idle before anything is drawn. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction("!document.querySelector('.loading, [aria-busy=true]')");
}

/** Grows while the page is open. */
function troublesOf(page: Page, { refused }: Entry): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`threw ${error.message}`));
  page.on('console', (message) => {
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) troubles.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    // A form was sent as it was, to see what it says.
    const isForm = response.status() === 422 && response.request().method() !== 'GET';
    if (response.status() < 400 || isForm || refused?.test(response.url())) return;
    troubles.push(`${response.status()} of ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // The page gave up itself, for instance because another answer made this one needless.
    if (why !== 'net::ERR_ABORTED') troubles.push(`${why} of ${request.url()}`);
  });
  return troubles;
}

/** As tall as the page, so that what sticks to an edge of the screen stands at an edge of the picture. */
async function takePicture(page: Page, width: number, file: string): Promise<void> {
  const before = page.viewportSize();
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.min(height, MOST_PIXELS) });
  await page.screenshot({ path: file });
  if (before) await page.setViewportSize(before);
}

/** What can be used, but stands beside the screen where nothing scrolls to it. */
const BESIDE = `[...document.querySelectorAll('a, button, input, select, textarea')].filter((element) => {
  const { left, right, width } = element.getBoundingClientRect();
  if (width <= 1 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  if (left >= -1 && right <= document.documentElement.clientWidth + 1) return false;
  for (let around = element.parentElement; around; around = around.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(around).overflowX)) return false;
  return !element.matches('.skip-link');
}).map((element) => element.outerHTML.slice(0, 80))`;

async function faultsOfOutline(page: Page): Promise<string[]> {
  const beside = await page.evaluate<string[]>(BESIDE);
  const wide = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  const headings = await page.locator('h1:visible').count();
  return [
    ...(wide > 0 ? [`scrolls sideways by ${wide} px`] : []),
    ...beside.map((html) => `stands beside the screen: ${html}`),
    ...(headings === 1 ? [] : [`has ${headings} first headings`]),
    ...((await page.title()).trim() ? [] : ['has no title']),
  ];
}

async function faultsByAxe(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ id: string; impact: string; nodes: { target: string[] }[] }[]>(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `axe ${id}: ${nodes
          .slice(0, 3)
          .map(({ target }) => target.join(' '))
          .join(' | ')}`,
    );
}

function pictureOf({ name }: Entry, { width, language }: Look): string {
  return `${name}-${width}-${language}.png`;
}

function cookieOf(client: PortalClient, url: string): { name: string; value: string; url: string } {
  const [name = '', value = ''] = (client.cookie ?? '').split(/=(.*)/s);
  return { name, value, url };
}

const firstLine = (error: unknown): string => String(error).split('\n')[0] ?? '';
