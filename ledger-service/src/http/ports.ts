// SPDX-License-Identifier: Apache-2.0
// What the HTTP side needs done. The domains do it; compose.ts binds them. They throw DomainError.
import type {
  Batch,
  BurnedNumber,
  Entry,
  EntryInput,
  Page,
  Readiness,
  RegistryFigures,
  Revocation,
  RevocationReason,
} from './schemas.ts';

export interface LedgerPorts {
  /** The holder of a key, or undefined for a key that is unknown or revoked. */
  authenticate(key: string): Promise<Principal | undefined>;
  /** Commits all entries or none, and answers in the order given. */
  submitEntries(clientId: string, inputs: readonly EntryInput[]): Promise<EntryRecord[]>;
  /** `entry-not-found` also for an entry of another client; likewise by number. */
  entryById(clientId: string, id: string): Promise<EntryRecord>;
  entryByNumber(clientId: string, number: bigint): Promise<EntryRecord>;
  listEntries(clientId: string, query: EntryQuery): Promise<Page<EntryRecord>>;
  listBatches(query: { after?: string | undefined; limit: number }): Promise<Page<Batch>>;
  batchById(id: bigint): Promise<Batch>;
  registryFigures(): Promise<RegistryFigures>;
  /** `entry-not-found` for a number that is not burned. */
  burnedNumber(number: bigint): Promise<BurnedNumber>;
  /** The bundle's exact bytes, without `status` if so asked. `not-yet-final` before there is a proof. */
  proof(number: bigint, options: { withStatus: boolean }): Promise<Uint8Array>;
  /** The acceptance receipt's exact bytes, the same every time; `receipts-off` where none are given. */
  receipt(clientId: string, number: bigint): Promise<Uint8Array>;
  /** The absence proof's exact bytes; `number-already-issued` for a number that exists. */
  absence(number: bigint): Promise<Uint8Array>;
  /** Idempotent; `revocation-conflict` when it is requested for another reason already. */
  revoke(request: { clientId: string; number: bigint; reason: RevocationReason }): Promise<Revocation>;
  /** The trust file of the configured network. */
  trustFile(): Promise<Uint8Array>;
  /** Each part on its own; never throws. */
  readiness(): Promise<Readiness['parts']>;
}

export type Scope = 'submit' | 'read' | 'revoke';

export interface Principal {
  keyId: string;
  clientId: string;
  scopes: readonly Scope[];
}

/** An entry before HTTP adds its links. */
export type EntryRecord = Omit<Entry, 'links'>;

export type EntryQuery =
  | { by: 'reference'; reference: string }
  | { by: 'sha256'; sha256: string }
  | { by: 'state'; state: Entry['state']; after?: string | undefined; limit: number };
