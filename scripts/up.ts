// SPDX-License-Identifier: Apache-2.0
// `npm start`: everything on embedded defaults, each part replaceable through the environment.
import path from 'node:path';
import { runJob } from './processes/failure.ts';
import { partsOf } from './supervisor/parts.ts';
import { run } from './supervisor/run.ts';
import { readSettings } from './supervisor/settings.ts';

await runJob(async () => {
  const root = path.resolve(import.meta.dirname, '..');
  const settings = readSettings(process.env, root);
  await run(settings, partsOf(settings, root));
  return 0;
});
