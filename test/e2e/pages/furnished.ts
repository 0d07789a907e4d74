// SPDX-License-Identifier: Apache-2.0
// A system of its own for the looks at every page: what other tests did would be on its pages, and what it is furnished with
// in their lists.
import { type LiveSystem, startLiveSystem } from '../../support/live-system.ts';
import { stand } from '../stand.ts';
import { pagesOf } from './entries.ts';
import { furnish } from './furnish.ts';
import type { Entry, Stage } from './visit.ts';

let running: Promise<{ system: LiveSystem; pages: Entry[] }> | undefined;

/** The same one for each that asks, stopped after the last test of the run. */
export async function furnished(): Promise<Stage & { pages: Entry[] }> {
  running ??= start();
  const { system, pages } = await running;
  return { browser: (await stand()).browser, url: system.url, pages };
}

async function start() {
  const system = await startLiveSystem();
  return { system, pages: pagesOf(await furnish(system)) };
}

after(async function () {
  this.timeout(60_000);
  await (await running)?.system.stop();
});
