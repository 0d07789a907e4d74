// SPDX-License-Identifier: Apache-2.0
// Objects that must still be readable in years: what the scrub knows of each kind of them. Domains describe their own.
import { DomainError } from '../errors.ts';

export type ObjectKind =
  | 'upload'
  | 'certificate'
  | 'package'
  | 'manifest'
  | 'account'
  | 'identity'
  | 'identity-draft'
  | 'identity-image'
  | 'publication-image'
  | 'publication-report'
  | 'right-holder'
  | 'right-holder-draft'
  | 'second-step'
  | 'organisation'
  | 'organisation-draft'
  | 'organisation-invitation'
  | 'data-export'
  | 'assistance-case'
  | 'assistance-letter'
  | 'invoice-detail'
  | 'offline-booking'
  | 'offline-voucher'
  | 'counter-mandate'
  | 'earlier-certificate';

export interface StoredKind {
  readonly kind: ObjectKind;
  /** Ids after this one, in order. */
  list(after: string, limit: number): Promise<string[]>;
  /**
   * Reads the whole object, decrypts it and compares it with the digest on record, piece by piece as the caller asks.
   * Throws `stored-object-damaged`. Undefined when there is no such object any more.
   */
  read(id: string): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array> | undefined>;
}

/** For what opens well and yet is not what the row's digest says. */
export function requireMatch(isSame: boolean, part: string): void {
  if (!isSame) throw new DomainError('stored-object-damaged', { part });
}

/** Somebody met an object that cannot be read: counted at once. Never throws. */
export type OnDamage = (object: { kind: ObjectKind; id: string }) => void;

/** Whether an object was lost, rather than its store being down. */
export function isDamage(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'stored-object-damaged';
}
