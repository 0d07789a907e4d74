// SPDX-License-Identifier: Apache-2.0
// How the two checkers' answers are compared in a test, and printed where all questions are asked.
import { expect } from 'chai';
import { type Comparison, hasPython } from './checkers.ts';

export const isFull = process.env.AGREEMENT === 'full';

export function describeAgreement(what: string, tests: () => void): void {
  if (hasPython()) describe(what, tests);
  else describe.skip(`${what} (skipped: no python3)`, tests);
}

export function expectAgreement({ asked, disagreements }: Comparison): void {
  expect(asked).to.be.above(0);
  const shown = disagreements.slice(0, 10).map(({ question, ours, theirs }) => ({ name: question.name, ours, theirs }));
  expect(shown).to.deep.equal([]);
}

export function print(what: string, { asked, answers, disagreements }: Comparison): void {
  if (!isFull) return;
  const counts = [...answers].sort((a, b) => b[1] - a[1]).map(([code, times]) => `${code} ${times}`);
  console.log(`    ${asked} ${what}, ${disagreements.length} disagreements; ${counts.join(', ')}`);
}
