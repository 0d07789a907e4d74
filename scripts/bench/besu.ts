// SPDX-License-Identifier: Apache-2.0
// The latency of entries on a chain that answers as Hyperledger Besu does, beside another on the same chain without that: batches share
// blocks, proofs come sorted, and all entries have to become final as soon as ever.
import { besuLike } from '../../test/support/besu-stub.ts';
import { embeddedNetwork, qbftNetwork, type TestNetwork } from '../../test/support/pipeline.ts';
import { qbftEngine } from '../../test/support/qbft.ts';
import { type Figure, type Result, round } from './figure.ts';
import { BLOCK_MS, type LatencySize, measureOn } from './latency.ts';
import { startLedgerProcess } from './ledger-process.ts';

/** 3,000 entries. Two batches a second, so that most blocks hold several. */
const SIZE = { perSecond: 100, seconds: 30 };
/** Two ledgers beside each other differ by so much, by where their batches fall between two blocks. */
const NOISE = 1.15;

export async function measureBesu(size: LatencySize = {}): Promise<Result[]> {
  const onQbft = 'submit to final proof through Besu, QBFT, p99';
  return [
    await besideItself(
      'submit to final proof through Besu, embedded, p99',
      await embeddedNetwork({ blockMs: BLOCK_MS, idleBlockMs: 10 * BLOCK_MS }),
      size,
    ),
    qbftEngine() ? await besideItself(onQbft, await qbftNetwork(), size) : { name: onQbft, skipped: 'no QBFT engine' },
  ];
}

/** Two ledgers at once on one chain, one of them through the stub: the same blocks and the same load for both. */
async function besideItself(name: string, network: TestNetwork, given: LatencySize): Promise<Figure> {
  const size = { ...SIZE, ...given };
  const besu = await besuLike(network);
  const ledgers = [await startLedgerProcess(network), await startLedgerProcess(besu)] as const;
  try {
    const [plain, ours] = await Promise.all([measureOn(ledgers[0], size), measureOn(ledgers[1], size)]);
    return {
      name,
      unit: 'ms',
      // An entry that did not become final has waited for ever.
      ours: ours.isAllFinal ? round(ours.p99, 0) : Number.POSITIVE_INFINITY,
      peer: { name: 'a ledger without it beside', value: round(plain.p99, 0) },
      comparison: 'cost',
      target: { on: 'ratio', atMost: NOISE },
      details: { ...ours.details, final: ours.isAllFinal ? 'all' : 'NOT ALL', plainP50: round(plain.p50, 0) },
    };
  } finally {
    for (const ledger of ledgers) await ledger.stop();
    await besu.stop();
  }
}
