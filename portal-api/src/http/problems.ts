// SPDX-License-Identifier: Apache-2.0
// The status and title of each code of this service.
import { createProblems, isDatabaseUnavailable, isDiskFull, type ProblemKinds } from '@inkseal/service-kit';
import { diskFull } from '../db/outage.ts';
import { DomainError, type ErrorCode, type FieldError } from '../errors.ts';

/** Seconds after which a caller may come back when a part is down. */
export const RETRY_AFTER = 5;

export const PROBLEMS: ProblemKinds<ErrorCode> = {
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
  'captcha-required': { status: 428, title: 'Solve a challenge first' },
  'captcha-invalid': { status: 422, title: 'The solution of the challenge is wrong, used or too old' },
  'phone-registered': { status: 409, title: 'The telephone has an account' },
  'account-disabled': { status: 403, title: 'The account is disabled or closed' },
  'closing-blocked': { status: 409, title: 'Something of the account is still open' },
  'session-not-found': { status: 404, title: 'There is no such session' },
  'second-step-required': { status: 403, title: 'The second step of the log-in is missing' },
  'second-step-wrong': { status: 422, title: 'The code is wrong, used or too old' },
  'second-step-locked': { status: 429, title: 'Too many wrong codes' },
  'second-step-not-enrolled': { status: 409, title: 'There is no authenticator for this account' },
  'account-not-found': { status: 404, title: 'There is no such account' },
  'own-account': { status: 409, title: 'Nobody does this to their own account' },
  'last-administrator': { status: 409, title: 'Nobody else would hold this role' },
  'duties-separate': { status: 409, title: 'System, security and audit are administered by different accounts' },
  'account-has-roles': { status: 409, title: 'The account holds a role of staff' },
  'account-busy': { status: 409, title: 'Orders of the account are not at their end' },
  'view-expired': { status: 403, title: 'The view is over, or somebody else opened it' },
  'acting-changed': { status: 409, title: 'The session acts for another party by now' },
  'organisation-not-found': { status: 404, title: 'There is no such organisation' },
  'organisation-known': { status: 409, title: 'A verified organisation has this credit code' },
  'member-not-found': { status: 404, title: 'There is no such member' },
  'last-manager': { status: 409, title: 'An organisation needs a manager' },
  'already-member': { status: 409, title: 'The owner of the telephone is a member already' },
  'invitation-not-found': { status: 404, title: 'There is no such invitation' },
  'too-many-invitations': { status: 429, title: 'Too many invitations wait for an answer' },
  'identity-required': { status: 403, title: 'The real name is not verified yet' },
  'identity-in-use': { status: 409, title: 'The identity belongs to another account' },
  'identity-not-found': { status: 404, title: 'There is no such real name under review' },
  'image-invalid': { status: 422, title: 'The image cannot be read' },
  'right-holder-not-found': { status: 404, title: 'There is no such right holder' },
  'right-holder-limit-reached': { status: 409, title: 'The list of right holders is full' },
  'work-not-found': { status: 404, title: 'There is no such work' },
  'work-under-review': { status: 409, title: 'The work is submitted or under review' },
  'file-not-found': { status: 404, title: 'There is no such file' },
  'thumbnail-impossible': { status: 404, title: 'No small picture can be made of the file' },
  'upload-not-found': { status: 404, title: 'There is no such upload' },
  'upload-conflict': { status: 409, title: 'The upload is at another offset, or another request writes to it' },
  'upload-incomplete': { status: 409, title: 'The upload is not complete' },
  'upload-corrupt': { status: 422, title: 'The upload is not what was announced' },
  'upload-infected': { status: 409, title: 'Malware was found in the upload' },
  'upload-limit-reached': { status: 429, title: 'Too many uploads are unfinished or unused' },
  'publication-not-found': { status: 404, title: 'There is no such public work' },
  'report-open': { status: 409, title: 'An earlier report about this work waits for staff' },
  'page-not-found': { status: 404, title: 'There is no such page, or no such version of it' },
  'attestation-not-found': { status: 404, title: 'There is no such attestation' },
  'registration-not-found': { status: 404, title: 'There is no such registration' },
  'rights-event-not-found': { status: 404, title: 'There is no such record of a change of rights' },
  'rights-event-limit-reached': { status: 409, title: 'The work has as many records of changes as it can have' },
  'work-not-on-record': { status: 409, title: 'The work is neither certified nor registered' },
  'record-not-final': { status: 409, title: 'The record is not final on the chain yet' },
  'price-changed': { status: 409, title: 'The price is another one by now' },
  'payment-not-found': { status: 404, title: 'There is no such payment' },
  'payment-channel-off': { status: 409, title: 'This site does not take payments this way' },
  'statement-not-ready': { status: 409, title: 'The provider has no statement of this day yet' },
  'payment-waives-registration': { status: 409, title: 'A registration is free because of this payment' },
  'invoice-details-not-found': { status: 404, title: 'There are no such invoice details' },
  'invoice-details-exported': { status: 409, title: 'The invoice details were exported already' },
  'order-not-found': { status: 404, title: 'There is no such order' },
  'booking-not-found': { status: 404, title: 'There is no such entry of money' },
  'booking-open': { status: 409, title: 'An entry of this money waits already' },
  'own-booking': { status: 403, title: 'Whoever entered it does not confirm it' },
  'voucher-invalid': { status: 422, title: 'The voucher is no PDF, JPEG or PNG' },
  'voucher-number-used': { status: 409, title: 'The number of the voucher was used already' },
  'refund-request-not-found': { status: 404, title: 'There is no such refund request' },
  'refund-request-open': { status: 409, title: 'A refund request of this order waits for finance' },
  'version-request-not-found': { status: 404, title: 'There is no such request for a new version of a certificate' },
  'version-request-open': { status: 409, title: 'A new version of this certificate has been asked for already' },
  'assistance-case-not-found': { status: 404, title: 'There is no such case of assistance' },
  'objection-not-found': { status: 404, title: 'There is no such objection' },
  'objection-open': { status: 409, title: 'An objection of yours to this certificate is not decided yet' },
  'discount-not-found': { status: 404, title: 'There is no such discount' },
  'legal-hold-not-found': { status: 404, title: 'There is no such legal hold' },
  'disclosure-closed': { status: 409, title: 'The case does not open this, or not any more' },
  'notification-invalid': { status: 400, title: 'The notification is not genuine, or malformed' },
  'review-conflict': { status: 409, title: 'The review was decided already' },
  'reviewed-before': { status: 403, title: 'Whoever passed the first review does not decide in the second' },
  'certificate-not-ready': { status: 409, title: 'The certificate is not issued yet' },
  'receipt-not-found': { status: 404, title: 'No acceptance receipt' },
  'audit-head-not-found': { status: 404, title: 'There is no proven audit head of this day' },
  'audit-report-not-found': { status: 404, title: 'No such audit report was published' },
  'audit-report-foreign': { status: 422, title: 'The audit report is of another registry' },
  'audit-chain-broken': { status: 503, title: 'The audit log was changed' },
  'clock-wrong': { status: 503, title: 'The clock of this machine is wrong' },
  'message-not-found': { status: 404, title: 'There is no such message' },
  'parked-work-not-found': { status: 404, title: 'There is no such parked work' },
  'work-parked': { status: 503, title: 'Work that failed too often waits for staff', retryAfter: RETRY_AFTER },
  'number-not-found': { status: 404, title: 'There is no such number' },
  'number-burned': { status: 410, title: 'The number is on the chain, and its record here was lost' },
  'lookup-code-invalid': { status: 403, title: 'The look-up code is wrong' },
  'share-link-not-found': { status: 404, title: 'There is no such share link, or it was ended already' },
  'share-link-limit-reached': { status: 409, title: 'The certificate has as many open share links as it can have' },
  'share-link-unknown': { status: 404, title: 'The address opens no certificate' },
  'share-link-ended': { status: 410, title: 'The share link was ended by whoever made it' },
  'share-link-expired': { status: 410, title: 'The time of the share link is over' },
  'share-link-used-up': { status: 410, title: 'The share link was opened as often as it could be' },
  'version-conflict': { status: 409, title: 'It was changed meanwhile' },
  'state-conflict': { status: 409, title: 'Its state does not allow this' },
  'database-unavailable': { status: 503, title: 'The database is not available', retryAfter: RETRY_AFTER },
  'ledger-unavailable': { status: 503, title: 'The ledger is not available', retryAfter: RETRY_AFTER },
  'store-unavailable': { status: 503, title: 'The content store is not available', retryAfter: RETRY_AFTER },
  'stored-object-damaged': { status: 500, title: 'Something stored here is damaged or missing' },
  'queue-unavailable': { status: 503, title: 'The queue is not available', retryAfter: RETRY_AFTER },
  'mail-unavailable': { status: 503, title: 'Mails cannot be sent now', retryAfter: RETRY_AFTER },
  'sms-unavailable': { status: 503, title: 'Messages cannot be sent now', retryAfter: RETRY_AFTER },
  'payment-unavailable': { status: 503, title: 'The payment channel is not available', retryAfter: RETRY_AFTER },
  overloaded: { status: 503, title: 'Too much at once', retryAfter: RETRY_AFTER },
  'not-ready': { status: 503, title: 'Not ready', retryAfter: RETRY_AFTER },
  internal: { status: 500, title: 'Something went wrong here' },
};

export const problems = createProblems<ErrorCode, FieldError>({
  kinds: PROBLEMS,
  typeBase: 'urn:inkseal:error:',
  instanceBase: '',
  challenge: 'Session',
  recognise: toDomainError,
});

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
