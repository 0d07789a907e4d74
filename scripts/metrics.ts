// SPDX-License-Identifier: Apache-2.0
// `npm run metrics [-- --json]`: sizes, casts, raw SQL, import circles and test : code of each package, beside their
// limits. It reports and exits with 0; what must not happen is a rule of `npm run check`.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measurePackages } from './metrics/measure.ts';
import { printTable } from './metrics/table.ts';
import { runJob } from './processes/failure.ts';

await runJob(async () => {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log('usage: npm run metrics [-- --json]');
    return 0;
  }
  const figures = measurePackages(path.resolve(import.meta.dirname, '..'));
  console.log(values.json ? JSON.stringify(figures, null, 2) : printTable(figures));
  return 0;
});
