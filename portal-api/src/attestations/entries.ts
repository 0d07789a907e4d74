// SPDX-License-Identifier: Apache-2.0
// An order's two ways into the ledger: the submission when it is paid, so that review costs no time, and the
// attestation when it is approved.
import type { Section } from '@inkseal/verifier';
import { processLines } from '../audit/index.ts';
import { CERTIFICATE_TOPIC } from '../certificates/index.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { tryTransition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import type { LedgerEntry } from '../ledger/ledger-client.ts';
import {
  findManifest,
  type ManifestKey,
  type Purposes,
  processSection,
  type StoredManifest,
  sectionsOfManifest,
  submissionSection,
} from '../manifests/index.ts';
import { recordIdOf } from '../orders/index.ts';
import type { FullNameOf } from '../parties/index.ts';
import { NotYet } from '../queue/outbox-worker.ts';
import { ATTESTATION_ENTRY_TOPIC, attestationMachine, SUBMISSION_ENTRY_TOPIC } from './attestation.ts';
import { type Content, frozenSchema } from './content.ts';
import { provenanceOf } from './provenance.ts';
import { sectionsOf } from './sections.ts';

interface EntryParts {
  db: Database;
  vault: Vault;
  fullNameOf: FullNameOf;
}

interface OrderContent {
  orderNumber: string;
  round: number;
  content: Content;
}

export function attestationPurposes(parts: EntryParts): Pick<Purposes, 'submission' | 'attestation'> {
  return {
    submission: {
      topic: SUBMISSION_ENTRY_TOPIC,
      sections: (key) => submissionSections(parts, key),
      // A later round's submission finds its order under review already.
      entered: (tx, manifest, entry) => move(tx, 'enter-submission', manifest, entry),
      async final(tx, { order, round }, number) {
        const id = recordIdOf(order);
        await tx.prisma.attestation.updateMany({ where: { id, round }, data: { submissionNumber: BigInt(number) } });
      },
    },
    attestation: {
      topic: ATTESTATION_ENTRY_TOPIC,
      sections: (key) => attestationSections(parts, key),
      entered: (tx, manifest, entry) => move(tx, 'enter', manifest, entry),
      async final(tx, { order, round }) {
        tx.enqueue(CERTIFICATE_TOPIC, { ...order, round });
      },
    },
  };
}

async function move(
  tx: Transaction,
  event: 'enter-submission' | 'enter',
  { order, round }: StoredManifest,
  { id: entry }: LedgerEntry,
): Promise<void> {
  await tryTransition(tx, attestationMachine, {
    id: recordIdOf(order),
    event,
    actor: 'ledger',
    detail: { round, entry },
  });
}

/** Undefined for a round that was returned and resubmitted before the ledger was back: the new one counts. */
async function submissionSections({ db, fullNameOf }: EntryParts, key: ManifestKey): Promise<Section[] | undefined> {
  const { orderNumber, content, round } = await readContent(db.prisma, recordIdOf(key.order));
  return round === key.round ? sectionsOf(orderNumber, content, fullNameOf) : undefined;
}

/** The submission's sections as they were recorded, salts and all, one that names the submission, and one for the log so far. */
async function attestationSections({ db, vault }: EntryParts, key: ManifestKey): Promise<Section[]> {
  const submission = await findManifest(db.prisma, { ...key, purpose: 'submission' });
  if (!submission?.number || !submission.receivedAt) throw new NotYet('the submission is not final');
  const { number, sha256, receivedAt } = submission;
  const sections = await sectionsOfManifest(db.prisma, vault, submission.id);
  const { subjects } = await provenanceOf(db.prisma, recordIdOf(key.order));
  return [
    ...sections,
    submissionSection({ number, sha256, receivedAt: receivedAt.toISOString() }),
    processSection(await processLines(db.prisma, subjects)),
  ];
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
