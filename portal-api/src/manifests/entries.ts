// SPDX-License-Identifier: Apache-2.0
// The way of a manifest into the ledger: built, entered, final. What goes on record, and what an order does then, is the
// purpose's own. Every step may run twice; while the ledger is down it waits in the outbox.
import type { Section } from '@inkseal/verifier';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { tryTransition } from '../db/transition.ts';
import type { LedgerClient, LedgerEntry } from '../ledger/ledger-client.ts';
import { lockRecord, recordIdOf, recordKeyOf } from '../orders/index.ts';
import type { TopicHandler, Topics } from '../queue/outbox-worker.ts';
import { RECEIPT_TOPIC } from './acceptance-receipts.ts';
import {
  findManifest,
  findManifestByDigest,
  ledgerKindOf,
  type ManifestKey,
  type ManifestPurpose,
  manifestMachine,
  type StoredManifest,
  storeManifest,
} from './manifests.store.ts';

/** What orders put on record for one reason. */
export interface Purpose {
  /** Of the outbox rows that ask for the entry; their payload is the key of the order and the round. */
  topic: string;
  /** Called until a manifest is stored. Throws `NotYet` while something is missing; undefined when nothing is to be entered any more. */
  sections(key: ManifestKey): Promise<readonly Section[] | undefined>;
  /** The ledger has committed the entry. The order's row is locked. */
  entered(tx: Transaction, manifest: StoredManifest, entry: LedgerEntry): Promise<void>;
  /** The entry is final under this number. The order's row is locked. */
  final(tx: Transaction, manifest: StoredManifest, number: string): Promise<void>;
}

export type Purposes = Readonly<Record<ManifestPurpose, Purpose>>;

export interface EntryParts {
  db: Database;
  vault: Vault;
  ledger: LedgerClient;
  purposes: Purposes;
  /** Passed between the ledger's commit and ours: tests end the process there. */
  onEntered?: (purpose: ManifestPurpose) => void;
}

export function entryTopics(parts: EntryParts): Topics {
  const purposes = Object.keys(parts.purposes) as ManifestPurpose[];
  return Object.fromEntries(purposes.map((purpose) => [parts.purposes[purpose].topic, handler(parts, purpose)]));
}

/** An entry that the ledger says is final. Others' entries, and a second telling, change nothing. */
export async function applyFinal(tx: Transaction, purposes: Purposes, entry: LedgerEntry): Promise<void> {
  const found = await findManifestByDigest(tx.prisma, entry.sha256);
  if (!found || entry.number === undefined) return;
  // The order's row first, as everywhere: its own transitions wait here.
  await lockRecord(tx, found.order);
  // The list may be ahead of the answer to our own submission.
  await noteEntered(tx, purposes, found, entry);
  const moved = await tryTransition(tx, manifestMachine, {
    id: found.id,
    event: 'finalise',
    actor: 'ledger',
    set: { number: BigInt(entry.number) },
  });
  if (!moved) return;
  tx.enqueue(RECEIPT_TOPIC, { manifestId: found.id });
  await purposes[found.purpose].final(tx, found, entry.number);
}

/** An entry that the ledger has lost is asked for again; its receipt promised a number that is burned. */
export async function loseEntry(
  tx: Transaction,
  purposes: Purposes,
  { id, order, round, purpose, entryId: entry, number }: StoredManifest,
): Promise<boolean> {
  await lockRecord(tx, order);
  const forgotten = { entryId: null, receivedAt: null, number: null };
  const receipt = { receipt: null, receiptAnchorBy: null, receiptState: null };
  const moved = await tryTransition(tx, manifestMachine, {
    id,
    event: 'lose',
    actor: 'ledger',
    set: { ...forgotten, ...receipt },
    detail: { entry, number },
    outbox: [{ topic: purposes[purpose].topic, payload: { ...order, round } }],
  });
  return moved !== undefined;
}

const handler =
  (parts: EntryParts, purpose: ManifestPurpose): TopicHandler =>
  ({ round, ...named }) =>
    enter(parts, { order: recordKeyOf(named), round: Number(round), purpose });

async function enter(parts: EntryParts, key: ManifestKey): Promise<void> {
  const { db, ledger, purposes, onEntered } = parts;
  const { order, purpose, round } = key;
  const stored = (await findManifest(db.prisma, key)) ?? (await build(parts, key));
  if (!stored) return;
  const { sha256, sm3 } = stored;
  const entry = await ledger.submit({
    reference: `${purpose}:${recordIdOf(order)}:${round}`,
    // An event is on record as what it is: a submission of its owner, and no certificate.
    kind: ledgerKindOf(purpose),
    sha256,
    sm3,
  });
  onEntered?.(purpose);
  await db.transaction(async (tx) => {
    await lockRecord(tx, order);
    await noteEntered(tx, purposes, stored, entry);
  });
}

async function build({ db, vault, purposes }: EntryParts, key: ManifestKey): Promise<StoredManifest | undefined> {
  const sections = await purposes[key.purpose].sections(key);
  return sections && storeManifest(db.prisma, vault, key, sections);
}

async function noteEntered(
  tx: Transaction,
  purposes: Purposes,
  stored: StoredManifest,
  entry: LedgerEntry,
): Promise<void> {
  const moved = await tryTransition(tx, manifestMachine, {
    id: stored.id,
    event: 'enter',
    actor: 'ledger',
    set: { entryId: entry.id, receivedAt: entry.receivedAt },
  });
  if (!moved) return;
  tx.enqueue(RECEIPT_TOPIC, { manifestId: stored.id });
  await purposes[stored.purpose].entered(tx, stored, entry);
}
