// Input of an audit that cannot be used. Nothing is decided then; exit code 2.
export type AuditInputCode =
  | 'needs-trust'
  | 'needs-rpc'
  | 'trust-unusable'
  | 'chain-not-trusted'
  | 'registry-not-named'
  | 'no-sample'
  | 'seed-without-sample'
  | 'no-state'
  | 'state-of-another'
  | 'cannot-write'
  | 'node-failed'
  | 'registry-not-proven';

export class AuditInputError extends Error {
  override readonly name = 'AuditInputError';
  readonly code: AuditInputCode;
  /** The path, option or answer that it is about. */
  readonly subject: string;

  constructor(code: AuditInputCode, subject = '', options: ErrorOptions = {}) {
    super(`${code} ${subject}`, options);
    this.code = code;
    this.subject = subject;
  }
}
