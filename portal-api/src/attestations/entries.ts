// SPDX-License-Identifier: Apache-2.0
// An order's two ways into the ledger: the submission when it is paid, so that review costs no time, and the
// attestation when it is approved. Every step may run twice; while the ledger is down it waits in the outbox.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { tryTransition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import type { LedgerClient, LedgerEntry } from '../ledger/ledger-client.ts';
import { NotYet, type TopicHandler, type Topics } from '../queue/outbox-worker.ts';
import {
  ATTESTATION_ENTRY_TOPIC,
  attestationMachine,
  CERTIFICATE_TOPIC,
  SUBMISSION_ENTRY_TOPIC,
} from './attestation.ts';
import { type Content, frozenSchema } from './content.ts';
import {
  findManifest,
  findManifestByDigest,
  type ManifestKey,
  type ManifestPurpose,
  manifestMachine,
  type StoredManifest,
  sectionsOfManifest,
  storeManifest,
} from './manifests.store.ts';
import { type FullNameOf, sectionsOf, submissionSection } from './sections.ts';

export interface EntryParts {
  db: Database;
  vault: Vault;
  ledger: LedgerClient;
  fullNameOf: FullNameOf;
  /** Passed between the ledger's commit and ours: tests end the process there. */
  onEntered?: (purpose: ManifestPurpose) => void;
}

interface OrderContent {
  orderNumber: string;
  round: number;
  content: Content;
}

export function entryTopics(parts: EntryParts): Topics {
  return {
    [SUBMISSION_ENTRY_TOPIC]: handler('submission', (key) => enter(parts, key, buildSubmission)),
    [ATTESTATION_ENTRY_TOPIC]: handler('attestation', (key) => enter(parts, key, buildAttestation)),
  };
}

/** An entry that the ledger says is final. Others' entries, and a second telling, change nothing. */
export async function applyFinal(tx: Transaction, entry: LedgerEntry): Promise<void> {
  const found = await findManifestByDigest(tx.prisma, entry.sha256);
  if (!found || entry.number === undefined) return;
  const { attestationId, round, purpose } = found;
  // The order's row first, as everywhere: its own transitions wait here.
  await lockRow(tx, 'attestation', attestationId);
  // The list may be ahead of the answer to our own submission.
  await noteEntered(tx, found, entry);
  const moved = await tryTransition(tx, manifestMachine, {
    id: found.id,
    event: 'finalise',
    actor: 'ledger',
    set: { number: BigInt(entry.number) },
    outbox: purpose === 'attestation' ? [{ topic: CERTIFICATE_TOPIC, payload: { attestationId, round } }] : [],
  });
  if (!moved || purpose !== 'submission') return;
  await tx.prisma.attestation.updateMany({
    where: { id: attestationId, round },
    data: { submissionNumber: BigInt(entry.number) },
  });
}

const handler =
  (purpose: ManifestPurpose, run: (key: ManifestKey) => Promise<void>): TopicHandler =>
  ({ attestationId, round }) =>
    run({ attestationId: String(attestationId), round: Number(round), purpose });

async function enter(
  parts: EntryParts,
  key: ManifestKey,
  build: (parts: EntryParts, key: ManifestKey) => Promise<StoredManifest | undefined>,
): Promise<void> {
  const { db, ledger, onEntered } = parts;
  const { attestationId, purpose, round } = key;
  const stored = (await findManifest(db.prisma, key)) ?? (await build(parts, key));
  if (!stored) return;
  const { sha256, sm3 } = stored;
  const entry = await ledger.submit({ reference: `${purpose}:${attestationId}:${round}`, kind: purpose, sha256, sm3 });
  onEntered?.(purpose);
  await db.transaction(async (tx) => {
    await lockRow(tx, 'attestation', attestationId);
    await noteEntered(tx, stored, entry);
  });
}

/** The ledger has committed the entry: the manifest says so, and the order moves on. */
async function noteEntered(tx: Transaction, stored: StoredManifest, entry: LedgerEntry): Promise<void> {
  const { id, attestationId, purpose, round } = stored;
  const moved = await tryTransition(tx, manifestMachine, {
    id,
    event: 'enter',
    actor: 'ledger',
    set: { entryId: entry.id, receivedAt: entry.receivedAt },
  });
  if (!moved) return;
  const event = purpose === 'submission' ? 'enter-submission' : 'enter';
  const detail = { round, entry: entry.id };
  // A later round's submission finds its order under review already.
  await tryTransition(tx, attestationMachine, { id: attestationId, event, actor: 'ledger', detail });
}

/** Undefined for a round that was returned and resubmitted before the ledger was back: the new one counts. */
async function buildSubmission(
  { db, vault, fullNameOf }: EntryParts,
  key: ManifestKey,
): Promise<StoredManifest | undefined> {
  const { orderNumber, content, round } = await readContent(db.prisma, key.attestationId);
  if (round !== key.round) return undefined;
  return storeManifest(db.prisma, vault, key, await sectionsOf(orderNumber, content, fullNameOf));
}

/** The submission's sections as they were recorded, salts and all, and one more that names the submission. */
async function buildAttestation({ db, vault }: EntryParts, key: ManifestKey): Promise<StoredManifest> {
  const submission = await findManifest(db.prisma, { ...key, purpose: 'submission' });
  if (!submission?.number || !submission.receivedAt) throw new NotYet('the submission is not final');
  const { number, sha256, receivedAt } = submission;
  const sections = await sectionsOfManifest(db.prisma, vault, submission.id);
  const named = submissionSection({ number, sha256, receivedAt: receivedAt.toISOString() });
  return storeManifest(db.prisma, vault, key, [...sections, named]);
}

async function readContent(db: Db, id: string): Promise<OrderContent> {
  const row = await db.attestation.findUnique({
    where: { id },
    select: { orderNumber: true, round: true, frozen: true },
  });
  if (!row?.frozen) throw new DomainError('internal', { reason: 'content-missing' });
  const { content } = frozenSchema.parse(row.frozen);
  return { orderNumber: String(row.orderNumber), round: row.round, content };
}
