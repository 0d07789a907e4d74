// SPDX-License-Identifier: Apache-2.0
// What is wrong with something stored: a word for a finding. Anything but damage, such as a store that is down, ends the audit.
import { DomainError } from '../../portal-api/src/errors.ts';
import { isDamage } from '../../portal-api/src/storage/stored-kind.ts';

/** For `catch`: the part that does not hold, or `unreadable`. */
export function damageOf(error: unknown): string {
  if (error instanceof DomainError && (isDamage(error) || MISSING.includes(error.code))) return partOf(error);
  throw error;
}

/** Of a row that names what is no longer there. */
const MISSING: readonly string[] = ['certificate-not-ready', 'file-not-found', 'upload-incomplete'];

function partOf(error: DomainError): string {
  const { cause } = error;
  const { part } = error.details;
  if (typeof part === 'string') return part;
  if (cause instanceof DomainError) return partOf(cause);
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
}
