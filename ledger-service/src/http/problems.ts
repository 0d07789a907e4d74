// SPDX-License-Identifier: Apache-2.0
// The status and title of each code of this service.
import { createProblems, isDatabaseUnavailable, isDiskFull, type ProblemKinds } from '@inkseal/service-kit';
import { DomainError, type ErrorCode, type FieldError } from '../errors.ts';

export const PROBLEMS: ProblemKinds<ErrorCode> = {
  'invalid-request': { status: 400, title: 'The request is malformed' },
  'entry-invalid': { status: 422, title: 'An entry has wrong fields' },
  'reference-conflict': { status: 409, title: 'The reference stands for other content' },
  'digest-conflict': { status: 409, title: 'The digest is on record with another kind or SM3' },
  'revocation-conflict': { status: 409, title: 'The revocation was requested for another reason' },
  'entry-not-found': { status: 404, title: 'No such entry' },
  'batch-not-found': { status: 404, title: 'No such batch' },
  'not-yet-final': { status: 409, title: 'The entry is not final yet', retryAfter: 1 },
  'receipts-off': { status: 404, title: 'This ledger gives no acceptance receipts' },
  'number-already-issued': { status: 409, title: 'The number has been issued' },
  'route-not-found': { status: 404, title: 'No such route' },
  'method-not-allowed': { status: 405, title: 'The route has no such method' },
  unauthorized: { status: 401, title: 'No valid API key was given' },
  forbidden: { status: 403, title: 'The API key lacks the scope' },
  'rate-limited': { status: 429, title: 'Too many requests', retryAfter: 60 },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not application/json in UTF-8' },
  'database-unavailable': { status: 503, title: 'The database is unavailable', retryAfter: 2 },
  'store-unavailable': { status: 503, title: 'A disk is full', retryAfter: 60 },
  'chain-unavailable': { status: 503, title: 'The chain is unavailable', retryAfter: 2 },
  'queue-unavailable': { status: 503, title: 'The queue is unavailable', retryAfter: 2 },
  'ledger-behind-chain': {
    status: 503,
    title: 'The chain holds numbers that this ledger does not know',
    retryAfter: 60,
  },
  'chain-behind-ledger': {
    status: 503,
    title: 'The chain has lost numbers that are final in this ledger',
    retryAfter: 60,
  },
  'clock-ahead-of-chain': { status: 503, title: "The ledger's clock is ahead of the chain's", retryAfter: 60 },
  'anchoring-halted': { status: 503, title: 'Anchoring has stopped', retryAfter: 60 },
  'chain-stalled': { status: 503, title: 'The chain makes no new final blocks', retryAfter: 60 },
  'transactions-refused': { status: 503, title: 'Every node refuses a transaction of the ledger', retryAfter: 60 },
  'proof-missing': { status: 503, title: 'A mined batch cannot be proven', retryAfter: 60 },
  'not-ready': { status: 503, title: 'The service is not ready', retryAfter: 1 },
  internal: { status: 500, title: 'Something is wrong with the ledger' },
};

export const problems = createProblems<ErrorCode, FieldError>({
  kinds: PROBLEMS,
  typeBase: 'urn:inkseal:ledger:error:',
  instanceBase: '',
  challenge: 'Bearer',
  recognise: toDomainError,
});

/** Foreign errors get their code here, once. Anything not recognised is reported as `internal`, without details. */
function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isDiskFull(error)) return new DomainError('store-unavailable', {}, { cause: error });
  if (isDatabaseUnavailable(error)) return new DomainError('database-unavailable', {}, { cause: error });
  return new DomainError(codeOfHttpError(error) ?? 'internal', {}, { cause: error });
}

const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-request',
  404: 'route-not-found',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
};

/** Express and its body parser mark the caller's mistakes with a status. */
function codeOfHttpError(error: unknown): ErrorCode | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  return CODE_BY_STATUS[error.status];
}
