// Input that cannot be used: arguments, files, packages. Nothing is decided then; exit code 2.
export type InputCode =
  | 'no-proof-given'
  | 'files-of-several'
  | 'option-repeated'
  | 'options-unreadable'
  | 'no-duration'
  | 'no-language'
  | 'no-node-address'
  | 'password-in-address'
  | 'absence-without-files'
  | 'absence-without-status'
  | 'receipt-without-files'
  | 'receipt-without-status'
  | 'proof-without-receipt'
  | 'proof-of-several'
  | 'trust-key-alone'
  | 'no-trust-key'
  | 'trust-not-signed'
  | 'not-a-file'
  | 'cannot-read';

export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputCode;
  /** The path or option that it is about. */
  readonly subject: string;

  constructor(code: InputCode, subject = '', options: ErrorOptions = {}) {
    super(`${code} ${subject}`, options);
    this.code = code;
    this.subject = subject;
  }
}
