// SPDX-License-Identifier: Apache-2.0
// `npm run bench [-- --only tree,intake] [--json FILE] [--certificates N] [--entries N]`: every figure beside a peer or a limit of the same run.
// docs/bench.md says what each one means. Exit code 1 when a target is missed.
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { measureAudit } from './bench/audit.ts';
import { measureBesu } from './bench/besu.ts';
import { measureBrowserHash } from './bench/browser-hash.ts';
import { measureClosing } from './bench/close.ts';
import { isMet, type Result, ratioOf, tableOf } from './bench/figure.ts';
import { measureIntake } from './bench/intake.ts';
import { measureCertificates } from './bench/issuing.ts';
import { measureLargeTree } from './bench/large-tree.ts';
import { measureLatency, measureQbftLatency } from './bench/latency.ts';
import { measureLikeness } from './bench/likeness.ts';
import { measureLists } from './bench/lists.ts';
import { measureLookup } from './bench/lookup.ts';
import { measureMemory } from './bench/memory.ts';
import { measureRecall } from './bench/recall.ts';
import { measureResponsiveness } from './bench/responsiveness.ts';
import { measureTree } from './bench/tree.ts';
import { measureUpload } from './bench/upload.ts';
import { measureVerification } from './bench/verify.ts';
import { measureWitnesses } from './bench/witnesses.ts';
import { Failure, runJob } from './processes/failure.ts';

/** Of audits. */
interface Sizes {
  readonly issued?: number;
  readonly entries?: number;
}

const BENCHES: Readonly<Record<string, (sizes: Sizes) => Promise<Result[]>>> = {
  tree: () => measureTree(),
  'large-tree': () => measureLargeTree(),
  intake: () => measureIntake(),
  close: () => measureClosing(),
  latency: () => measureLatency(),
  'latency-qbft': () => measureQbftLatency(),
  besu: () => measureBesu(),
  witnesses: () => measureWitnesses(),
  verify: () => measureVerification(),
  audit: (sizes) => measureAudit(sizes),
  issuing: () => measureCertificates(),
  likeness: () => measureLikeness(),
  recall: () => measureRecall(),
  lists: () => measureLists(),
  lookup: () => measureLookup(),
  upload: () => measureUpload(),
  responsiveness: () => measureResponsiveness(),
  memory: () => measureMemory(),
  'browser-hash': () => measureBrowserHash(),
};

await runJob(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      json: { type: 'string' },
      certificates: { type: 'string' },
      entries: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log('usage: npm run bench [-- --only <name>,...] [--json <file>] [--certificates <n>] [--entries <n>]');
    console.log('--certificates, --entries: how many the portal issues and the ledger proves for the audit');
    console.log(`names: ${Object.keys(BENCHES).join(', ')}; QBFT_ENGINE=<program> adds the figure on a QBFT network`);
    return 0;
  }
  const { certificates, entries } = values;
  const sizes = {
    ...(certificates !== undefined && { issued: sizeOf('certificates', certificates) }),
    ...(entries !== undefined && { entries: sizeOf('entries', entries) }),
  };
  const results: Result[] = [];
  for (const name of chosen(values.only)) {
    console.log(`measuring ${name} ...`);
    results.push(...((await BENCHES[name]?.(sizes)) ?? []));
  }
  console.log(`\n${tableOf(results)}\n`);
  console.log(`on ${os.cpus().length} cores, load average ${loadAverage().join(', ')}`);
  for (const result of results) if ('details' in result) console.log(detailsOf(result));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report(results), undefined, 2)}\n`);
  return results.every((result) => 'skipped' in result || isMet(result)) ? 0 : 1;
});

function chosen(only: string | undefined): string[] {
  const names = only?.split(',') ?? Object.keys(BENCHES);
  const unknown = names.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) throw new Failure(`unknown figure: ${unknown.join(', ')}`);
  return names;
}

function sizeOf(name: string, text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new Failure(`--${name} ${text} is not a number of 1 to 9999999`);
  return Number(text);
}

function detailsOf({ name, details }: Extract<Result, { details: unknown }>): string {
  const pairs = Object.entries(details).map(([key, value]) => `${key} ${value}`);
  return `${name}: ${pairs.join(', ')}`;
}

function report(results: readonly Result[]) {
  const [cpu] = os.cpus();
  return {
    at: new Date().toISOString(),
    machine: { cpu: cpu?.model, cores: os.cpus().length, memoryMb: Math.round(os.totalmem() / 1e6) },
    node: process.version,
    loadAverage: loadAverage(),
    figures: results.map((result) =>
      'skipped' in result ? result : { ...result, ratio: ratioOf(result), isMet: isMet(result) },
    ),
  };
}

/** Of the last 1, 5 and 15 minutes: more than there are cores, and every absolute figure is too high. */
function loadAverage(): number[] {
  return os.loadavg().map((load) => Math.round(load * 10) / 10);
}
