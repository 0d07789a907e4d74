// What an audit may find wrong: a closed list of codes, each with its sentence in sentences.ts and in docs/audit.md.

import type { ContainerCode } from '../containers/container-error.ts';
import type { CheckCode, ReadingCode, TrustCode } from '../errors.ts';
import type { ReceiptCode } from '../receipts/receipt-report.ts';

/** What the chain says of itself. */
export const CHAIN_FINDINGS = [
  'log-unreadable',
  'batch-out-of-order',
  'numbers-not-contiguous',
  'numbers-hidden',
  'batch-not-in-state',
  'block-not-proven',
  'batch-time-differs',
  'batch-retired',
] as const;

/** What was handed in beside it. */
export const ITEM_FINDINGS = [
  'item-unreadable',
  'proof-not-verified',
  'proof-of-other-batch',
  'page-changed',
  'receipt-not-verified',
  'receipt-broken',
] as const;

/** What the operator holds. */
export const RECORD_FINDINGS = [
  'batch-from-outside',
  'batch-not-anchored',
  'batch-differs',
  'entry-missing',
  'entry-differs',
  'tree-differs',
  'stored-proof-differs',
  'certificate-missing',
  'certificate-changed',
  'package-changed',
  'manifest-differs',
  'original-missing',
  'original-changed',
  'audit-head-differs',
  'audit-log-changed',
] as const;

export const AUDIT_CODES = [...CHAIN_FINDINGS, ...ITEM_FINDINGS, ...RECORD_FINDINGS] as const;
export type AuditCode = (typeof AUDIT_CODES)[number];

/** Why, where a check of the verifier or a file says more. */
export type AuditCause = CheckCode | ReadingCode | TrustCode | ContainerCode | ReceiptCode | 'cannot-read';

export interface AuditFinding {
  readonly code: AuditCode;
  readonly cause?: AuditCause;
  /** The batch, number or file that it is about; hostile text where it is a file's name. */
  readonly subject: string;
  readonly expected?: string;
  readonly found?: string;
}

/** Findings as they come: all are counted, the first of them listed. */
export interface Findings {
  readonly listed: readonly AuditFinding[];
  readonly counts: Readonly<Partial<Record<AuditCode, number>>>;
}

export interface FindingList extends Findings {
  add(finding: AuditFinding): void;
  /** After those that are here. */
  addAll(found: Findings): void;
}

/** More than these are counted and not listed, so that a registry with a million faults takes no more memory. */
const MAX_LISTED = 1_000;
/** Characters of a subject or a value that are kept. */
const MAX_TEXT = 512;

/** Goes on from earlier findings. */
export function listFindings(earlier: Findings = { listed: [], counts: {} }): FindingList {
  const listed = [...earlier.listed];
  const counts = { ...earlier.counts };
  const count = (code: AuditCode, by: number) => {
    counts[code] = (counts[code] ?? 0) + by;
  };
  return {
    listed,
    counts,
    add(finding) {
      count(finding.code, 1);
      if (listed.length < MAX_LISTED) listed.push(shortened(finding));
    },
    addAll(found) {
      for (const code of AUDIT_CODES) if (found.counts[code]) count(code, found.counts[code]);
      listed.push(...found.listed.slice(0, MAX_LISTED - listed.length));
    },
  };
}

function shortened({ subject, expected, found, ...rest }: AuditFinding): AuditFinding {
  return {
    ...rest,
    subject: cut(subject),
    ...(expected !== undefined && { expected: cut(expected) }),
    ...(found !== undefined && { found: cut(found) }),
  };
}

const cut = (text: string): string => (text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`);
