// SPDX-License-Identifier: Apache-2.0
// `npm run format`: rewrites every file in the house format and applies the safe lint fixes.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { runJob } from './processes/failure.ts';

await runJob(async () => {
  const biome = path.join(import.meta.dirname, '..', 'node_modules/@biomejs/biome/bin/biome');
  const { status } = spawnSync(process.execPath, [biome, 'check', '--write', '.'], { stdio: 'inherit' });
  return status ?? 1;
});
