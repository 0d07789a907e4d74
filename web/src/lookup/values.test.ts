// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { Facts, Report } from '@inkseal/verifier';
import { expect } from 'chai';
import { type Values, valuesOf } from './values.ts';
import { type Verification, verifyProof } from './verification.ts';

const VECTORS = new URL('../../../verifier/vectors/v1/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, VECTORS)));
const { cases } = JSON.parse(readFileSync(new URL('index.json', VECTORS), 'utf8')) as {
  cases: { name: string; file: string; trust: string; now: string }[];
};

describe('the values in the sentences of a verification', () => {
  let verification: Verification;
  let facts: Facts;
  before(async () => {
    const vector = cases.find(({ name }) => name === 'good/file');
    if (!vector) throw new RangeError('no such vector');
    verification = await verifyProof({
      proof: read(vector.file),
      source: 'portal',
      trust: { origin: 'visitor', bytes: read(vector.trust) },
      files: [],
      now: new Date(vector.now),
    });
    if (!verification.report.facts) throw new RangeError('a good vector has facts');
    facts = verification.report.facts;
  });

  const valuesWith = (part: Partial<Facts> = {}, report: Partial<Report> = {}): Values =>
    valuesOf(
      { ...verification, report: { ...verification.report, ...report, facts: { ...facts, ...part } } },
      (names) => names.join('、'),
    );
  const validators = (count: number, sealed = count) =>
    Array.from({ length: count }, (_, place) => ({ address: `0x${place}`, sealed: place < sealed }));

  for (const [count, quorum] of [
    [1, 1],
    [3, 2],
    [4, 3],
    [6, 4],
    [7, 5],
    [10, 7],
  ] as const)
    it(`when there are ${count} validators › ${quorum} of them are a quorum`, () => {
      expect(valuesWith({ validators: validators(count) })).to.include({ validators: count, quorum });
    });

  it('when not every validator sealed the block › counts those that did', () => {
    expect(valuesWith({ validators: validators(4, 3) })).to.include({ validators: 4, sealed: 3 });
  });

  it('when the proof is read › counts its place in the batch from 1, and gives times of Beijing', () => {
    const { index, count } = verification.bundle?.inclusion ?? { index: -1, count: -1 };
    expect(valuesWith()).to.include({ place: index + 1, count, notBefore: '2026-11-22 14:00:00' });
  });

  it('when a package has more than five entries nobody accounts for › names five of them', () => {
    const entry = (name: string) => ({ name, role: 'unaccounted', outcome: 'none' }) as never;
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(valuesWith({ package: names.slice(0, 5).map(entry) }).unaccounted).to.equal('“a”、“b”、“c”、“d”、“e”');
    expect(valuesWith({ package: names.map(entry) }).unaccounted).to.equal('“a”、“b”、“c”、“d”、“e”、…');
  });

  it('when the number was revoked › has the time of the revocation and its code', () => {
    const checks = [
      { name: 'status', outcome: 'failed', code: 'revoked', found: 'revoked at 2026-11-22T06:00:09.000Z: court-order' },
    ] as never;
    expect(valuesWith({}, { checks })).to.include({
      revokedAt: '2026-11-22 14:00:09',
      revocationCode: 'court-order',
    });
  });
});
