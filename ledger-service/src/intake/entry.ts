// SPDX-License-Identifier: Apache-2.0
// An entry as the API shows it, and how its state follows from its number, its batch and its revocation.

export type EntryKind = 'attestation' | 'registration' | 'submission' | 'audit-head';
export type EntryState = 'received' | 'sequenced' | 'anchored' | 'final' | 'revoked';
export type BatchState = 'closed' | 'signed' | 'sent' | 'mined' | 'final';

/** What a client submits. Digests are lower-case hex. */
export interface EntryContent {
  readonly reference: string;
  readonly kind: EntryKind;
  readonly sha256: string;
  readonly sm3?: string | undefined;
}

export interface NewEntry extends EntryContent {
  readonly id: string;
}

export interface EntryRecord extends NewEntry {
  /** RFC 3339, UTC, milliseconds. */
  readonly receivedAt: string;
  readonly state: EntryState;
  /** Decimal. */
  readonly number?: string | undefined;
  /** Decimal batch id. */
  readonly batch?: string | undefined;
}

/** Equal but for the reference; a digest with an SM3 and one without are different content. */
export function isSameContent(a: EntryContent, b: EntryContent): boolean {
  return a.sha256 === b.sha256 && a.kind === b.kind && a.sm3 === b.sm3;
}

const STATE_OF_BATCH = {
  closed: 'sequenced',
  signed: 'sequenced',
  sent: 'sequenced',
  mined: 'anchored',
  final: 'final',
} as const;

export function stateOf(batch: BatchState | null, isRevoked: boolean): EntryState {
  if (isRevoked) return 'revoked';
  return batch === null ? 'received' : STATE_OF_BATCH[batch];
}

/** The batch states in which a listed state consists. A revoked entry stays in the list its batch puts it in. */
export function batchStatesOf(state: 'sequenced' | 'anchored'): BatchState[] {
  return BATCH_STATES.filter((batch) => STATE_OF_BATCH[batch] === state);
}

const BATCH_STATES = ['closed', 'signed', 'sent', 'mined', 'final'] as const;
