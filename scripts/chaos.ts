// SPDX-License-Identifier: Apache-2.0
// `npm run chaos [-- --entries 5000]`: the long form of the kill test, with a table of what was killed and what is true.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runChaos } from '../test/chaos/run-chaos.ts';
import { runJob } from './processes/failure.ts';

await runJob(async () => {
  const { values } = parseArgs({
    options: { entries: { type: 'string', default: '5000' }, help: { type: 'boolean' }, keep: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(
      'npm run chaos [-- --entries N] [--keep]   kills ledger, chain and PostgreSQL while N entries are submitted',
    );
    return 0;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'inkseal-chaos-'));
  const startedAt = Date.now();
  const result = await runChaos({
    folder,
    entries: Number(values.entries),
    bulk: 25,
    paceMs: 500,
    stageKills: 3,
    randomKills: 6,
    chainKills: 5,
    postgresKills: 5,
    cliSample: Number.POSITIVE_INFINITY,
    log: (line) => console.log(`${((Date.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}`),
  });
  console.table(result.kills);
  const { accepted, anchored, batches, consistent, verified, retries } = result;
  console.table({
    accepted,
    anchored,
    batches,
    consistent,
    verified,
    retries,
    seconds: Math.round((Date.now() - startedAt) / 1000),
  });
  for (const fault of result.faults) console.error(`FAULT ${fault}`);
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
  console.log(
    result.faults.length === 0 ? 'every accepted entry is final exactly once' : `${result.faults.length} faults`,
  );
  return result.faults.length === 0 ? 0 : 1;
});
