// SPDX-License-Identifier: Apache-2.0
// Hands on a keyboard, and eyes that want to see where they are: everything is reached with Tab, and each stop shows itself.
import type { Page } from 'playwright-core';
import { listOf } from './member.ts';

const MOST_STOPS = 90;
const MOST_OPTIONS = 30;
const MOST_MS_TO_SHOW = 1_000;

export interface Hands {
  press(key: string, times?: number): Promise<void>;
  type(text: string): Promise<void>;
  /** Tabs on until the stop of this name, as a screen reader says it. */
  goTo(name: string | RegExp): Promise<void>;
  /** Tabs on to the field and types. */
  fill(name: string | RegExp, text: string): Promise<void>;
  /** Tabs on to the button, link or tab and presses it. */
  use(name: string | RegExp): Promise<void>;
  /** Tabs on to the box and ticks it. */
  tick(name: string | RegExp): Promise<void>;
  /** Tabs on to the list, opens it, goes down to the option and takes it. */
  choose(name: string | RegExp, option: string): Promise<void>;
  /** Tabs on to the button that opens the window of files, and takes these. */
  chooseFiles(name: string | RegExp, files: string | string[]): Promise<void>;
  /** The name of the stop. */
  stop(): Promise<string>;
}

export function handsOn(page: Page): Hands {
  // Asked for only when the key is pressed, the window of files would sometimes open before it can be caught.
  page.on('filechooser', () => {});
  const press = async (key: string, times = 1) => {
    for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
  };
  const stop = async () => (await page.evaluate<Stop>(STOP)).name;
  const goTo = async (name: string | RegExp) => {
    const passed: string[] = [];
    while (passed.length < MOST_STOPS) {
      await press('Tab');
      const at = await page.evaluate<Stop>(STOP);
      if (!at.isSeen) throw new Error(`focus cannot be seen at “${at.name}” ${at.html}`);
      if (typeof name === 'string' ? at.name === name : name.test(at.name)) return;
      passed.push(at.name);
    }
    throw new Error(`Tab never comes to ${name}, but to ${passed.join(' | ')}`);
  };
  const type = (text: string) => page.keyboard.insertText(text);
  return {
    press,
    type,
    goTo,
    stop,
    async fill(name, text) {
      await goTo(name);
      await type(text);
    },
    async use(name) {
      await goTo(name);
      await press('Enter');
    },
    async tick(name) {
      await goTo(name);
      await press('Space');
    },
    async choose(name, option) {
      await goTo(name);
      await press('ArrowDown');
      const list = await listOf(page.locator(':focus'));
      const active = list.locator('.ant-select-item-option-active').first();
      await active.waitFor();
      const isTyped = await page.evaluate<boolean>('!document.activeElement.readOnly');
      if (isTyped) await type(option);
      for (let down = 0; (await active.getAttribute('title')) !== option && down < MOST_OPTIONS; down += 1)
        await press('ArrowDown');
      await press('Enter');
      await list.waitFor({ state: 'hidden' });
    },
    async chooseFiles(name, files) {
      await goTo(name);
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('Space')]);
      await chooser.setFiles(files);
    },
  };
}

interface Stop {
  name: string;
  isSeen: boolean;
  html: string;
}

/** The focused element: its name, and whether it or what surrounds it shows the focus. An outline may fade in, so this waits for it. */
const STOP = `(async () => {
  const element = document.activeElement;
  if (element === document.body) return { name: '', isSeen: true, html: 'the page' };
  const words = (text) => (text ?? '').replace(/[*\\s]+/g, ' ').trim();
  const labelled = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText);
  const labels = [...(element.labels ?? [])].map((label) => label.innerText);
  const name = words(element.getAttribute('aria-label')) || words(labelled.join(' ')) || words(labels.join(' ')) || words(element.innerText) || words(element.placeholder);
  const parents = [1, 2, 3].map((level) => [...Array(level)].reduce((each) => each?.parentElement, element));
  const near = [element, ...parents, ...(element.parentElement?.children ?? [])].filter(Boolean);
  const hasOutline = (each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && outlineWidth !== '0px';
  };
  const until = performance.now() + ${MOST_MS_TO_SHOW};
  while (!near.some(hasOutline) && performance.now() < until) await new Promise(requestAnimationFrame);
  const isSeen = near.some(hasOutline);
  return { name, isSeen, html: element.outerHTML.slice(0, 200) };
})()`;
