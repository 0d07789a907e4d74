// SPDX-License-Identifier: Apache-2.0
// What time-stamping authorities cost: the latency of anchoring beside one that is down, slow and lying in turn, against a ledger
// without any; and the latency of proofs that wait for a token of a good one.
import { embeddedNetwork, qbftNetwork, type TestNetwork } from '../../test/support/pipeline.ts';
import { qbftEngine } from '../../test/support/qbft.ts';
import { findSigstoreAuthority, startSigstoreAuthority } from '../../test/support/sigstore-authority.ts';
import { type Behaviour, startAuthority } from '../../test/support/timestamp-authority.ts';
import { type Figure, median, type Result, round } from './figure.ts';
import { BLOCK_MS, type LatencySize, measureOn } from './latency.ts';
import { startLedgerProcess } from './ledger-process.ts';

const ROUNDS = 5;
const BAD_SIZE = { perSecond: 100, seconds: 20 };
const GOOD_SIZE = { perSecond: 500, seconds: 30 };
/** Each behaviour holds for so long, so that a run meets all of them. */
const BEHAVES_MS = 2_000;
const BAD: readonly Behaviour[] = ['failing', 'slow', 'other-imprint', 'other-nonce', 'garbage', 'expired'];

export async function measureWitnesses(size: LatencySize = {}, rounds = ROUNDS): Promise<Result[]> {
  const embedded = () => embeddedNetwork({ blockMs: BLOCK_MS, idleBlockMs: 10 * BLOCK_MS });
  const badSize = { ...BAD_SIZE, ...size };
  const goodSize = { ...GOOD_SIZE, ...size };
  return [
    await besideBad('embedded', await embedded(), badSize, rounds),
    ...(await waitingForTokens('embedded', embedded, goodSize)),
    ...(qbftEngine()
      ? [
          await besideBad('QBFT', await qbftNetwork(), badSize, rounds),
          ...(await waitingForTokens('QBFT', qbftNetwork, goodSize)),
        ]
      : [{ name: 'submit to final proof beside a bad authority, QBFT, p99', skipped: 'no QBFT engine' }]),
  ];
}

/** The two take turns on one chain: what slows the machine down for a while slows both. */
async function besideBad(
  chain: string,
  network: TestNetwork,
  size: Required<LatencySize>,
  rounds: number,
): Promise<Figure> {
  const authority = await startAuthority();
  let turns = 0;
  const behave = () => {
    authority.behaviour = BAD[turns % BAD.length] ?? 'failing';
    turns += 1;
  };
  behave();
  const timer = setInterval(behave, BEHAVES_MS);
  const p99s: { bad: number[]; none: number[] } = { bad: [], none: [] };
  try {
    for (let turn = 0; turn < rounds; turn += 1) {
      p99s.none.push(await p99Of(network, {}, size));
      p99s.bad.push(await p99Of(network, settingsOf(authority), size));
    }
  } finally {
    clearInterval(timer);
    await authority.stop();
    await network.stop();
  }
  return {
    name: `submit to final proof beside a bad authority, ${chain}, p99`,
    unit: 'ms',
    ours: round(median(p99s.bad), 0),
    peer: { name: 'a ledger without authorities, in turn', value: round(median(p99s.none), 0) },
    comparison: 'cost',
    target: { on: 'ratio', atMost: 1.1 },
    details: { ...size, rounds, asked: authority.asked(), p99s: p99s.bad.join(' '), noneP99s: p99s.none.join(' ') },
  };
}

async function p99Of(network: TestNetwork, settings: Record<string, string>, size: LatencySize): Promise<number> {
  const ledger = await startLedgerProcess({ ...network, settings: { ...network.settings, ...settings } });
  try {
    const { p99, isAllFinal } = await measureOn(ledger, size);
    return isAllFinal ? round(p99, 0) : Number.POSITIVE_INFINITY;
  } finally {
    await ledger.stop();
  }
}

async function waitingForTokens(
  chain: string,
  makeNetwork: () => Promise<TestNetwork>,
  size: Required<LatencySize>,
): Promise<Result[]> {
  const name = `submit to final proof with a token, ${chain}`;
  const program = findSigstoreAuthority();
  if (!program) return [{ name, skipped: 'no time-stamping server' }];
  const [authority, network] = [await startSigstoreAuthority(program), await makeNetwork()];
  const settings = { ...network.settings, ...settingsOf(authority), WITNESSES_REQUIRED: '1' };
  const ledger = await startLedgerProcess({ ...network, settings });
  try {
    const { p50, p99, isAllFinal, details } = await measureOn(ledger, size);
    const figure = (which: string, ms: number, atMost: number): Figure => ({
      name: `${name}, ${which}`,
      unit: 'ms',
      ours: isAllFinal ? round(ms, 0) : Number.POSITIVE_INFINITY,
      comparison: 'cost',
      target: { on: 'ours', atMost },
      details,
    });
    return [figure('p50', p50, 2_200), figure('p99', p99, 5_000)];
  } finally {
    await ledger.stop();
    await network.stop();
    await authority.stop();
  }
}

const settingsOf = ({ url, certificateFile }: { url: string; certificateFile: string }) => ({
  TIMESTAMP_AUTHORITIES: JSON.stringify({ bench: { url, certificateFile } }),
});
