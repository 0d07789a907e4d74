// SPDX-License-Identifier: Apache-2.0
// Every figure of the evidence core runs, on sizes that measure nothing: what it needs is there, and what it answers can
// be printed. On QBFT the same code runs as on the embedded chain.
import { expect } from 'chai';
import { findSigstoreAuthority } from '../../test/support/sigstore-authority.ts';
import { measureAudit } from './audit.ts';
import { measureBesu } from './besu.ts';
import { measureClosing } from './close.ts';
import { type Figure, isMet, percentile, type Result, ratioOf, tableOf } from './figure.ts';
import { hostileInputs } from './hostile-inputs.ts';
import { measureIntake } from './intake.ts';
import { measureCertificates } from './issuing.ts';
import { measureLargeTree } from './large-tree.ts';
import { measureLatency } from './latency.ts';
import { measureLikeness } from './likeness.ts';
import { measureRecall } from './recall.ts';
import { measureTree } from './tree.ts';
import { measureVerification } from './verify.ts';
import { measureWitnesses } from './witnesses.ts';

const figure = (parts: Partial<Figure>): Figure => ({
  name: 'a figure',
  unit: 'ms',
  ours: 10,
  peer: { name: 'a peer', value: 40 },
  comparison: 'faster',
  target: { on: 'ours', atMost: 10 },
  details: {},
  ...parts,
});

describe('a figure', () => {
  it('compares times, costs and rates', () => {
    expect(ratioOf(figure({}))).to.equal(4);
    expect(ratioOf(figure({ comparison: 'cost' }))).to.equal(0.25);
    expect(ratioOf(figure({ unit: 'entries/s' }))).to.equal(0.25);
    const { peer: _, ...alone } = figure({});
    expect(ratioOf(alone)).to.equal(undefined);
  });

  it('meets a target on its value or on its ratio', () => {
    expect(isMet(figure({}))).to.equal(true);
    expect(isMet(figure({ ours: 10.1 }))).to.equal(false);
    expect(isMet(figure({ target: { on: 'ratio', atLeast: 4 } }))).to.equal(true);
    expect(isMet(figure({ target: { on: 'ratio', atLeast: 4.1 } }))).to.equal(false);
  });

  it('that no number came out of misses every target', () => {
    expect(isMet(figure({ ours: Number.NaN }))).to.equal(false);
    const { peer: _, ...alone } = figure({ target: { on: 'ratio', atMost: 1 } });
    expect(isMet(alone)).to.equal(false);
  });

  it('takes percentiles from the values there are', () => {
    expect(percentile([3, 1, 2], 50)).to.equal(2);
    expect(percentile([1, 2, 3, 4], 50)).to.equal(2);
    expect(percentile([1, 2, 3, 4], 99)).to.equal(4);
  });

  it('is one line of the table, met, missed or skipped', () => {
    const lines = tableOf([figure({}), figure({ ours: 11 }), { name: 'another', skipped: 'no engine' }]).split('\n');
    expect(lines.map((line) => line.split('|').at(-2)?.trim())).to.deep.equal([
      'met?',
      '-'.repeat('skipped: no engine'.length),
      'yes',
      'NO',
      'skipped: no engine',
    ]);
    expect(new Set(lines.map((line) => line.length)).size).to.equal(1);
  });
});

/** On the embedded chain: beside a bad authority, and with tokens of a good one where there is one. */
const witnessFigures = findSigstoreAuthority() ? 3 : 1;

describe('npm run bench', function () {
  this.timeout(120_000);

  const sizes: Record<string, { run: () => Promise<Result[]>; figures: number }> = {
    tree: { run: () => measureTree({ leaves: 999, rounds: 1, slowRounds: 1 }), figures: 2 },
    'large-tree': { run: () => measureLargeTree({ leaves: 10_000 }), figures: 2 },
    intake: { run: () => measureIntake({ entries: 60, perRequest: 20, connections: 2, rounds: 1 }), figures: 1 },
    close: { run: () => measureClosing({ entries: 50, rounds: 1 }), figures: 1 },
    latency: { run: () => measureLatency({ perSecond: 20, seconds: 2 }), figures: 1 },
    besu: { run: async () => (await measureBesu({ perSecond: 20, seconds: 2 }, 1)).slice(0, 1), figures: 1 },
    witnesses: {
      run: async () => (await measureWitnesses({ perSecond: 20, seconds: 2 }, 1)).slice(0, witnessFigures),
      figures: witnessFigures,
    },
    likeness: { run: () => measureLikeness({ pictures: 1_000, searches: 11 }), figures: 1 },
    recall: { run: () => measureRecall({ motifs: 2 }), figures: 8 },
    audit: { run: () => measureAudit({ proofs: 20, certificates: 5, entries: 50, issued: 4 }), figures: 4 },
    issuing: { run: () => measureCertificates({ count: 2 }), figures: 1 },
    verify: { run: () => measureVerification({ rounds: 4, hostileBytes: 65_536, hostileRuns: 1 }), figures: 4 },
  };
  for (const [name, { run, figures }] of Object.entries(sizes)) {
    it(`measures ${name}`, async () => {
      const results = await run();
      expect(results.length).to.equal(figures);
      for (const result of results) {
        if ('skipped' in result) throw new Error(`skipped: ${result.skipped}`);
        expect(result.ours, result.name).to.be.a('number').above(0);
        expect(result.ours, result.name).to.be.below(Number.POSITIVE_INFINITY);
        if (result.peer) expect(result.peer.value, result.name).to.be.above(0);
      }
    });
  }

  it('makes hostile inputs of the size it says', () => {
    const bundle = Buffer.from('{"anchor":{},"inclusion":{},"sections":[]}');
    for (const [name, input] of Object.entries(hostileInputs(bundle, 2 ** 20))) {
      expect(input.length, name).to.be.at.most(2 ** 20);
    }
  });
});
