// SPDX-License-Identifier: Apache-2.0
// `npm run screenshots [-- --out <folder>] [part of a page's name]...`: every page as it is at a desk and on a
// telephone, in both languages, from its own system. Fails where a page scrolls sideways or axe finds something
// serious.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pagesOf } from '../test/e2e/pages/entries.ts';
import { furnish } from '../test/e2e/pages/furnish.ts';
import { LIST_LOOKS, LOOKS, openVisitor } from '../test/e2e/pages/visit.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { startLiveSystem } from '../test/support/live-system.ts';
import { runJob } from './processes/failure.ts';

await runJob(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string', default: 'screenshots' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log("usage: npm run screenshots [-- --out <folder>] [part of a page's name]...");
    return 0;
  }
  const folder = path.resolve(values.out);
  mkdirSync(folder, { recursive: true });
  const system = await startLiveSystem();
  const browser = await launchChromium();
  const stage = { browser, url: system.url, folder };
  try {
    const pages = pagesOf(await furnish(system)).filter(
      ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
    );
    const faults: string[] = [];
    const [visitor, ofLists] = [openVisitor(stage, LOOKS), openVisitor(stage, LIST_LOOKS)];
    for (const page of pages) faults.push(...(await (page.isList ? ofLists : visitor).visit(page)));
    await Promise.all([visitor.close(), ofLists.close()]);
    return report(pages.length, faults);
  } finally {
    await browser.close();
    await system.stop();
  }
});

function report(pages: number, faults: readonly string[]): number {
  for (const fault of faults) console.log(fault);
  console.log(`${pages} pages, ${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
}
