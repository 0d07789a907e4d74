// SPDX-License-Identifier: Apache-2.0
// What a page showed and was answered while a test used it, printed when that test fails: a picture shows only the end.
import type { Page } from 'playwright-core';

const MOST_LINES = 25;
const PREFIX = 'inkseal-seen:';
/** What the product says by itself: alerts, messages and dialogs, each when it comes. */
const WATCH = `(() => {
  const SPEAKS = '[role=alert], [role=status], [role=dialog], .ant-message-notice, .field-error';
  const known = new WeakMap();
  const look = () => {
    for (const element of document.querySelectorAll(SPEAKS)) {
      const text = (element.textContent ?? '').trim().slice(0, 160);
      if (!text || known.get(element) === text) continue;
      known.set(element, text);
      console.debug('${PREFIX}' + (element.getAttribute('role') ?? element.className) + ': ' + text);
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
})()`;

let lines: string[] = [];

export async function watch(page: Page): Promise<void> {
  const begun = Date.now();
  const note = (line: string) => {
    lines = [...lines, `+${((Date.now() - begun) / 1000).toFixed(1)} s ${line}`].slice(-MOST_LINES);
  };
  page.on('framenavigated', (frame) => frame === page.mainFrame() && note(`at ${new URL(frame.url()).pathname}`));
  page.on('console', (message) => message.text().startsWith(PREFIX) && note(message.text().slice(PREFIX.length)));
  page.on('response', (response) => {
    const request = response.request();
    if (response.status() < 400 && request.method() === 'GET') return;
    note(`${request.method()} ${new URL(response.url()).pathname}: ${response.status()}`);
  });
  page.on('requestfailed', (request) => note(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`));
  await page.addInitScript(WATCH);
}

beforeEach(() => {
  lines = [];
});

afterEach(function () {
  if (this.currentTest?.state !== 'failed' || lines.length === 0) return;
  console.log(['what its pages showed:', ...lines].join('\n    '));
});
