// SPDX-License-Identifier: Apache-2.0
// What is true in the end, from the client's journal, the contract's events since genesis, and bundles that the CLI
// judged. No table of the product is asked.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import artifact from '@inkseal/contracts' with { type: 'json' };
import { Interface, type LogDescription } from 'ethers';
import type { Promised } from './journal.ts';
import type { Stand } from './stand.ts';

const CLI = path.resolve(import.meta.dirname, '../../verifier/cli/main.ts');
const AT_ONCE = 2;
const BUNDLES_A_CALL = 250;

export interface Truth {
  accepted: number;
  anchored: number;
  batches: number;
  verified: number;
  /** Everything that should not be; empty when all is well. */
  faults: string[];
}

interface Range {
  first: bigint;
  count: bigint;
}

/** Every promised entry must be final, under a number of its own, with a proof that the CLI calls verified. */
export async function findTruth(stand: Stand, promised: readonly Promised[]): Promise<Truth> {
  const faults: string[] = [];
  const trust = path.join(stand.folder, 'trust.json');
  const trustText = await read(stand, '/v1/trust');
  writeFileSync(trust, trustText);
  const ranges = await anchoredRanges(stand.chainUrl, registryOf(trustText));
  faults.push(...gapsIn(ranges));

  const numbers = new Map<string, string>();
  const files: string[] = [];
  const folder = path.join(stand.folder, 'bundles');
  mkdirSync(folder, { recursive: true });
  for (const promise of promised) {
    const bundle = await bundleOf(stand, promise, faults);
    if (!bundle) continue;
    const holder = numbers.get(bundle.number);
    if (holder) faults.push(`number ${bundle.number} belongs to ${holder} and ${promise.reference}`);
    numbers.set(bundle.number, promise.reference);
    const file = path.join(folder, `${bundle.number}.proof.json`);
    writeFileSync(file, bundle.text);
    files.push(file);
  }
  const anchored = ranges.reduce((sum, range) => sum + range.count, 0n);
  if (anchored !== BigInt(promised.length)) {
    faults.push(`${promised.length} entries were accepted and ${anchored} numbers were anchored`);
  }
  const verified = await verifyAll(files, ['--trust', trust, '--rpc', stand.chainUrl], faults);
  return { accepted: promised.length, anchored: Number(anchored), batches: ranges.length, verified, faults };
}

/** The batches of the contract's events, from genesis to now. */
async function anchoredRanges(chainUrl: string, address: string): Promise<Range[]> {
  const contract = new Interface(artifact.abi);
  const topics = [contract.getEvent('BatchAnchored')?.topicHash];
  const body = {
    jsonrpc: '2.0',
    id: 1,
    method: 'eth_getLogs',
    params: [{ fromBlock: '0x0', toBlock: 'latest', address, topics }],
  };
  const response = await fetch(chainUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { result } = (await response.json()) as { result: { topics: string[]; data: string }[] };
  return result
    .map((log) => contract.parseLog(log))
    .filter((log): log is LogDescription => log !== null)
    .map(({ args }) => ({ first: BigInt(args.firstNumber), count: BigInt(args.count) }));
}

function gapsIn(ranges: readonly Range[]): string[] {
  return ranges.flatMap((range, index) => {
    const before = ranges[index - 1];
    const expected = before ? before.first + before.count : range.first;
    return range.first === expected ? [] : [`batch ${index + 1} begins at ${range.first}, not ${expected}`];
  });
}

async function bundleOf(stand: Stand, promise: Promised, faults: string[]) {
  const found = JSON.parse(await read(stand, `/v1/entries?reference=${encodeURIComponent(promise.reference)}`)) as {
    entries: { id: string; number?: string; state: string }[];
  };
  const [entry, ...others] = found.entries;
  if (!entry || others.length > 0 || entry.id !== promise.id) {
    faults.push(`${promise.reference} is not the one entry that was promised`);
    return undefined;
  }
  if (entry.state !== 'final' || !entry.number) {
    faults.push(`${promise.reference} is ${entry.state}`);
    return undefined;
  }
  const text = await read(stand, `/v1/entries/${entry.number}/proof?status=none`);
  const { statement } = JSON.parse(text) as { statement: { number: string; sha256: string; kind: string } };
  if (statement.sha256 !== promise.sha256 || statement.kind !== promise.kind || statement.number !== entry.number) {
    faults.push(`${promise.reference} has a proof of something else`);
  }
  return { number: entry.number, text };
}

async function read(stand: Stand, route: string): Promise<string> {
  const response = await fetch(`${stand.url}${route}`, { headers: { authorization: `Bearer ${stand.apiKey}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${route}: ${response.status} ${text}`);
  return text;
}

function registryOf(trustText: string): string {
  const { networks } = JSON.parse(trustText) as { networks: { registries: { address: string }[] }[] };
  const address = networks[0]?.registries[0]?.address;
  if (!address) throw new Error('the trust file names no registry');
  return address;
}

/** Runs the CLI over all files, many a call; returns how many it called verified. */
async function verifyAll(files: readonly string[], options: string[], faults: string[]): Promise<number> {
  const calls: string[][] = [];
  for (let first = 0; first < files.length; first += BUNDLES_A_CALL)
    calls.push(files.slice(first, first + BUNDLES_A_CALL));
  let verified = 0;
  const work = async () => {
    for (let call = calls.pop(); call; call = calls.pop()) {
      for (const { file, verdict } of await verifyCall(call, options)) {
        if (verdict === 'verified') verified += 1;
        else faults.push(`${path.basename(file)} is ${verdict}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return verified;
}

/** The CLI prints one JSON report a line, in the order of its arguments; its exit code is that of the worst. */
async function verifyCall(files: string[], options: string[]): Promise<{ file: string; verdict: string }[]> {
  const args = ['--disable-warning=ExperimentalWarning', CLI, ...files, ...options, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 28 }).catch((error) => error);
  const reports = String(stdout).trim().split('\n').filter(Boolean);
  return files.map((file, index) => {
    const report = JSON.parse(reports[index] ?? '{}') as { verdict?: string };
    return { file, verdict: report.verdict ?? 'not judged' };
  });
}
