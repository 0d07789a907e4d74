// SPDX-License-Identifier: Apache-2.0
// Every figure of the evidence core runs, on sizes that measure nothing: what it needs is there, and what it answers can
// be printed. On QBFT the same code runs as on the embedded chain.
import { expect } from 'chai';
import { findSigstoreAuthority } from '../../test/support/sigstore-authority.ts';
import { measureAudit } from './audit.ts';
import { measureBesu } from './besu.ts';
import { measureClosing } from './close.ts';
import type { Result } from './figure.ts';
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
