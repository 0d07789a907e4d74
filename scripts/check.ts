// SPDX-License-Identifier: Apache-2.0
// `npm run check`: the rules of the house, each as a program; exit code 1 when one is broken.
import path from 'node:path';
import { runRules } from './checks/rules.ts';
import { runJob } from './processes/failure.ts';

await runJob(async () => {
  const results = await runRules(path.resolve(import.meta.dirname, '..'));
  const broken = results.filter(({ faults }) => faults.length > 0);
  console.log(`${results.length - broken.length} rules hold, ${broken.length} are broken`);
  return broken.length === 0 ? 0 : 1;
});
