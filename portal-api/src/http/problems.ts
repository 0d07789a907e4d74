// SPDX-License-Identifier: Apache-2.0
// Errors as RFC 9457 problem details: one status and title per code, and one handler at the end of the app.
import { isDiskFull } from '@inkseal/service-kit';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { diskFull, isDatabaseUnavailable } from '../db/outage.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { requestIdOf } from './request-log.ts';

/** Seconds after which a caller may come back when a part is down. */
export const RETRY_AFTER = 5;

/** Typed so that a code without status and title does not compile. */
export const PROBLEMS: Readonly<Record<ErrorCode, { status: number; title: string }>> = {
  'invalid-request': { status: 422, title: 'Some fields are wrong' },
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'request-timeout': { status: 408, title: 'The body came too slowly' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported' },
  'route-not-found': { status: 404, title: 'There is no such address' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'csrf-invalid': { status: 403, title: 'The CSRF token is missing or wrong' },
  'https-required': { status: 421, title: 'This is reached by https only, and the request did not arrive that way' },
  unauthenticated: { status: 401, title: 'Log in first' },
  forbidden: { status: 403, title: 'Not allowed' },
  'credentials-invalid': { status: 401, title: 'Telephone or password is wrong' },
  'login-locked': { status: 429, title: 'Too many wrong passwords' },
  'sms-code-invalid': { status: 422, title: 'The code is wrong, used or too old' },
  'sms-too-soon': { status: 429, title: 'A code was sent a moment ago' },
  'sms-limit-reached': { status: 429, title: 'Too many codes were sent' },
  'phone-registered': { status: 409, title: 'The telephone has an account' },
  'account-disabled': { status: 403, title: 'The account is disabled or closed' },
  'identity-required': { status: 403, title: 'The real name is not verified yet' },
  'identity-in-use': { status: 409, title: 'The identity belongs to another account' },
  'image-invalid': { status: 422, title: 'The image cannot be read' },
  'work-not-found': { status: 404, title: 'There is no such work' },
  'work-under-review': { status: 409, title: 'The work is submitted or under review' },
  'file-not-found': { status: 404, title: 'There is no such file' },
  'upload-not-found': { status: 404, title: 'There is no such upload' },
  'upload-conflict': { status: 409, title: 'The upload is at another offset' },
  'upload-incomplete': { status: 409, title: 'The upload is not complete' },
  'upload-corrupt': { status: 422, title: 'The upload is not what was announced' },
  'upload-limit-reached': { status: 429, title: 'Too many uploads are unfinished or unused' },
  'attestation-not-found': { status: 404, title: 'There is no such attestation' },
  'payment-not-found': { status: 404, title: 'There is no such payment' },
  'notification-invalid': { status: 400, title: 'The notification is not genuine, or malformed' },
  'review-conflict': { status: 409, title: 'The review was decided already' },
  'certificate-not-ready': { status: 409, title: 'The certificate is not issued yet' },
  'parked-work-not-found': { status: 404, title: 'There is no such parked work' },
  'work-parked': { status: 503, title: 'Work that failed too often waits for staff' },
  'number-not-found': { status: 404, title: 'There is no such number' },
  'lookup-code-invalid': { status: 403, title: 'The look-up code is wrong' },
  'version-conflict': { status: 409, title: 'It was changed meanwhile' },
  'state-conflict': { status: 409, title: 'Its state does not allow this' },
  'database-unavailable': { status: 503, title: 'The database is not available' },
  'ledger-unavailable': { status: 503, title: 'The ledger is not available' },
  'store-unavailable': { status: 503, title: 'The content store is not available' },
  'stored-object-damaged': { status: 500, title: 'A stored file is damaged or missing here' },
  'queue-unavailable': { status: 503, title: 'The queue is not available' },
  'sms-unavailable': { status: 503, title: 'Messages cannot be sent now' },
  'payment-unavailable': { status: 503, title: 'The payment channel is not available' },
  overloaded: { status: 503, title: 'Too much at once' },
  'not-ready': { status: 503, title: 'Not ready' },
  internal: { status: 500, title: 'Something went wrong here' },
};

export const notFound: RequestHandler = () => {
  throw new DomainError('route-not-found');
};

export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (thrown, req, res, _next) => {
    const error = toDomainError(thrown);
    const { status } = PROBLEMS[error.code];
    if (status >= 500) logger.error({ err: error.cause ?? error, requestId: requestIdOf(req) }, error.code);
    // An answer that has begun can only be cut off, so that nobody takes it for whole.
    if (res.headersSent) {
      req.socket.destroy();
      return;
    }
    sendProblem(req, res, error);
  };
}

export function sendProblem(req: Request, res: Response, error: DomainError): void {
  const { status, title } = PROBLEMS[error.code];
  const retryAfter = error.retryAfter ?? (status === 503 ? RETRY_AFTER : undefined);
  if (retryAfter !== undefined) res.set('Retry-After', String(Math.max(1, Math.ceil(retryAfter))));
  if (status === 401) res.set('WWW-Authenticate', 'Session');
  res.status(status).type('application/problem+json').set('Cache-Control', 'no-store');
  res.send(
    JSON.stringify({
      type: `urn:inkseal:error:${error.code}`,
      title,
      status,
      code: error.code,
      instance: requestIdOf(req),
      ...(Object.keys(error.details).length > 0 && status < 500 ? { details: error.details } : {}),
      ...(error.errors.length > 0 ? { errors: error.errors } : {}),
    }),
  );
}

function toDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError && (thrown.code !== 'internal' || !isDiskFull(thrown))) return thrown;
  if (isDiskFull(thrown)) return diskFull(thrown);
  if (isDatabaseUnavailable(thrown)) return new DomainError('database-unavailable', {}, { cause: thrown });
  const code = codeOfMiddlewareError(thrown);
  return new DomainError(code, {}, { cause: thrown });
}

/** Errors of express, body-parser and csrf-sync carry a status or a type; what they say is not repeated. */
function codeOfMiddlewareError(thrown: unknown): ErrorCode {
  if (!(thrown instanceof Error)) return 'internal';
  if ('code' in thrown && thrown.code === 'EBADCSRFTOKEN') return 'csrf-invalid';
  const type = 'type' in thrown ? thrown.type : undefined;
  if (type === 'entity.too.large') return 'payload-too-large';
  if (type === 'entity.parse.failed') return 'malformed-json';
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return 'unsupported-media-type';
  const status = 'status' in thrown ? Number(thrown.status) : 500;
  return status >= 400 && status < 500 ? 'invalid-request' : 'internal';
}
