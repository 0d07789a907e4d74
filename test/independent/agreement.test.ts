// SPDX-License-Identifier: Apache-2.0
// The verifier and the independent checker, written from docs/proof-format.md alone, give the same answer code by code.
// The suite asks a seeded part of the questions; AGREEMENT=full asks all of them and prints the figures.
import { readFileSync } from 'node:fs';
import { CHECK_CODES, NOT_RUN_REASONS, READING_CODES, sha256, sm3, TRUST_CODES, toHex } from '@inkseal/verifier';
import { RECEIPT_CODES, RECEIPT_REASONS, RECEIPT_VERDICTS } from '@inkseal/verifier/receipts';
import { expect } from 'chai';
import { type IndexEntry, SETS } from '../../verifier/vectors/support/vectors.ts';
import { BATCH_SIZES, BUNDLES_PER_SIZE, bundleQuestions } from './agreement/bundles.ts';
import { type Comparison, compareCheckers, hasPython, type Question } from './agreement/checkers.ts';
import { CHANGES_PER_FIELD, mutationQuestions, pairQuestions } from './agreement/mutations.ts';
import { changedReceiptQuestions, receiptQuestions } from './agreement/receipts.ts';

const isFull = process.env.AGREEMENT === 'full';
/** Only a node's answer leads to these, and the independent checker works offline. */
const NODE_CODES = ['node-chain-mismatch', 'header-not-on-chain', 'node-unreachable'];

function tests(): void {
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

  it('agree on receipts with any member, or any byte of key and signature, changed', async () => {
    const comparison = await compareCheckers(changedReceiptQuestions());
    print('changed receipts', comparison);
    expect(comparison.asked).to.be.above(600);
    expectAgreement(comparison);
  }).timeout(600_000);
}

if (hasPython()) describe('verifier and independent checker', tests);
else describe.skip('verifier and independent checker (skipped: no python3)', tests);

function expectAgreement({ asked, disagreements }: Comparison): void {
  expect(asked).to.be.above(0);
  const shown = disagreements.slice(0, 10).map(({ question, ours, theirs }) => ({ name: question.name, ours, theirs }));
  expect(shown).to.deep.equal([]);
}

function print(what: string, { asked, answers, disagreements }: Comparison): void {
  if (!isFull) return;
  const counts = [...answers].sort((a, b) => b[1] - a[1]).map(([code, times]) => `${code} ${times}`);
  console.log(`    ${asked} ${what}, ${disagreements.length} disagreements; ${counts.join(', ')}`);
}

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
