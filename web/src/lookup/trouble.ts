// SPDX-License-Identifier: Apache-2.0
// From what went wrong to the sentence that says it.
import { CONTAINER_CODES, ContainerError } from '@inkseal/verifier/containers';
import { LookupError } from './portal.ts';
import type { TroubleCode } from './texts/lookup.zh.ts';
import type { Trouble } from './use-lookup.ts';

const PORTAL_CODES: Record<string, TroubleCode> = {
  offline: 'offline',
  'other-number': 'other-number',
  'number-burned': 'number-burned',
  'number-malformed': 'number-malformed',
  'lookup-code-invalid': 'lookup-code-invalid',
  'no-trust-key': 'no-trust-key',
  'document-unknown': 'document-unknown',
  'registration-unknown': 'registration-unknown',
  'share-link-unknown': 'share-link-unknown',
  'share-link-ended': 'share-link-ended',
  'share-link-expired': 'share-link-expired',
  'share-link-used-up': 'share-link-used-up',
  'rate-limited': 'rate-limited',
  'too-many-requests': 'rate-limited',
};

export function troubleOf(error: unknown): Trouble {
  if (error instanceof LookupError) {
    const { requestId, retryAfterSeconds } = error;
    return { code: PORTAL_CODES[error.code] ?? 'portal-failed', requestId, retryAfterSeconds };
  }
  if (error instanceof ContainerError)
    return { code: CONTAINER_CODES.includes(error.code) ? error.code : 'unreadable' };
  return { code: 'file-unreadable' };
}
