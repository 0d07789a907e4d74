// SPDX-License-Identifier: Apache-2.0
// The four questions under which the checks are shown, and how the checks of each came out.
import type { CheckName, CheckResult, Report } from '@inkseal/verifier';

export const QUESTIONS = ['file', 'record', 'block', 'time'] as const;
export type Question = (typeof QUESTIONS)[number];

const QUESTION_OF: Record<CheckName, Question> = {
  file: 'file',
  sections: 'file',
  manifest: 'file',
  statement: 'record',
  inclusion: 'record',
  'batch-slot': 'record',
  'next-number': 'record',
  account: 'block',
  header: 'block',
  seals: 'block',
  'not-before': 'time',
  'time-order': 'time',
  status: 'time',
  witnesses: 'time',
  package: 'file',
};

export interface QuestionGroup {
  readonly question: Question;
  readonly checks: readonly CheckResult[];
  readonly tally: Tally;
}

export interface Tally {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly notRun: number;
}

/** The report's checks by question, in the report's order; a question without checks (absence proofs) is left out. */
export function groupsOf({ checks }: Report): QuestionGroup[] {
  return QUESTIONS.map((question) => {
    const own = checks.filter(({ name }) => QUESTION_OF[name] === question);
    return { question, checks: own, tally: tallyOf(own) };
  }).filter((group) => group.checks.length > 0);
}

export function tallyOf(checks: readonly CheckResult[]): Tally {
  const count = (wanted: CheckResult['outcome']) => checks.filter(({ outcome }) => outcome === wanted).length;
  return { total: checks.length, passed: count('passed'), failed: count('failed'), notRun: count('not-run') };
}
