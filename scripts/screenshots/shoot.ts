// SPDX-License-Identifier: Apache-2.0
// One page at one width in one language: its picture, and what is wrong with it.
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { PortalClient } from '../../test/support/portal.ts';

export interface PageToShoot {
  /** Of the file. */
  name: string;
  address: string;
  isList?: boolean;
  /** Whose session it is shown in. */
  as?: PortalClient;
  /** What is done before the picture. */
  act?: (page: Page) => Promise<void>;
}

export interface Shot {
  file: string;
  faults: string[];
}

interface ShotOptions {
  browser: Browser;
  page: PageToShoot;
  width: number;
  language: 'zh' | 'en';
  folder: string;
  url: string;
}

const MOST_PIXELS = 8_000;

export async function shoot({ browser, page, width, language, folder, url }: ShotOptions): Promise<Shot> {
  const isPhone = width < 768;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: isPhone ? 844 : 900 },
    isMobile: isPhone,
    hasTouch: isPhone,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    // axe comes from here, not from the site; the policy itself is what the browser tests look at.
    bypassCSP: true,
  });
  await context.addInitScript(`localStorage.setItem('inkseal-language', '${language}')`);
  if (page.as) await context.addCookies([cookieOf(page.as, url)]);
  const file = path.join(folder, `${page.name}-${width}-${language}.png`);
  try {
    const tab = await context.newPage();
    const thrown: string[] = [];
    tab.on('pageerror', (error) => void thrown.push(`threw: ${error.message}`));
    await tab.goto(page.address);
    // A slow machine is idle before anything is drawn.
    await tab.locator('h1').first().waitFor();
    await tab.waitForLoadState('networkidle');
    await page.act?.(tab);
    // As tall as the page, so that what sticks to an edge of the screen stands at an edge of the picture.
    const height = await tab.evaluate<number>('document.documentElement.scrollHeight');
    await tab.setViewportSize({ width, height: Math.min(height, MOST_PIXELS) });
    await tab.screenshot({ path: file });
    return { file, faults: [...thrown, ...(await faultsOf(tab))] };
  } catch (error) {
    return { file, faults: [String(error).split('\n')[0] ?? ''] };
  } finally {
    await context.close();
  }
}

async function faultsOf(tab: Page): Promise<string[]> {
  const wide = await tab.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  await tab.evaluate(axe.source);
  const found = await tab.evaluate<{ id: string; impact: string; nodes: { target: string[] }[] }[]>(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [
    ...(wide > 0 ? [`scrolls sideways by ${wide} px`] : []),
    ...serious.map(
      ({ id, nodes }) =>
        `axe ${id}: ${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    ),
  ];
}

function cookieOf(client: PortalClient, url: string): { name: string; value: string; url: string } {
  const [name = '', value = ''] = (client.cookie ?? '').split(/=(.*)/s);
  return { name, value, url };
}
