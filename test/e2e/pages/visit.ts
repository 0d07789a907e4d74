// SPDX-License-Identifier: Apache-2.0
// One page at each width in each language: its pictures, and what is wrong with it. It is loaded once and then looked at from
// all sides, because loading costs more than looking; what is done on it is done anew for each look.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
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

export type Looks = readonly [Look, ...Look[]];

/** From each one to the next, one thing changes. */
export const LOOKS: Looks = [
  { width: 1440, language: 'zh' },
  { width: 1440, language: 'en' },
  { width: 390, language: 'en' },
  { width: 390, language: 'zh' },
];
/** A table is narrowest on a tablet; on a telephone its rows are cards. */
export const LIST_LOOKS: Looks = [...LOOKS, { width: 768, language: 'zh' }, { width: 768, language: 'en' }];

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
const WORDS_WITHIN_MS = 5_000;
const LANGUAGE_KEY = 'inkseal-language';
/** Half as long as the one that the package exports. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Somebody with one browser window for each person as whom they look at the pages. */
export function openVisitor(stage: Stage, looks: Looks): Visitor {
  const windows = new Map<PortalClient | undefined, Promise<BrowserContext>>();
  const windowOf = (as: PortalClient | undefined) => {
    const window = windows.get(as) ?? openWindow(stage, looks[0], as);
    windows.set(as, window);
    return window;
  };
  const visitOnce = async (window: BrowserContext, entry: Entry, at: Looks) => {
    const page = await window.newPage();
    const faults = await faultsOfVisit(page, entry, { looks: at, folder: stage.folder });
    await page.close();
    return faults;
  };
  return {
    async visit(entry) {
      if (!entry.act) return visitOnce(await windowOf(entry.as), entry, looks);
      const faults: string[] = [];
      for (const look of looks) {
        // What is typed on a page stays in its window as a draft.
        const window = await openWindow(stage, look, entry.as);
        faults.push(...(await visitOnce(window, entry, [look])));
        await window.close();
      }
      return faults;
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
    viewport: screenOf(width),
    isMobile: isPhone,
    hasTouch: isPhone,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    // axe comes from here, not from the site; the policy itself is what other browser tests look at.
    bypassCSP: true,
  });
  window.setDefaultTimeout(60_000);
  await window.addInitScript(`localStorage.setItem('${LANGUAGE_KEY}', '${language}')`);
  if (as) await window.addCookies([cookieOf(as, url)]);
  return window;
}

async function faultsOfVisit(
  page: Page,
  entry: Entry,
  { looks, folder }: { looks: Looks; folder: string | undefined },
): Promise<string[]> {
  const troubles = troublesOf(page, entry);
  const faults: string[] = [];
  let look = looks[0];
  const note = (found: readonly string[]) =>
    faults.push(...found.map((fault) => `${pictureOf(entry, look)}: ${fault}`));
  try {
    await page.setViewportSize(screenOf(look.width));
    await page.goto(entry.address);
    await settled(page);
    await entry.act?.(page);
    await page.evaluate(AXE);
    for (look of looks) {
      if (look !== looks[0]) await turnTo(page, look);
      if (folder) await takePicture(page, look.width, path.join(folder, pictureOf(entry, look)));
      note([
        ...(await faultsOfOutline(page)),
        ...(await faultsOfAllWords(page, look.language)),
        ...(await faultsByAxe(page)),
      ]);
    }
  } catch (error) {
    note([firstLine(error)]);
  }
  note(troubles);
  return faults;
}

/** As when the window is made narrower, and the language chosen in another tab. */
async function turnTo(page: Page, { width, language }: Look): Promise<void> {
  await page.setViewportSize(screenOf(width));
  const change = `{ key: '${LANGUAGE_KEY}', newValue: '${language}' }`;
  await page.evaluate(`window.dispatchEvent(new StorageEvent('storage', ${change}))`);
  await settled(page);
}

/** Texts that the portal keeps in both languages come a moment after the others. */
async function faultsOfAllWords(page: Page, language: Language): Promise<string[]> {
  let faults: string[] = [];
  const isRight = async () => {
    faults = await faultsOfWords(page, language);
    return faults.length === 0;
  };
  await eventually(isRight, { withinMs: WORDS_WITHIN_MS }).catch(() => {});
  return faults;
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

function screenOf(width: number): { width: number; height: number } {
  return { width, height: width < PHONE_BELOW_PX ? 844 : 900 };
}

function pictureOf({ name }: Entry, { width, language }: Look): string {
  return `${name}-${width}-${language}.png`;
}

function cookieOf(client: PortalClient, url: string): { name: string; value: string; url: string } {
  const [name = '', value = ''] = (client.cookie ?? '').split(/=(.*)/s);
  return { name, value, url };
}

const firstLine = (error: unknown): string => String(error).split('\n')[0] ?? '';
