// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { malwareScanOf } from './custody-files.ts';
import type { DossierFacts } from './dossier-facts.ts';

/** Of files that were scanned by these, or not. */
const factsOf = (...scans: (string | null)[]): DossierFacts =>
  ({
    originals: scans.map((_, index) => ({ uploadId: `u${index}`, name: 'a', size: 1, sha256: '' })),
    documents: [],
    received: scans.map((scannedBy, index) => ({ uploadId: `u${index}`, scannedBy })),
  }) as unknown as DossierFacts;

describe('malwareScanOf', () => {
  for (const [scans, state, engines] of [
    [[], 'not-performed', []],
    [[null, null], 'not-performed', []],
    [['ClamAV 1', null], 'partly-performed', ['ClamAV 1']],
    [['ClamAV 1', 'ClamAV 2', 'ClamAV 1'], 'performed', ['ClamAV 1', 'ClamAV 2']],
  ] as const)
    it(`when files were scanned by ${JSON.stringify(scans)} › is ${state}`, () => {
      expect(malwareScanOf(factsOf(...scans))).to.deep.equal({ state, engines });
    });
});
