// SPDX-License-Identifier: Apache-2.0
// Everything that can go wrong here and be told to somebody: closed lists of codes. docs/errors.md explains each one.
import { DomainError as KitError, StartError as KitStartError } from '@inkseal/service-kit';

/** Codes an HTTP answer may carry. */
export const ERROR_CODES = [
  // requests
  'invalid-request',
  'malformed-json',
  'request-timeout',
  'payload-too-large',
  'unsupported-media-type',
  'route-not-found',
  'method-not-allowed',
  'rate-limited',
  'csrf-invalid',
  'https-required',
  // accounts
  'unauthenticated',
  'forbidden',
  'credentials-invalid',
  'login-locked',
  'sms-code-invalid',
  'sms-too-soon',
  'sms-limit-reached',
  'captcha-required',
  'captcha-invalid',
  'phone-registered',
  'account-disabled',
  'closing-blocked',
  'session-not-found',
  'second-step-required',
  'second-step-wrong',
  'second-step-locked',
  'second-step-not-enrolled',
  // staff
  'account-not-found',
  'own-account',
  'last-administrator',
  'duties-separate',
  'account-has-roles',
  'account-busy',
  'view-expired',
  'acting-changed',
  // organisations
  'organisation-not-found',
  'organisation-known',
  'member-not-found',
  'last-manager',
  'already-member',
  'invitation-not-found',
  'too-many-invitations',
  // identity
  'identity-required',
  'identity-in-use',
  'identity-not-found',
  'image-invalid',
  // right holders
  'right-holder-not-found',
  'right-holder-limit-reached',
  // works and uploads
  'work-not-found',
  'work-under-review',
  'file-not-found',
  'thumbnail-impossible',
  'upload-not-found',
  'upload-conflict',
  'upload-incomplete',
  'upload-corrupt',
  'upload-infected',
  'upload-limit-reached',
  // the public site
  'publication-not-found',
  'report-open',
  'page-not-found',
  // attestations, payments, reviews
  'attestation-not-found',
  'registration-not-found',
  'rights-event-not-found',
  'rights-event-limit-reached',
  'work-not-on-record',
  'record-not-final',
  'price-changed',
  'payment-not-found',
  'payment-channel-off',
  'statement-not-ready',
  'payment-waives-registration',
  'invoice-details-not-found',
  'invoice-details-exported',
  'order-not-found',
  'booking-not-found',
  'booking-open',
  'own-booking',
  'voucher-invalid',
  'voucher-number-used',
  'refund-request-not-found',
  'refund-request-open',
  'version-request-not-found',
  'version-request-open',
  'assistance-case-not-found',
  'disclosure-closed',
  'legal-hold-not-found',
  'discount-not-found',
  'objection-not-found',
  'objection-open',
  'notification-invalid',
  'review-conflict',
  'reviewed-before',
  'certificate-not-ready',
  'receipt-not-found',
  // audit
  'audit-head-not-found',
  'audit-report-not-found',
  'audit-report-foreign',
  'audit-chain-broken',
  'clock-wrong',
  // messages
  'message-not-found',
  // operation
  'parked-work-not-found',
  'work-parked',
  // look-up
  'number-not-found',
  'number-burned',
  'lookup-code-invalid',
  // share links
  'share-link-not-found',
  'share-link-limit-reached',
  'share-link-unknown',
  'share-link-ended',
  'share-link-expired',
  'share-link-used-up',
  // any record
  'version-conflict',
  'state-conflict',
  // parts that are down
  'database-unavailable',
  'ledger-unavailable',
  'store-unavailable',
  'stored-object-damaged',
  'queue-unavailable',
  'mail-unavailable',
  'sms-unavailable',
  'payment-unavailable',
  'overloaded',
  'not-ready',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Codes of a start that is refused; the process says one of them and exits. */
export const START_CODES = [
  'config-invalid',
  'development-driver-refused',
  'database-unreachable',
  'database-newer',
  'database-migration-failed',
  'key-file-unusable',
  'signer-unusable',
  'signer-pin-refused',
  'key-file-mismatch',
  'font-folder-unusable',
  'data-folder-unusable',
  'data-folder-in-use',
  'port-unavailable',
  'start-failed',
] as const;

export type StartCode = (typeof START_CODES)[number];

/** What is wrong with one field. */
export const FIELD_CODES = [
  'missing',
  'malformed',
  'unprintable',
  'unknown',
  'too-short',
  'too-long',
  'too-few',
  'too-many',
  'out-of-range',
  'not-an-option',
  'mismatch',
  'duplicate',
  'sum-wrong',
  'in-future',
  'checksum-wrong',
  'too-weak',
  'too-many-tries',
  'not-found',
  'not-complete',
  'not-scanned',
  'infected',
  'type-not-allowed',
  'type-mismatch',
  'too-large',
  'picture-too-large',
  'picture-unreadable',
  'not-from-work-files',
  'consent-missing',
  'expired',
  'guardian-needed',
  'not-registrable',
  'outside-jurisdiction',
] as const;

export type FieldCode = (typeof FIELD_CODES)[number];

export interface FieldError {
  /** Path in the body, with dots: `files.0.uploadId`. */
  field: string;
  code: FieldCode;
  /** With `unprintable`: the characters that no font of the certificate has. */
  characters?: string;
  /** With `picture-too-large`: how many megapixels a picture of this kind may have. */
  megapixels?: number;
}

/** What a domain function throws, with the codes of this service. */
export const DomainError = KitError<ErrorCode, FieldError>;
export type DomainError = KitError<ErrorCode, FieldError>;

/** Throws one `invalid-request` with all the fields, unless there are none. */
export function refuseFields(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new DomainError('invalid-request', {}, { errors });
}

/** A reason not to start, with the codes of this service. */
export const StartError = KitStartError<StartCode>;
export type StartError = KitStartError<StartCode>;
