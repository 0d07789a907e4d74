// SPDX-License-Identifier: Apache-2.0
// Who asks for a new version, takes the request back, and decides on it. All of it happens under the lock of the registration.
import { violatedKey } from '@inkseal/service-kit';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { jsonOf } from '../db/json.ts';
import { transition } from '../db/transition.ts';
import { DomainError, refuseFields } from '../errors.ts';
import type { Fonts } from '../fonts/index.ts';
import { actingFor, actorOf, type Owner } from '../http/members.ts';
import { notify } from '../notifications/index.ts';
import { newOrderNumber } from '../orders/index.ts';
import { holderIdsOf, type Person } from '../parties/index.ts';
import {
  choicesOf,
  type Frozen,
  type Level,
  lockRegistration,
  numberedFacts,
  REGISTRATION_ENTRY_TOPIC,
  type RegistrationRecord,
} from '../registrations/index.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import { documentFault, isOwnRecord, type WorkStore } from '../works/index.ts';
import { amendedContent } from './amend.ts';
import { OPEN, UNDECIDED, versionRequestMachine } from './version-request.ts';
import type { VersionDecision, VersionRequestForm } from './version-requests.schema.ts';

export interface VersionRequestParts {
  db: Database;
  works: Pick<WorkStore, 'lockUploads'>;
  fonts: Fonts;
  rightHolders: Pick<ChosenHolders, 'choose'>;
  /** The verified party that owns a registration. */
  person(owner: Owner): Promise<Person | undefined>;
}

export interface VersionRequests {
  /** Answers the id. Throws `version-request-open` while another one is there. */
  ask(owner: Owner, registrationId: string, form: VersionRequestForm): Promise<string>;
  withdraw(owner: Owner, registrationId: string): Promise<void>;
  /** Throws `forbidden` for an own registration, `reviewed-before` for whoever passed it in the first review. */
  decide(reviewerId: string, id: string, level: Level, decision: VersionDecision): Promise<void>;
}

const REVIEWED_IN = { INITIAL: 'INITIAL_REVIEW', FINAL: 'FINAL_REVIEW' } as const;

export function createVersionRequests(parts: VersionRequestParts): VersionRequests {
  const { db } = parts;
  return {
    async ask(owner, id, form) {
      const person = await parts.person(owner);
      if (!person) throw new DomainError('identity-required');
      return db.transaction((tx) => ask(tx, parts, { owner, id, form, person }));
    },

    withdraw: (owner, id) =>
      db.transaction(async (tx) => {
        await lockRegistration(tx, { id, owner });
        const where = { registrationId: id, state: { in: [...UNDECIDED] } };
        const open = await tx.prisma.versionRequest.findFirst({ where, select: { id: true } });
        if (!open) throw new DomainError('version-request-not-found');
        const by = { actor: actorOf(owner), detail: actingFor(owner) };
        await transition(tx, versionRequestMachine, { id: open.id, event: 'withdraw', ...by });
      }),

    decide: (reviewerId, id, level, decision) =>
      db.transaction((tx) => decide(tx, { reviewerId, id, level, decision })),
  };
}

interface Asking {
  owner: Owner;
  id: string;
  form: VersionRequestForm;
  person: Person;
}

async function ask(tx: Transaction, parts: VersionRequestParts, { owner, id, form, person }: Asking): Promise<string> {
  const registration = await lockRegistration(tx, { id, owner });
  const { state, frozen } = registration;
  if (state !== 'REGISTERED' || !frozen)
    throw new DomainError('state-conflict', { record: 'registration', event: 'ask-version' });
  const where = { registrationId: id, state: { in: OPEN } };
  if ((await tx.prisma.versionRequest.count({ where })) > 0) throw new DomainError('version-request-open');
  await requireDocuments(tx, parts, owner, form);
  const amended = await amend(tx, parts, { owner, person, frozen, form });
  const request = newId();
  const { kind, reason, documents } = form;
  await tx.prisma.versionRequest.create({
    data: {
      id: request,
      requestNumber: newOrderNumber(),
      registrationId: id,
      askedBy: owner.accountId,
      kind,
      reason,
      ...(amended && { content: jsonOf(amended) }),
      files: { create: documents.map((uploadId, position) => ({ uploadId, position })) },
    },
  });
  tx.record({
    actor: actorOf(owner),
    action: 'version-request.ask',
    subject: `version-request:${request}`,
    detail: { registrationId: id, kind, ...actingFor(owner) },
  });
  return request;
}

/** The content as it would be, and as it is; undefined for a reissue, which changes none. */
async function amend(
  tx: Transaction,
  { rightHolders, fonts }: VersionRequestParts,
  { owner, person, frozen, form }: Pick<Asking, 'owner' | 'person'> & { frozen: Frozen; form: VersionRequestForm },
): Promise<Frozen | undefined> {
  if (form.kind !== 'AMENDMENT') return undefined;
  const before = frozen.content;
  const holders = await rightHolders.choose(tx, owner, holderIdsOf(choicesOf(before.form)));
  return { content: amendedContent(before, form.changes, { person, holders, fonts }), before };
}

async function requireDocuments(
  tx: Transaction,
  { works }: VersionRequestParts,
  owner: Owner,
  { kind, documents }: VersionRequestForm,
): Promise<void> {
  const uploads = await works.lockUploads(tx, owner, documents);
  refuseFields([
    ...(kind === 'AMENDMENT' && documents.length === 0 ? [{ field: 'documents', code: 'missing' as const }] : []),
    ...documents.flatMap((uploadId, index) => {
      const document = { uploadId, before: documents.slice(0, index), isPaper: true };
      const fault = documentFault(document, uploads, { isDraft: false });
      return fault ? [{ field: `documents.${index}`, ...fault }] : [];
    }),
  ]);
}

interface Deciding {
  reviewerId: string;
  id: string;
  level: Level;
  decision: VersionDecision;
}

async function decide(tx: Transaction, { reviewerId, id, level, decision }: Deciding): Promise<void> {
  const row = await tx.prisma.versionRequest.findUnique({ where: { id }, select: { registrationId: true } });
  if (!row) throw new DomainError('version-request-not-found');
  const registration = await lockRegistration(tx, { id: row.registrationId });
  if (await isOwnRecord(tx.prisma, registration, reviewerId)) throw new DomainError('forbidden');
  const { state } = await tx.prisma.versionRequest.findUniqueOrThrow({ where: { id }, select: { state: true } });
  if (state !== REVIEWED_IN[level]) throw new DomainError('review-conflict', { state });
  await insertReview(tx, { reviewerId, id, level, decision });
  const by = { id, actor: `account:${reviewerId}`, detail: { level } };
  if (!decision.isApproved) {
    await transition(tx, versionRequestMachine, { ...by, event: 'refuse' });
    return tellRefused(tx, registration, { id, words: decision.words });
  }
  if (level === 'INITIAL') return void (await transition(tx, versionRequestMachine, { ...by, event: 'pass' }));
  // It was revoked while the request waited.
  if (registration.state !== 'REGISTERED') throw new DomainError('review-conflict', { state: registration.state });
  const version = await nextVersion(tx, registration.id);
  // Its manifest is one of the registration's, after those of its own rounds.
  const round = registration.round + version - 1;
  await transition(tx, versionRequestMachine, {
    ...by,
    event: 'approve',
    set: { version, round, approvedAt: new Date() },
    detail: { level, version },
    outbox: [{ topic: REGISTRATION_ENTRY_TOPIC, payload: { registrationId: registration.id, round } }],
  });
}

async function insertReview(tx: Transaction, { reviewerId, id, level, decision }: Deciding): Promise<void> {
  const row = { id: newId(), requestId: id, level, reviewerId, ...decision };
  await tx.prisma.versionReview.create({ data: row }).catch((error: unknown) => {
    const isSame = violatedKey(error) === 'version_review_request_id_reviewer_id_key';
    throw isSame ? new DomainError('reviewed-before') : error;
  });
}

async function nextVersion({ prisma }: Transaction, registrationId: string): Promise<number> {
  const { _max } = await prisma.versionRequest.aggregate({ where: { registrationId }, _max: { version: true } });
  return (_max.version ?? 1) + 1;
}

async function tellRefused(
  tx: Transaction,
  { id: registrationId }: RegistrationRecord,
  { id, words }: { id: string; words: string },
): Promise<void> {
  const { owner, ...facts } = await numberedFacts(tx.prisma, registrationId);
  const data = { ...facts, registrationId, words };
  await notify(tx, { to: owner, kind: 'version-refused', subject: `version-request:${id}`, data });
}
