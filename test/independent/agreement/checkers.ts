// SPDX-License-Identifier: Apache-2.0
// Asks both verifiers the same questions and yields where their answers differ: the verdict, the error of reading,
// or any check's outcome, code or reason.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type FileDigest, type Report, verifyAbsence, verifyBundle } from '@inkseal/verifier';
import { type ReceiptReport, verifyReceipt } from '@inkseal/verifier/receipts';

export interface Question {
  readonly name: string;
  readonly subject: 'bundle' | 'absence' | 'receipt';
  readonly bytes: Uint8Array;
  readonly trust?: Uint8Array;
  readonly files?: readonly FileDigest[];
  /** What a receipt is compared with. */
  readonly proof?: Uint8Array;
  readonly now: string;
  readonly maxStatusAgeSeconds?: number;
}

export interface Disagreement {
  readonly question: Question;
  readonly ours: string;
  readonly theirs: string;
}

export interface Comparison {
  asked: number;
  /** How often each verdict, code and reason was given. */
  readonly answers: Map<string, number>;
  readonly disagreements: Disagreement[];
}

/** What the two answers are compared by; the independent checker's line has just these members. */
interface Answer {
  readonly verdict: string | null;
  readonly error: string | null;
  readonly checks: readonly { name: string; outcome: string; code?: string; reason?: string }[];
}

export const hasPython = (): boolean => spawnSync('python3', ['--version']).status === 0;

/** Disagreements kept: one defect shows in thousands of questions. */
const MAX_KEPT = 200;

export async function compareCheckers(questions: Iterable<Question> | AsyncIterable<Question>): Promise<Comparison> {
  const comparison: Comparison = { asked: 0, answers: new Map(), disagreements: [] };
  const waiting: { question: Question; ours: string }[] = [];
  const script = path.resolve(import.meta.dirname, '../check.py');
  const python = spawn('python3', [script, '--batch', '--jobs', '2'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(python, 'close');
  const asking = pipeline(Readable.from(linesFor(questions, waiting, comparison.answers)), python.stdin);
  asking.catch(() => python.kill());
  for await (const line of createInterface(python.stdout)) {
    const next = waiting.shift();
    if (!next) throw new RangeError('more answers than questions');
    comparison.asked++;
    const theirs = describe(JSON.parse(line));
    const isKept = comparison.disagreements.length < MAX_KEPT;
    if (theirs !== next.ours && isKept) comparison.disagreements.push({ ...next, theirs });
  }
  await asking;
  await ended;
  if (waiting.length > 0) throw new RangeError(`${waiting.length} questions without an answer`);
  return comparison;
}

async function* linesFor(
  questions: Iterable<Question> | AsyncIterable<Question>,
  waiting: { question: Question; ours: string }[],
  answers: Map<string, number>,
): AsyncGenerator<string> {
  for await (const question of questions) {
    const ours = await ourAnswer(question);
    for (const word of new Set(ours.match(/^[a-z-]+|(?<=failed |not-run |error )[a-z0-9-]+/g))) {
      answers.set(word, (answers.get(word) ?? 0) + 1);
    }
    waiting.push({ question, ours });
    yield `${JSON.stringify(lineOf(question))}\n`;
  }
}

async function ourAnswer(question: Question): Promise<string> {
  const { subject, bytes, trust, proof, files = [], now, maxStatusAgeSeconds } = question;
  const trusted = trust && { trust };
  const age = maxStatusAgeSeconds !== undefined && { maxStatusAgeSeconds };
  try {
    if (subject === 'receipt') {
      const compared = proof && { proof };
      return describe(answerOf(await verifyReceipt(bytes, { ...trusted, ...compared, now: new Date(now) })));
    }
    const report =
      subject === 'absence'
        ? await verifyAbsence(bytes, { ...trusted, now: new Date(now) })
        : await verifyBundle(bytes, { ...trusted, ...age, files, now: new Date(now) });
    return describe(answerOf(report));
  } catch (error) {
    return `threw ${error}`;
  }
}

const answerOf = ({ verdict, error, checks }: Report | ReceiptReport): Answer => ({
  verdict,
  error: error?.code ?? null,
  checks,
});

function describe({ verdict, error, checks }: Answer): string {
  const results = checks.map(({ name, outcome, code, reason }) =>
    [name, outcome, code ?? reason].filter(Boolean).join(' '),
  );
  return [verdict, ...(error ? [`error ${error}`] : []), ...results].join('; ');
}

function lineOf({ subject, bytes, trust, proof, files, now, maxStatusAgeSeconds }: Question) {
  return {
    bundle: { base64: Buffer.from(bytes).toString('base64') },
    trust: trust ? { base64: Buffer.from(trust).toString('base64') } : null,
    ...(proof && { proof: { base64: Buffer.from(proof).toString('base64') } }),
    files: files ?? [],
    now,
    ...(maxStatusAgeSeconds !== undefined && { maxStatusAgeSeconds }),
    kind: subject,
  };
}
