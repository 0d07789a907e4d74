// SPDX-License-Identifier: Apache-2.0
// The two kinds of error that both services throw on purpose. Each service binds them to its own closed lists of codes;
// the codes below are those that the kit throws by itself, so every service has them in its lists.

export type KitErrorCode =
  | 'database-unavailable'
  | 'store-unavailable'
  | 'payload-too-large'
  | 'method-not-allowed'
  | 'route-not-found'
  | 'rate-limited'
  | 'not-ready'
  | 'internal';

export type KitStartCode =
  | 'config-invalid'
  | 'database-unreachable'
  | 'database-newer'
  | 'database-migration-failed'
  | 'port-unavailable';

/** What is wrong with one field. */
export interface FieldFault {
  readonly field: string;
  readonly code: string;
}

/** May be shown to the caller: nothing secret goes in. */
export type Details = Readonly<Record<string, string | number>>;

export interface ErrorContext<Field> {
  readonly errors?: readonly Field[];
  /** Seconds after which a repetition makes sense. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** What a domain function throws; it knows no HTTP. */
export class DomainError<Code extends string = string, Field extends FieldFault = FieldFault> extends Error {
  readonly code: Code | KitErrorCode;
  readonly details: Details;
  readonly errors: readonly Field[];
  readonly retryAfter: number | undefined;

  constructor(
    code: Code | KitErrorCode,
    details: Details = {},
    { errors = [], retryAfter, cause }: ErrorContext<Field> = {},
  ) {
    super(`${code} ${JSON.stringify(details)}`, { cause });
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

/** A reason not to start, for the one line that main prints. */
export class StartError<Code extends string = string> extends Error {
  readonly code: Code | KitStartCode;

  constructor(code: Code | KitStartCode, explanation: string, cause?: unknown) {
    super(`${code}: ${explanation}`, { cause });
    this.name = 'StartError';
    this.code = code;
  }
}
