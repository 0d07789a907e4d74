// SPDX-License-Identifier: Apache-2.0
// From the moment an entry is submitted to the moment its proof can be had over HTTP, at a steady rate and with blocks
// of one second; on the embedded chain, and on four QBFT validators where QBFT_ENGINE names a program to run them.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { embeddedNetwork, qbftNetwork, type TestNetwork } from '../../test/support/pipeline.ts';
import { qbftEngine } from '../../test/support/qbft.ts';
import { type Figure, percentile, type Result, round } from './figure.ts';
import { newSubmission } from './intake.ts';
import { type Entry, entrySchema, type LedgerProcess, startLedgerProcess } from './ledger-process.ts';

export interface LatencySize {
  perSecond?: number;
  seconds?: number;
}

export const BLOCK_MS = 1_000;
/** The ledger's default: a batch is closed when its oldest entry is this old. */
const BATCH_AGE_MS = 500;
// An entry waits for its batch to be closed, the batch for a block: the whole of both at worst, half on average. A QBFT
// proposer fills its block right after the one before, so there a batch waits for one block more.
const WORST_WAIT_QBFT_MS = BATCH_AGE_MS + 2 * BLOCK_MS;
const MEDIAN_WAIT_MS = { embedded: (BATCH_AGE_MS + BLOCK_MS) / 2, qbft: BATCH_AGE_MS / 2 + 1.5 * BLOCK_MS };

const REQUEST_EVERY_MS = 50;
const POLL_MS = 25;
/** So long at most after the last entry was submitted. */
const FINAL_WITHIN_MS = 60_000;
/** Entries of the first seconds, in which programs and connections warm up, are not counted. */
const WARM_UP_MS = 3_000;

export async function measureLatency(size: LatencySize = {}): Promise<Result[]> {
  const network = await embeddedNetwork({ blockMs: BLOCK_MS, idleBlockMs: 10 * BLOCK_MS });
  const { p50, details } = await measureAlone(network, size);
  return [
    figure('submit to final proof, embedded, p50', p50, { limit: MEDIAN_WAIT_MS.embedded, atMost: 4_000 }, details),
  ];
}

export async function measureQbftLatency(size: LatencySize = {}): Promise<Result[]> {
  const name = 'submit to final proof, QBFT';
  if (!qbftEngine()) return [{ name, skipped: 'no QBFT engine' }];
  const { p50, p99, details } = await measureAlone(await qbftNetwork(), size);
  return [
    figure(`${name}, p50`, p50, { limit: MEDIAN_WAIT_MS.qbft, atMost: 2_500 }, details),
    figure(`${name}, p99`, p99, { limit: WORST_WAIT_QBFT_MS, atMost: 5_000 }, details),
  ];
}

function figure(
  name: string,
  ms: number,
  { limit, atMost }: { limit: number; atMost: number },
  details: Figure['details'],
): Figure {
  const peer = { name: 'waiting for batch age and block alone', value: limit };
  return { name, unit: 'ms', ours: round(ms, 0), peer, comparison: 'cost', target: { on: 'ours', atMost }, details };
}

async function measureAlone(network: TestNetwork, size: LatencySize) {
  const ledger = await startLedgerProcess(network);
  try {
    return await measureOn(ledger, size);
  } finally {
    await ledger.stop();
    await network.stop();
  }
}

/** `isAllFinal`: every entry's proof came in time. */
export async function measureOn(ledger: LedgerProcess, { perSecond = 200, seconds = 30 }: LatencySize) {
  const submitted = new Map<string, number>();
  const submitting = submitSteadily(ledger, { perSecond, seconds }, submitted);
  const proven = await watchProofs(ledger, perSecond * seconds);
  await submitting;
  const start = Math.min(...submitted.values());
  const counted = [...submitted].filter(([, at]) => at - start >= Math.min(WARM_UP_MS, (seconds * 1_000) / 2));
  const times = counted.map(([id, at]) => (proven.get(id) ?? Number.POSITIVE_INFINITY) - at);
  const [p50 = 0, p90 = 0, p99 = 0] = [50, 90, 99].map((percent) => percentile(times, percent));
  const details = { perSecond, seconds, entries: times.length, p50: round(p50, 0), p90: round(p90, 0) };
  const isAllFinal = [...submitted.keys()].every((id) => proven.has(id));
  return { p50, p99, isAllFinal, details: { ...details, p99: round(p99, 0), max: round(Math.max(...times), 0) } };
}

/** Requests leave on time, whether or not those before them were answered: a slow ledger must not set the pace. */
async function submitSteadily(
  ledger: LedgerProcess,
  { perSecond, seconds }: Required<LatencySize>,
  submitted: Map<string, number>,
): Promise<void> {
  const requests: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let sent = 0; sent < perSecond * seconds; ) {
    const due = Math.min(perSecond * seconds, Math.ceil(((performance.now() - startedAt) / 1_000) * perSecond));
    const entries = Array.from({ length: due - sent }, newSubmission);
    const at = performance.now();
    const record = (ids: string[]) => {
      for (const id of ids) submitted.set(id, at);
    };
    if (entries.length > 0) requests.push(ledger.submit(entries).then(record));
    sent = due;
    await pause(REQUEST_EVERY_MS);
  }
  await Promise.all(requests);
}

/** When each entry's proof was there, by id: seen in the list of final entries, and one proof of each batch fetched. */
async function watchProofs(ledger: LedgerProcess, total: number): Promise<Map<string, number>> {
  const proven = new Map<string, number>();
  let after = '';
  let idleSince = performance.now();
  while (proven.size < total && performance.now() - idleSince < FINAL_WITHIN_MS) {
    const page = await finalEntries(ledger, after);
    await fetchOnePerBatch(ledger, page.items);
    const now = performance.now();
    for (const { id } of page.items) proven.set(id, now);
    after = page.next ?? after;
    if (page.items.length > 0) idleSince = now;
    else await pause(POLL_MS);
  }
  return proven;
}

const pageSchema = z.object({ items: z.array(entrySchema), next: z.string().optional() });

async function finalEntries(ledger: LedgerProcess, after: string): Promise<z.output<typeof pageSchema>> {
  const response = await ledger.get(`/v1/entries?state=final&limit=1000${after && `&after=${after}`}`);
  if (!response.ok) throw new RangeError(`${response.status} ${await response.text()}`);
  return pageSchema.parse(await response.json());
}

async function fetchOnePerBatch(ledger: LedgerProcess, entries: readonly Entry[]): Promise<void> {
  for (const [, entry] of new Map(entries.map((each) => [each.batch, each]))) {
    const response = await ledger.get(`/v1/entries/${entry.number}/proof`);
    if (!response.ok) throw new RangeError(`${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  }
}
