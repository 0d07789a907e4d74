// SPDX-License-Identifier: Apache-2.0
// The released vectors; many bundles and receipts, and what becomes of them when anything is changed: the verifier and the independent checker say the
// same. A seeded part of the questions is asked; AGREEMENT=full asks all of them and prints the figures.
import { readFileSync } from 'node:fs';
import { CHECK_CODES, NOT_RUN_REASONS, READING_CODES, sha256, sm3, TRUST_CODES, toHex } from '@inkseal/verifier';
import { expect } from 'chai';
import { type IndexEntry, SETS } from '../../verifier/vectors/support/vectors.ts';
import { BATCH_SIZES, BUNDLES_PER_SIZE, bundleQuestions } from './agreement/bundles.ts';
import { compareCheckers, type Question } from './agreement/checkers.ts';
import { describeAgreement, expectAgreement, isFull, print } from './agreement/expect.ts';
import { CHANGES_PER_FIELD, mutationQuestions, pairQuestions } from './agreement/mutations.ts';
import { changedReceiptQuestions } from './agreement/receipts.ts';

/** Only a node's answer leads to these, and the independent checker works offline. */
const NODE_CODES = ['node-chain-mismatch', 'header-not-on-chain', 'node-unreachable'];

describeAgreement('verifier and independent checker, on vectors', () => {
  it('agree on the released vectors, which hit every code there is offline', async () => {
    const comparison = await compareCheckers(vectorQuestions());
    print('vectors', comparison);
    expectAgreement(comparison);
    const missed = [...READING_CODES, ...TRUST_CODES, ...CHECK_CODES, ...NOT_RUN_REASONS].filter(
      (code) => !comparison.answers.has(code),
    );
    expect(missed.toSorted()).to.deep.equal(NODE_CODES.toSorted());
  }).timeout(600_000);
});

describeAgreement('verifier and independent checker, on what was changed', () => {
  const perSize = isFull ? BUNDLES_PER_SIZE : 5;
  it(`agree on ${perSize * BATCH_SIZES.length} bundles of twenty batch sizes`, async () => {
    const comparison = await compareCheckers(bundleQuestions(perSize));
    print('bundles', comparison);
    expect(BATCH_SIZES.length).to.equal(20);
    expect(comparison.asked).to.be.at.least(perSize * BATCH_SIZES.length);
    expect([...comparison.answers.keys()]).to.include.members(['verified', 'consistent', 'not-verified']);
    expectAgreement(comparison);
  }).timeout(1_800_000);

  it(`agree on ${isFull ? 'at least twenty changes' : 'a change'} of every field`, async () => {
    const count = { fields: 0, fewestPerField: Number.POSITIVE_INFINITY };
    const comparison = await compareCheckers(mutationQuestions(isFull ? CHANGES_PER_FIELD : 1, count));
    print('changes', comparison);
    if (isFull) expect(count.fewestPerField).to.be.at.least(20);
    expect(count.fields).to.be.above(1_000);
    expectAgreement(comparison);
  }).timeout(3_600_000);

  it('agree on bundles with two things changed', async () => {
    const comparison = await compareCheckers(pairQuestions(isFull ? 20_000 : 400));
    print('pairs', comparison);
    expectAgreement(comparison);
  }).timeout(1_800_000);

  it('agree on receipts with any member, or any byte of key and signature, changed', async () => {
    const comparison = await compareCheckers(changedReceiptQuestions());
    print('changed receipts', comparison);
    expect(comparison.asked).to.be.above(600);
    expectAgreement(comparison);
  }).timeout(600_000);
});

async function* vectorQuestions(): AsyncGenerator<Question> {
  for (const set of [...SETS, 'v2']) yield* questionsOf(new URL(`../../verifier/vectors/${set}/`, import.meta.url));
}

async function* questionsOf(folder: URL): AsyncGenerator<Question> {
  const read = (name: string): Buffer => readFileSync(new URL(name, folder));
  const { cases }: { cases: IndexEntry[] } = JSON.parse(read('index.json').toString());
  const padded = (bytes: Buffer, size = 0): Uint8Array =>
    Buffer.concat([bytes, Buffer.alloc(Math.max(0, size - bytes.length), ' ')]);
  for (const { name, subject, file, padTo, trust, trustPadTo, files, now, maxStatusAgeSeconds, node } of cases) {
    if (node !== undefined) continue;
    const handedIn = files.map(read).map(async (bytes) => ({
      size: bytes.length,
      sha256: toHex(sha256(bytes)),
      sm3: toHex(await sm3(bytes)),
    }));
    yield {
      name,
      subject,
      bytes: padded(read(file), padTo),
      ...(trust !== undefined && { trust: padded(read(trust), trustPadTo) }),
      files: await Promise.all(handedIn),
      now,
      ...(maxStatusAgeSeconds !== undefined && { maxStatusAgeSeconds }),
    };
  }
}
