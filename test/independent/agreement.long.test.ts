// SPDX-License-Identifier: Apache-2.0
// Many bundles and receipts, and what becomes of them when anything is changed: the verifier and the independent checker say the
// same. A seeded part of the questions is asked; AGREEMENT=full asks all of them and prints the figures.
import { expect } from 'chai';
import { BATCH_SIZES, BUNDLES_PER_SIZE, bundleQuestions } from './agreement/bundles.ts';
import { compareCheckers } from './agreement/checkers.ts';
import { describeAgreement, expectAgreement, isFull, print } from './agreement/expect.ts';
import { CHANGES_PER_FIELD, mutationQuestions, pairQuestions } from './agreement/mutations.ts';
import { changedReceiptQuestions } from './agreement/receipts.ts';

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
