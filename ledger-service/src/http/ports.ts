// SPDX-License-Identifier: Apache-2.0
// What the HTTP side needs done. The domains do it; compose.ts binds them. All of these throw DomainError only.
import type { Batch, Entry, EntryInput, Page, Readiness, Revocation, RevocationReason } from './schemas.ts';

export interface LedgerPorts {
  /** Commits all entries or none, and answers in the order given. */
  submitEntries(clientId: string, inputs: readonly EntryInput[]): Promise<Entry[]>;
  entryById(clientId: string, id: string): Promise<Entry>;
  entryByNumber(clientId: string, number: bigint): Promise<Entry>;
  listEntries(clientId: string, query: EntryQuery): Promise<Page<Entry>>;
  listBatches(query: { after?: string; limit: number }): Promise<Page<Batch>>;
  batchById(id: bigint): Promise<Batch>;
  /** The bundle's exact bytes, without `status` if so asked. `not-yet-final` before there is a proof. */
  proof(number: bigint, options: { withStatus: boolean }): Promise<Uint8Array>;
  /** The absence proof's exact bytes; `number-already-issued` for a number that exists. */
  absence(number: bigint): Promise<Uint8Array>;
  /** Idempotent; `revocation-conflict` when it is requested for another reason already. */
  revoke(request: { clientId: string; number: bigint; reason: RevocationReason }): Promise<Revocation>;
  /** The trust file of the configured network. */
  trustFile(): Promise<Uint8Array>;
  /** Each part on its own; never throws. */
  readiness(): Promise<Readiness>;
}

export type EntryQuery =
  | { by: 'reference'; reference: string }
  | { by: 'sha256'; sha256: string }
  | { by: 'state'; state: Entry['state']; after?: string; limit: number };
