// SPDX-License-Identifier: Apache-2.0
// What is true in the end, from the client's journal, the contract's events since genesis, and bundles that the CLI
// judged. No table of the product is asked.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import artifact from '@inkseal/contracts' with { type: 'json' };
import { verifyBundle } from '@inkseal/verifier';
import { Interface, type LogDescription } from 'ethers';
import type { Promised } from './journal.ts';
import type { Stand } from './stand.ts';

const CLI = path.resolve(import.meta.dirname, '../../verifier/cli/main.ts');
const BUNDLES_A_CALL = 200;

export interface Truth {
  accepted: number;
  anchored: number;
  batches: number;
  /** Bundles that the library found without a fault offline. */
  consistent: number;
  /** Bundles handed to the CLI, and those of them that it called verified against the chain. */
  judged: number;
  verified: number;
  /** Everything that should not be; empty when all is well. */
  faults: string[];
}

interface Range {
  first: bigint;
  count: bigint;
}

/** Every promised entry must be final, under its own number, with a proof that holds. */
export async function findTruth(stand: Stand, promised: readonly Promised[], cliSample: number): Promise<Truth> {
  const faults: string[] = [];
  const trust = path.join(stand.folder, 'trust.json');
  const trustText = await read(stand, '/v1/trust');
  writeFileSync(trust, trustText);
  const ranges = await anchoredRanges(stand.chainUrl, registryOf(trustText));
  faults.push(...gapsIn(ranges));

  const numbers = new Map<string, string>();
  const files: string[] = [];
  let consistent = 0;
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
    const { verdict } = await verifyBundle(Buffer.from(bundle.text), { trust: Buffer.from(trustText) });
    if (verdict === 'consistent') consistent += 1;
    else faults.push(`${promise.reference} has a proof that is ${verdict}`);
  }
  const anchored = ranges.reduce((sum, range) => sum + range.count, 0n);
  if (anchored !== BigInt(promised.length)) {
    faults.push(`${promised.length} entries were accepted and ${anchored} numbers were anchored`);
  }
  const judged = sample(files, cliSample);
  const verified = await verifyWithCli(judged, ['--trust', trust, '--rpc', stand.chainUrl], faults);
  return {
    accepted: promised.length,
    anchored: Number(anchored),
    batches: ranges.length,
    consistent,
    judged: judged.length,
    verified,
    faults,
  };
}

/** The batches of the contract's events, from genesis to now. */
export async function anchoredRanges(chainUrl: string, address: string): Promise<Range[]> {
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

export function gapsIn(ranges: readonly Range[]): string[] {
  return ranges.flatMap((range, index) => {
    const before = ranges[index - 1];
    const expected = before ? before.first + before.count : range.first;
    return range.first === expected ? [] : [`batch ${index + 1} begins at ${range.first}, not ${expected}`];
  });
}

async function bundleOf(stand: Stand, promise: Promised, faults: string[]) {
  const [entry, ...others] = await entriesOf(stand, promise.reference);
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

interface FoundEntry {
  id: string;
  number?: string;
  state: string;
}

/** None for a reference that the ledger does not know. */
export async function entriesOf(stand: Stand, reference: string): Promise<FoundEntry[]> {
  const response = await ask(stand, `/v1/entries?reference=${encodeURIComponent(reference)}`);
  if (response.status === 404) return [];
  return ((await response.json()) as { items: FoundEntry[] }).items;
}

async function read(stand: Stand, route: string): Promise<string> {
  const response = await ask(stand, route);
  const text = await response.text();
  if (!response.ok) throw new Error(`${route}: ${response.status} ${text}`);
  return text;
}

function ask({ url, apiKey }: Stand, route: string): Promise<Response> {
  return fetch(`${url}${route}`, { headers: { authorization: `Bearer ${apiKey}` } });
}

/** Evenly spread over all. */
function sample<T>(items: readonly T[], size: number): T[] {
  const step = Math.max(1, items.length / size);
  return Array.from({ length: Math.min(size, items.length) }, (_, index) => items[Math.floor(index * step)] as T);
}

export function registryOf(trustText: string): string {
  const { networks } = JSON.parse(trustText) as { networks: { registries: { address: string }[] }[] };
  const address = networks[0]?.registries[0]?.address;
  if (!address) throw new Error('the trust file names no registry');
  return address;
}

/** Returns how many of the bundles the CLI called verified. */
async function verifyWithCli(files: readonly string[], options: string[], faults: string[]): Promise<number> {
  let verified = 0;
  for (let first = 0; first < files.length; first += BUNDLES_A_CALL) {
    const call = files.slice(first, first + BUNDLES_A_CALL);
    for (const { proof, verdict } of await verifyCall([...call, ...options, '--json'])) {
      if (verdict === 'verified') verified += 1;
      else faults.push(`${path.basename(proof)}: the CLI says ${verdict}`);
    }
  }
  return verified;
}

/** The CLI prints a report a line and ends with the code of the worst, which the reports say in full. */
async function verifyCall(args: string[]): Promise<{ proof: string; verdict?: string }[]> {
  const run = promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], {
    maxBuffer: 2 ** 28,
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const lines = stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as { proof: string; verdict?: string });
}
