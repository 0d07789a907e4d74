// SPDX-License-Identifier: Apache-2.0
// The verifier and the independent checker, written from docs/proof-format.md alone, give the same answer code by code.
import { readFileSync } from 'node:fs';
import { CHECK_CODES, NOT_RUN_REASONS, READING_CODES, sha256, sm3, TRUST_CODES, toHex } from '@inkseal/verifier';
import { RECEIPT_CODES, RECEIPT_REASONS, RECEIPT_VERDICTS } from '@inkseal/verifier/receipts';
import { expect } from 'chai';
import { type IndexEntry, SETS } from '../../verifier/vectors/support/vectors.ts';
import { BATCH_SIZES, bundleQuestions } from './agreement/bundles.ts';
import { compareCheckers, type Question } from './agreement/checkers.ts';
import { describeAgreement, expectAgreement, print } from './agreement/expect.ts';
import { receiptQuestions } from './agreement/receipts.ts';

/** Only a node's answer leads to these, and the independent checker works offline. */
const NODE_CODES = ['node-chain-mismatch', 'header-not-on-chain', 'node-unreachable'];

describeAgreement('verifier and independent checker', () => {
  it('agree on a bundle of each of twenty batch sizes', async () => {
    const comparison = await compareCheckers(bundleQuestions(1));
    expect(comparison.asked).to.be.at.least(BATCH_SIZES.length);
    expectAgreement(comparison);
  }).timeout(60_000);

  it('agree on the released vectors, which hit every code there is offline', async () => {
    const comparison = await compareCheckers(vectorQuestions());
    print('vectors', comparison);
    expectAgreement(comparison);
    const missed = [...READING_CODES, ...TRUST_CODES, ...CHECK_CODES, ...NOT_RUN_REASONS].filter(
      (code) => !comparison.answers.has(code),
    );
    expect(missed.toSorted()).to.deep.equal(NODE_CODES.toSorted());
  }).timeout(60_000);

  it('agree on acceptance receipts, which hit every verdict, code and reason of theirs', async () => {
    const comparison = await compareCheckers(receiptQuestions());
    print('receipts', comparison);
    expectAgreement(comparison);
    const all = [...RECEIPT_VERDICTS, ...RECEIPT_CODES, ...RECEIPT_REASONS];
    expect(all.filter((code) => !comparison.answers.has(code))).to.deep.equal([]);
  }).timeout(60_000);
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
