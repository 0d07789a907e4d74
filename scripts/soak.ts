// SPDX-License-Identifier: Apache-2.0
// `npm run soak -- --hours 1`: the whole system on this machine, used and broken all the time. docs/bench.md says how to read
// the report. Exit code 1 when an invariant broke.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { soakReport } from '../test/soak/report.ts';
import { runSoak } from '../test/soak/run-soak.ts';
import { Failure, runJob } from './processes/failure.ts';

const USAGE = `usage: npm run soak -- [--hours N | --minutes N] [--orders 200] [--faults 30] [--creators 8] [--set whole|small] [--seed N]
                     [--report <folder>] [--keep]
Goes on until the time is over, the orders are at their ends and so many faults were made. --set small leaves out Kubo and QBFT.
QBFT_ENGINE and KUBO_BIN name the programs for those; nginx and Redis are found on PATH. Writes soak.json and soak.md.`;

await runJob(async () => {
  const { values } = parseArgs({
    options: {
      hours: { type: 'string', default: '0' },
      minutes: { type: 'string', default: '0' },
      orders: { type: 'string', default: '200' },
      faults: { type: 'string', default: '30' },
      creators: { type: 'string', default: '8' },
      set: { type: 'string', default: 'whole' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      report: { type: 'string' },
      keep: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { set } = values;
  if (set !== 'whole' && set !== 'small') throw new Failure('--set is whole or small');
  const folder = mkdtempSync(path.join(tmpdir(), 'inkseal-soak-'));
  const startedAt = Date.now();
  const log = (line: string) =>
    console.log(`${String(Math.round((Date.now() - startedAt) / 1_000)).padStart(5)} s  ${line}`);
  log(`seed ${values.seed}, in ${folder}`);
  const result = await runSoak({
    folder,
    set,
    seed: numberOf(values, 'seed'),
    ms: numberOf(values, 'hours') * 3_600_000 + numberOf(values, 'minutes') * 60_000,
    orders: numberOf(values, 'orders'),
    faults: numberOf(values, 'faults'),
    creators: numberOf(values, 'creators'),
    quietMs: [500, 4_000],
    lastsMs: [300, 8_000],
    log,
  });
  const out = path.resolve(process.env.INIT_CWD ?? process.cwd(), values.report ?? '.');
  writeFileSync(path.join(out, 'soak.json'), `${JSON.stringify(result, undefined, 2)}\n`);
  writeFileSync(path.join(out, 'soak.md'), soakReport(result));
  console.log(soakReport(result));
  if (!values.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return result.faults.length === 0 ? 0 : 1;
});

function numberOf<Name extends string>(values: Record<Name, string>, name: Name): number {
  const number = Number(values[name]);
  if (!Number.isFinite(number) || number < 0) throw new Failure(`--${name} ${values[name]} is not a number from 0`);
  return number;
}
