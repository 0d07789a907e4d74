// How a check runs: it returns what it found, or throws the code that it failed with, or the reason why it cannot run.
import { type CheckCode, type Comparison, type NotRunReason, VerificationError } from '../errors.ts';
import type { CheckName, CheckResult, Finding } from '../report.ts';

/** Thrown by a check that cannot run; never leaves this package. */
export class NotRun extends Error {
  override readonly name = 'NotRun';
  readonly reason: NotRunReason;
  readonly comparison: Comparison;

  constructor(reason: NotRunReason, detail: string, comparison: Comparison = {}) {
    super(detail);
    this.reason = reason;
    this.comparison = comparison;
  }
}

export async function runCheck(name: CheckName, check: () => Finding | Promise<Finding>): Promise<CheckResult> {
  try {
    return { name, outcome: 'passed', ...(await check()) };
  } catch (error) {
    if (error instanceof VerificationError) {
      return { name, outcome: 'failed', code: error.code, ...error.comparison, detail: error.detail };
    }
    if (error instanceof NotRun) {
      return { name, outcome: 'not-run', reason: error.reason, ...error.comparison, detail: error.message };
    }
    throw error;
  }
}

/** Throws `code` unless the two texts are equal. */
export function requireEqual(code: CheckCode, detail: string, { expected, found }: Required<Comparison>): void {
  if (expected !== found) throw new VerificationError(code, detail, { expected, found });
}

/** What was reached once and several checks need: a value, or the error that one of them reports. */
export type Captured<T> = { readonly value: T } | { readonly error: VerificationError };

export function capture<T>(run: () => T): Captured<T> {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof VerificationError) return { error };
    throw error;
  }
}

/** The value, for the check that reports the error itself. */
export function unwrap<T>(captured: Captured<T>): T {
  if ('error' in captured) throw captured.error;
  return captured.value;
}

/** The value, for a check that cannot run without it. */
export function unwrapEarlier<T>(captured: Captured<T>, what: string): T {
  if ('error' in captured) throw new NotRun('earlier-failed', `needs ${what}`);
  return captured.value;
}
