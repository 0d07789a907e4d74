// The report on a receipt: closed lists of checks, codes and verdicts, apart from those of proofs.
import type { NotRunReason, ReadingCode, TrustCode } from '../errors.ts';
import type { CheckResult, Finding, Report, Run } from '../report.ts';
import type { Receipt } from './receipt.ts';

/** In the order in which a report lists them. */
export const RECEIPT_CHECK_NAMES = [
  'statement',
  'receipt-key',
  'receipt-signature',
  'receipt-time',
  'promise',
] as const;

/** Why a check of a receipt failed; `statement` fails with the codes of a bundle's. */
export const RECEIPT_CODES = [
  'receipt-key-unknown',
  'receipt-key-not-valid',
  'receipt-signature-invalid',
  'receipt-in-future',
  'promise-number-absent',
  'promise-content-differs',
] as const;
export type ReceiptCode = (typeof RECEIPT_CODES)[number];

/** Why a check of a receipt did not run. */
export const RECEIPT_REASONS = [
  'promise-not-due',
  'promise-without-proof',
  'proof-not-verified',
  'proof-unrelated',
  'absence-too-early',
] as const;
export type ReceiptReason = (typeof RECEIPT_REASONS)[number];

export const RECEIPT_VERDICTS = [
  /** The number is on the chain with what was promised. */
  'kept',
  /** It need not be on the chain yet. */
  'pending',
  /** It should be on the chain by now, and nothing that was handed in shows whether it is. */
  'due',
  'broken',
  /** No trust file names the key: anybody may have signed it. */
  'consistent',
  'not-verified',
  /** The trust file is unusable. */
  'undecided',
] as const;
export type ReceiptVerdict = (typeof RECEIPT_VERDICTS)[number];

export type ReceiptCheckName = (typeof RECEIPT_CHECK_NAMES)[number];

export type ReceiptOutcome = Finding &
  (
    | { readonly outcome: 'passed' }
    | { readonly outcome: 'failed'; readonly code: ReceiptCode }
    | { readonly outcome: 'not-run'; readonly reason: ReceiptReason | NotRunReason }
  );

export type ReceiptCheckResult =
  | (CheckResult & { readonly name: 'statement' })
  | (ReceiptOutcome & { readonly name: Exclude<ReceiptCheckName, 'statement'> });

/** What the receipt says; a claim of anybody, unless the verdict is another than `consistent` and `not-verified`. */
export interface ReceiptFacts extends Omit<Receipt, 'mediaType' | 'signature'> {
  /** When the number came on the chain, of a kept promise. */
  readonly anchoredAt?: string;
  /** Whether that was after `anchorBy`. */
  readonly isLate?: boolean;
  readonly trustFile?: { readonly name: string; readonly sha256?: string };
  /** The times above in Beijing (UTC+8), by the name of their fact. */
  readonly beijing: Readonly<Record<string, string>>;
}

export interface ReceiptReport {
  readonly subject: 'receipt';
  readonly verdict: ReceiptVerdict;
  /** 0 kept, 1 broken or not verified, 2 anything that is not decided. */
  readonly exitCode: 0 | 1 | 2;
  /** Why the receipt or the trust file could not be read at all. */
  readonly error?: { readonly code: ReadingCode | TrustCode; readonly detail: string };
  readonly run: Run;
  readonly facts?: ReceiptFacts;
  readonly checks: readonly ReceiptCheckResult[];
  /** On the bundle or absence proof that the promise was compared with. */
  readonly proof?: Report;
}

const EXIT_CODES: Readonly<Record<ReceiptVerdict, 0 | 1 | 2>> = {
  kept: 0,
  pending: 2,
  due: 2,
  broken: 1,
  consistent: 2,
  'not-verified': 1,
  undecided: 2,
};

/** The verdict over the checks of a receipt that could be read. */
export function judgeReceipt(
  checks: readonly ReceiptCheckResult[],
  isDue: boolean,
): Pick<ReceiptReport, 'verdict' | 'exitCode'> {
  const verdict = verdictOf(checks, isDue);
  return { verdict, exitCode: EXIT_CODES[verdict] };
}

function verdictOf(checks: readonly ReceiptCheckResult[], isDue: boolean): ReceiptVerdict {
  const [promise, ...form] = [...checks].reverse();
  if (form.some(({ outcome }) => outcome === 'failed')) return 'not-verified';
  if (form.some(({ outcome }) => outcome === 'not-run')) return 'consistent';
  if (promise?.outcome === 'passed') return 'kept';
  if (promise?.outcome === 'failed') return 'broken';
  return isDue ? 'due' : 'pending';
}

/** The report on a receipt that could not be read, or under a trust file that could not. */
export function unreadableReceipt(error: NonNullable<ReceiptReport['error']>): Omit<ReceiptReport, 'run'> {
  const verdict = error.code.startsWith('trust-') ? 'undecided' : 'not-verified';
  const checks = RECEIPT_CHECK_NAMES.map((name) => ({
    name,
    outcome: 'not-run' as const,
    reason: 'earlier-failed' as const,
    detail: 'the file could not be read',
  }));
  return { subject: 'receipt', verdict, exitCode: EXIT_CODES[verdict], error, checks };
}
