// SPDX-License-Identifier: Apache-2.0
// Which of the verdicts of the page a report comes to. It never says more than the report: what is neither shown nor
// refuted is `undecided` or `consistent`, and never a pass.
import type { CheckCode, Report } from '@inkseal/verifier';

export const OUTCOMES = [
  'matches',
  'matches-no-file',
  'consistent',
  'submission-record',
  'audit-record',
  'file-differs',
  'failed',
  'revoked',
  'pending',
  'returned',
  'rejected',
  'withdrawn',
  'earlier-certificate',
  'never-issued',
  'undecided',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Of numbers that no certificate stands behind: there is no report, the operator states it. */
export type StatedOutcome = 'pending' | 'returned' | 'rejected' | 'withdrawn';

/** Of another system's certificate: the operator states it, too. */
export type EarlierOutcome = 'earlier-certificate';

/** The verdict of a report. */
export function outcomeOf(report: Report): Outcome {
  if (report.error) return 'undecided';
  const codes = failedCodes(report);
  // The proof of absence does not hold: the number may have been issued or not.
  if (report.subject === 'absence') return codes.length > 0 ? 'undecided' : 'never-issued';
  if (codes.length === 0) return passedOutcome(report);
  // An original that came with the proof in a package is not the visitor's mistake.
  if (hasForeignPart(report)) return 'failed';
  if (codes.every((code) => code === 'file-mismatch')) return 'file-differs';
  // A file that differs as well takes nothing from the revocation.
  if (codes.every((code) => code === 'revoked' || code === 'file-mismatch')) return 'revoked';
  return 'failed';
}

/** Whether somebody whom the visitor's trust file names, or nobody, stands behind the block. */
export const isBacked = ({ backing }: Report): boolean => backing !== 'none';

/** Whether the red stamp stands beside a verdict. */
export const isStamped = (outcome: Outcome): boolean => outcome === 'matches' || outcome === 'matches-no-file';

/** Whether a verdict takes the ink banner. */
export const isRefusal = (outcome: Outcome): boolean =>
  ['file-differs', 'failed', 'revoked', 'rejected', 'withdrawn'].includes(outcome);

/** Whether a package holds an original or a certificate that is not the proof's. */
const hasForeignPart = ({ facts }: Report): boolean =>
  facts?.package?.some(({ outcome }) => outcome === 'mismatch') ?? false;

function passedOutcome({ verdict, checks, facts }: Report): Outcome {
  // A step of the process is never a certificate, however well it is proven.
  if (facts?.kind === 'submission') return 'submission-record';
  if (facts?.kind === 'audit-head') return 'audit-record';
  if (verdict !== 'verified') return 'consistent';
  const file = checks.find(({ name }) => name === 'file');
  return file?.outcome === 'passed' ? 'matches' : 'matches-no-file';
}

function failedCodes({ checks }: Report): CheckCode[] {
  return checks.flatMap((check) => (check.outcome === 'failed' ? [check.code] : []));
}
