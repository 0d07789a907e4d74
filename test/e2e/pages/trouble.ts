// SPDX-License-Identifier: Apache-2.0
// One page while the portal is slow, fails, or cannot be reached.
import type { Page, Route } from 'playwright-core';
import { type Entry, openWindow, type Stage } from './visit.ts';

/** Stands for the portal. */
export type Answer = (route: Route) => unknown;

/** Whoever looks is known. */
const KNOWN = /\/api\/v1\/(me|csrf|session)$/;
/** What only decorates a page may be missing without a word. */
const DECORATION = /\/(messages\/unread|invitations|staff\/waiting|consents|site)$/;
const PROBLEM = {
  type: 'urn:inkseal:error:internal-error',
  title: 'Internal error',
  status: 500,
  code: 'internal-error',
};
const WAITING = '.loading .bone, [aria-busy=true], [role=status]:text("正在载入")';

export const failing: Answer = (route) => route.fulfill({ status: 500, json: PROBLEM });
export const unreachable: Answer = (route) => route.abort('internetdisconnected');
export const silent: Answer = () => {};

/** The page says what happened, and has a button to try again. */
export async function offersRetry(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(重试|再试一次|重新载入|查验)$/ })
    .first()
    .waitFor();
}

export async function showsWaiting(page: Page): Promise<void> {
  await page.locator(WAITING).first().waitFor();
}

/** Nothing is expected of a page that asks the portal for nothing. */
export async function faultsInTrouble(
  stage: Stage,
  { name, address, as, decoration }: Entry,
  answer: Answer,
  expected: (page: Page) => Promise<void>,
): Promise<string[]> {
  const window = await openWindow(stage, { width: 1440, language: 'zh' }, as);
  window.setDefaultTimeout(60_000);
  const page = await window.newPage();
  const asked = new Set<string>();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${name}: threw ${error.message}`));
  await page.route(/\/api\/v1\//, (route) => {
    const { pathname } = new URL(route.request().url());
    if (KNOWN.test(pathname)) return route.continue();
    if (!DECORATION.test(pathname) && !decoration?.test(pathname)) asked.add(pathname);
    return answer(route);
  });
  await page.goto(address);
  await page.locator(`h1, [role=alert], ${WAITING}`).first().waitFor({ state: 'attached' });
  // What a page asks for when it is drawn has been asked for by now.
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  if (asked.size > 0)
    await expected(page).catch(() => faults.push(`${name}: asked for ${[...asked].join(', ')} and says nothing of it`));
  await window.close();
  return faults;
}
