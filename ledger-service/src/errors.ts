// SPDX-License-Identifier: Apache-2.0
// Everything that can go wrong here and be told to somebody: closed lists of codes. docs/errors.md explains each one.
import { DomainError as KitError, StartError as KitStartError } from '@inkseal/service-kit';

/** Codes an HTTP answer may carry. */
export const ERROR_CODES = [
  'invalid-request',
  'entry-invalid',
  'reference-conflict',
  'digest-conflict',
  'revocation-conflict',
  'entry-not-found',
  'batch-not-found',
  'not-yet-final',
  'receipts-off',
  'number-already-issued',
  'route-not-found',
  'method-not-allowed',
  'unauthorized',
  'forbidden',
  'rate-limited',
  'payload-too-large',
  'unsupported-media-type',
  'database-unavailable',
  'store-unavailable',
  'chain-unavailable',
  'queue-unavailable',
  'ledger-behind-chain',
  'chain-behind-ledger',
  'clock-ahead-of-chain',
  'anchoring-halted',
  'chain-stalled',
  'transactions-refused',
  'proof-missing',
  'not-ready',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Codes of a start that is refused; the process says one of them and exits. */
export const START_CODES = [
  'config-invalid',
  'database-unreachable',
  'database-newer',
  'database-migration-failed',
  'api-key-file-unusable',
  'port-unavailable',
  'key-file-unusable',
  'anchorer-has-other-role',
  'chain-mismatch',
  'registry-mismatch',
  'registry-deployment-failed',
  'validators-by-contract',
  'loss-undecided',
  'loss-conflict',
  'start-failed',
] as const;

export type StartCode = (typeof START_CODES)[number];

/** What is wrong with one field of one item. `index` counts from 0 and is absent outside lists. */
export interface FieldError {
  index?: number;
  field: string;
  code: FieldCode;
}

export const FIELD_CODES = [
  'missing',
  'malformed',
  'unknown',
  'out-of-range',
  'reference-conflict',
  'digest-conflict',
] as const;

export type FieldCode = (typeof FIELD_CODES)[number];

/** What a domain function throws, with the codes of this service. */
export const DomainError = KitError<ErrorCode, FieldError>;
export type DomainError = KitError<ErrorCode, FieldError>;

/** A reason not to start, with the codes of this service. */
export const StartError = KitStartError<StartCode>;
export type StartError = KitStartError<StartCode>;
