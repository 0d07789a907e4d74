// SPDX-License-Identifier: Apache-2.0
// What all browser tests share: one whole system, one browser, and a fresh visitor for each test. Stopped after the
// last test of the run.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { type LiveSystem, startLiveSystem } from '../support/live-system.ts';
import type { PortalClient } from '../support/portal.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { watch } from './watch.ts';

export const WIDTHS = [1440, 390] as const;
export type Width = (typeof WIDTHS)[number] | 768;

export interface Stand {
  system: LiveSystem;
  browser: Browser;
}

/** How many times slower the pages run than this machine lets them: finds tests that are ahead of their page. */
const SLOWDOWN = Number(process.env.E2E_SLOWDOWN ?? 1);

let running: Promise<Stand> | undefined;

export function stand(): Promise<Stand> {
  running ??= start();
  return running;
}

after(async function () {
  this.timeout(60_000);
  const started = await running;
  await started?.browser.close();
  await started?.system.stop();
});

async function start(): Promise<Stand> {
  const [system, browser] = await Promise.all([startLiveSystem({ OUTBOX_MAX_ATTEMPTS: '3' }), launchChromium()]);
  return { system, browser };
}

/** Somebody at a desk or with a telephone. Any error in the page is one of the test, asked for with `faultsOf`. */
export async function openPage(
  address: string,
  width: Width,
  { as, ...options }: BrowserContextOptions & { as?: PortalClient } = {},
): Promise<Page> {
  const { system, browser } = await stand();
  const isPhone = width < 768;
  const context = await browser.newContext({
    baseURL: system.url,
    viewport: { width, height: isPhone ? 844 : 900 },
    isMobile: isPhone,
    hasTouch: isPhone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // A click on a dialog that still slides in can miss it.
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(60_000);
  if (as) await context.addCookies([cookieOf(as)]);
  const page = await context.newPage();
  faults.set(page, []);
  page.on('pageerror', (error) => faults.get(page)?.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text()))
      faults.get(page)?.push(message.text());
  });
  await watch(page);
  const wire = await context.newCDPSession(page);
  await wire.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.goto(address);
  return page;
}

function cookieOf({ cookie = '', url }: PortalClient): { name: string; value: string; url: string } {
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  return { name, value, url };
}

const faults = new WeakMap<Page, string[]>();

/** Exceptions and console errors of the page so far, broken policies among them; answers of the portal are not. */
export function faultsOf(page: Page): string[] {
  return faults.get(page) ?? [];
}

/** True when the page is wider than the screen. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

/** Returns to the page from another window, as a user does to see what has changed. */
export function comeBack(page: Page): Promise<void> {
  return page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
}

/** What a failed test saw, in the folder that E2E_PICTURES names. */
export async function keepPicture(page: Page, title: string): Promise<void> {
  const folder = process.env.E2E_PICTURES;
  if (folder) await page.screenshot({ path: path.join(folder, `${title.slice(0, 60)}.png`), fullPage: true });
}

/** A file for a file box. */
export function fileOf(name: string, bytes: Uint8Array | string): string {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, bytes);
  return file;
}
