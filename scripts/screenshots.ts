// SPDX-License-Identifier: Apache-2.0
// `npm run screenshots [-- --out <folder>] [part of a page's name]...`: every page as it is at a desk and on a
// telephone, in both languages, from its own system. Fails where a page scrolls sideways or axe finds something
// serious.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from '../test/support/chromium.ts';
import { startLiveSystem } from '../test/support/live-system.ts';
import { runJob } from './processes/failure.ts';
import { furnish } from './screenshots/furnish.ts';
import { pagesOf } from './screenshots/pages.ts';
import { type Shot, shoot } from './screenshots/shoot.ts';

const WIDTHS = [1440, 390];
/** A table is narrowest on a tablet; on a telephone its rows are cards. */
const LIST_WIDTHS = [1440, 768, 390];
const LANGUAGES = ['zh', 'en'] as const;

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
  try {
    const pages = pagesOf(await furnish(system)).filter(
      ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
    );
    const shots: Shot[] = [];
    for (const page of pages)
      for (const width of page.isList ? LIST_WIDTHS : WIDTHS)
        for (const language of LANGUAGES)
          shots.push(await shoot({ browser, page, width, language, folder, url: system.url }));
    return report(shots);
  } finally {
    await browser.close();
    await system.stop();
  }
});

function report(shots: Shot[]): number {
  const faults = shots.flatMap(({ file, faults }) => faults.map((fault) => `${path.basename(file)}: ${fault}`));
  for (const fault of faults) console.log(fault);
  console.log(`${shots.length} pictures, ${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
}
