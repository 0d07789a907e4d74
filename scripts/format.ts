// SPDX-License-Identifier: Apache-2.0
// `npm run format`: rewrites every file in the house format and applies the safe lint fixes.
import { spawnSync } from 'node:child_process';
import { runJob } from './processes/failure.ts';

await runJob(async () => {
  const { status } = spawnSync('npx', ['--no-install', 'biome', 'check', '--write', '.'], { stdio: 'inherit' });
  return status ?? 1;
});
