// SPDX-License-Identifier: Apache-2.0
// The verifier and the independent checker, written from docs/proof-format.md alone, give the same answer code by code.
import { RECEIPT_CODES, RECEIPT_REASONS, RECEIPT_VERDICTS } from '@inkseal/verifier/receipts';
import { expect } from 'chai';
import { BATCH_SIZES, bundleQuestions } from './agreement/bundles.ts';
import { compareCheckers } from './agreement/checkers.ts';
import { describeAgreement, expectAgreement, print } from './agreement/expect.ts';
import { receiptQuestions } from './agreement/receipts.ts';

describeAgreement('verifier and independent checker', () => {
  it('agree on a bundle of each of twenty batch sizes', async () => {
    const comparison = await compareCheckers(bundleQuestions(1));
    expect(comparison.asked).to.be.at.least(BATCH_SIZES.length);
    expectAgreement(comparison);
  }).timeout(60_000);

  it('agree on acceptance receipts, which hit every verdict, code and reason of theirs', async () => {
    const comparison = await compareCheckers(receiptQuestions());
    print('receipts', comparison);
    expectAgreement(comparison);
    const all = [...RECEIPT_VERDICTS, ...RECEIPT_CODES, ...RECEIPT_REASONS];
    expect(all.filter((code) => !comparison.answers.has(code))).to.deep.equal([]);
  }).timeout(60_000);
});
