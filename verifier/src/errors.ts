// The closed sets of codes that are this library's interface, and the errors that carry them.
// Each code stands, with its meaning and what to do, in docs/errors.md; a test keeps the two equal.

/** Why a bundle or an absence proof could not be read (docs/proof-format.md §1). */
export const READING_CODES = [
  'too-large',
  'not-json',
  'too-deep',
  'not-canonical',
  'unknown-media-type',
  'malformed',
] as const;

/** Why a trust file could not be read. */
export const TRUST_CODES = ['trust-too-large', 'trust-not-json', 'trust-too-deep', 'trust-malformed'] as const;

/** Why a check failed (docs/proof-format.md §5 and §6). */
export const CHECK_CODES = [
  'files-not-disclosed',
  'file-mismatch',
  'section-unlisted',
  'section-mismatch',
  'manifest-mismatch',
  'manifest-sm3-mismatch',
  'chain-unknown',
  'registry-unknown',
  'number-retired',
  'count-mismatch',
  'index-out-of-range',
  'number-mismatch',
  'path-length',
  'root-mismatch',
  'state-proof-invalid',
  'batch-absent',
  'batch-mismatch',
  'account-absent',
  'code-mismatch',
  'header-malformed',
  'header-before-registry',
  'header-in-future',
  'node-chain-mismatch',
  'header-not-on-chain',
  'validator-set-unknown',
  'validator-list-empty',
  'validator-set-mismatch',
  'seal-invalid',
  'seals-insufficient',
  'not-before-block-mismatch',
  'not-before-hash-mismatch',
  'blocks-out-of-order',
  'times-out-of-order',
  'received-after-anchor',
  'status-before-anchor',
  'revoked',
  'status-in-future',
  'status-stale',
  'status-missing',
  'registry-uninitialised',
  'number-issued',
  'witness-malformed',
  'witness-mismatch',
  'witness-signature-invalid',
  'witness-time-order',
  'witness-in-future',
  'witnesses-missing',
] as const;

/** Why the check of an evidence package failed (docs/evidence-package.md). */
export const PACKAGE_CODES = ['certificate-foreign', 'entry-unrecorded', 'entry-altered'] as const;

/** Why a check did not run. */
export const NOT_RUN_REASONS = [
  'no-file',
  'no-sections',
  'no-manifest',
  'no-trust-file',
  'earlier-failed',
  'node-unreachable',
  'consensus-none',
  'no-status',
  'no-witnesses',
  'witness-unsupported',
  'witness-untrusted',
  'witness-not-independent',
] as const;

export type ReadingCode = (typeof READING_CODES)[number];
export type TrustCode = (typeof TRUST_CODES)[number];
export type CheckCode = (typeof CHECK_CODES)[number] | (typeof PACKAGE_CODES)[number];
export type NotRunReason = (typeof NOT_RUN_REASONS)[number];

/** A bundle or absence proof that does not have the form of docs/proof-format.md. */
export class BundleFormatError extends Error {
  override readonly name = 'BundleFormatError';
  readonly code: ReadingCode;
  /** The message without the code. */
  readonly detail: string;

  constructor(code: ReadingCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** A trust file that does not have the form of docs/proof-format.md §4. */
export class TrustFileError extends Error {
  override readonly name = 'TrustFileError';
  readonly code: TrustCode;
  /** The message without the code. */
  readonly detail: string;

  constructor(code: TrustCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** What a failed condition wanted and what it met, as text for the reader of a report. */
export interface Comparison {
  readonly expected?: string;
  readonly found?: string;
}

/** A condition of a check that does not hold. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
  readonly code: CheckCode;
  /** The message without the code. */
  readonly detail: string;
  readonly comparison: Comparison;

  constructor(code: CheckCode, detail: string, comparison: Comparison = {}) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.comparison = comparison;
  }
}
