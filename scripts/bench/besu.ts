// SPDX-License-Identifier: Apache-2.0
// The latency of entries on a chain that answers as Hyperledger Besu does, beside a second ledger on the same chain whose
// nodes answer as they are. Batches share blocks, proofs come sorted, and all entries have to become final.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import { embeddedNetwork, qbftNetwork, type TestNetwork } from '../../test/support/pipeline.ts';
import { qbftEngine } from '../../test/support/qbft.ts';
import { type Figure, median, type Result, round } from './figure.ts';
import { BLOCK_MS, type LatencySize, measureOn } from './latency.ts';
import { type LedgerProcess, startLedgerProcess } from './ledger-process.ts';

/** 3,000 entries. Two batches a second, so that most blocks hold several. */
const SIZE = { perSecond: 100, seconds: 30 };
const ROUNDS = 3;
/** Two ledgers beside each other differ by so much, by where their batches fall between two blocks. */
const NOISE = 1.15;

const RELAY = path.join(import.meta.dirname, 'relay-process.ts');

export async function measureBesu(size: LatencySize = {}, rounds = ROUNDS): Promise<Result[]> {
  const onQbft = 'submit to final proof through Besu, QBFT, p99';
  return [
    await besideItself(
      'submit to final proof through Besu, embedded, p99',
      await embeddedNetwork({ blockMs: BLOCK_MS, idleBlockMs: 10 * BLOCK_MS }),
      { ...SIZE, ...size },
      rounds,
    ),
    qbftEngine()
      ? await besideItself(onQbft, await qbftNetwork(), { ...SIZE, ...size }, rounds)
      : { name: onQbft, skipped: 'no QBFT engine' },
  ];
}

type Measured = Awaited<ReturnType<typeof measureOn>>;

/** Both ledgers at once on one chain: the same blocks, the same load and the same hop for both. */
async function besideItself(
  name: string,
  network: TestNetwork,
  size: Required<LatencySize>,
  rounds: number,
): Promise<Figure> {
  const besu: Measured[] = [];
  const plain: Measured[] = [];
  try {
    for (let turn = 0; turn < rounds; turn += 1) {
      const [ours, peer] = await measurePair(network, size);
      besu.push(ours);
      plain.push(peer);
    }
  } finally {
    await network.stop();
  }
  const areAllFinal = besu.every(({ isAllFinal }) => isAllFinal);
  return {
    name,
    unit: 'ms',
    // An entry that did not become final has no end of its wait.
    ours: areAllFinal ? medianP99(besu) : Number.POSITIVE_INFINITY,
    peer: { name: 'nodes that answer as they are', value: medianP99(plain) },
    comparison: 'cost',
    target: { on: 'ratio', atMost: NOISE },
    details: {
      ...size,
      rounds,
      final: areAllFinal ? 'all' : 'NOT ALL',
      p99s: besu.map(({ p99 }) => round(p99, 0)).join(' '),
      plainP99s: plain.map(({ p99 }) => round(p99, 0)).join(' '),
    },
  };
}

const medianP99 = (runs: readonly Measured[]) => round(median(runs.map(({ p99 }) => p99)), 0);

async function measurePair(network: TestNetwork, size: Required<LatencySize>): Promise<[Measured, Measured]> {
  const relays = [await startRelay('besu', network), await startRelay('plain', network)] as const;
  const ledgers: LedgerProcess[] = [];
  try {
    const [besu, plain] = relays;
    const ours = await startLedgerProcess({ ...network, settings: besu.settings });
    ledgers.push(ours);
    const peer = await startLedgerProcess({ ...network, settings: plain.settings });
    ledgers.push(peer);
    return await Promise.all([measureOn(ours, size), measureOn(peer, size)]);
  } finally {
    for (const ledger of ledgers) await ledger.stop();
    for (const relay of relays) relay.stop();
  }
}

async function startRelay(kind: 'besu' | 'plain', network: TestNetwork) {
  const child = fork(RELAY, [kind, ...network.urls], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [urls] = z
    .tuple([z.array(z.url())])
    .rest(z.unknown())
    .parse(await once(child, 'message'));
  return { settings: { ...network.settings, CHAIN_RPC_URL: urls.join(',') }, stop: () => child.disconnect() };
}
