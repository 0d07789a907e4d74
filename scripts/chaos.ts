// SPDX-License-Identifier: Apache-2.0
// `npm run chaos [-- --entries 5000 | --portal]`: the long form of the kill tests, with a table of what was killed and
// what is true.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runChaos } from '../test/chaos/run-chaos.ts';
import { runPortalChaos } from '../test/chaos/run-portal-chaos.ts';
import { runJob } from './processes/failure.ts';

const USAGE = `npm run chaos [-- --entries N] [--keep]   kills ledger, chain and PostgreSQL while N entries are submitted
npm run chaos -- --portal [--keep]        kills portal, ledger and PostgreSQL while orders become certificates`;
/** At each named point, and of each other part. */
const KILLS = 3;

await runJob(async () => {
  const { values } = parseArgs({
    options: {
      entries: { type: 'string', default: '5000' },
      portal: { type: 'boolean' },
      help: { type: 'boolean' },
      keep: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'inkseal-chaos-'));
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const log = (line: string) => console.log(`${String(seconds()).padStart(4)} s  ${line}`);
  const { kills, faults, ...truth } = values.portal
    ? await runPortalChaos({ folder, kills: KILLS, log })
    : await runLedgerChaos(folder, Number(values.entries), log);
  console.table(kills);
  console.table({ ...truth, seconds: seconds() });
  for (const fault of faults) console.error(`FAULT ${fault}`);
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
  const what = values.portal ? 'each paid order has one certificate' : 'every accepted entry is final exactly once';
  console.log(faults.length === 0 ? what : `${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
});

function runLedgerChaos(folder: string, entries: number, log: (line: string) => void) {
  return runChaos({
    folder,
    entries,
    bulk: 25,
    paceMs: 500,
    stageKills: KILLS,
    randomKills: 6,
    chainKills: 5,
    postgresKills: 5,
    cliSample: Number.POSITIVE_INFINITY,
    log,
  });
}
