// SPDX-License-Identifier: Apache-2.0
// What the owner of an order does with it. Rows are locked in one order everywhere: work, attestation, payment.
import type { Database, Transaction } from '../db/database.ts';
import { jsonOf } from '../db/json.ts';
import { transition } from '../db/transition.ts';
import { DomainError, refuseFields } from '../errors.ts';
import type { Fonts } from '../fonts/index.ts';
import { closeOpenPayment } from '../payments/index.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import type { Work, WorkStore } from '../works/index.ts';
import { attestationMachine, EDITABLE, SUBMISSION_ENTRY_TOPIC } from './attestation.ts';
import type { AttestationForm } from './attestations.schema.ts';
import {
  type AttestationRecord,
  eraseAttestation,
  insertAttestation,
  insertRound,
  liveOrderOf,
  lockAttestation,
  saveFileLookup,
  saveForm,
} from './attestations.store.ts';
import { holderIdsOf } from './chosen-parties.ts';
import { lockWorkFiles } from './content.sql.ts';
import { fileFaults, freezeContent, type Person } from './content.ts';

interface Target {
  id: string;
  version: number;
}

export interface Attestations {
  /** A draft made of the work; the one there is, when there is one. Throws `state-conflict` while an order is under way. */
  create(accountId: string, workId: string): Promise<string>;
  update(accountId: string, target: Target, form: AttestationForm): Promise<void>;
  /** Freezes the content. */
  submit(accountId: string, target: Target): Promise<void>;
  /** After a return: freezes the content again, as the next round. */
  resubmit(accountId: string, target: Target): Promise<void>;
  cancel(accountId: string, id: string): Promise<void>;
  remove(accountId: string, id: string): Promise<void>;
  /** Whether a file finds the order's certificate, now or later: changes nothing that is on record. */
  allowFileLookup(accountId: string, id: string, isFoundByFile: boolean): Promise<void>;
}

export interface AttestationParts {
  db: Database;
  works: WorkStore;
  fonts: Fonts;
  rightHolders: Pick<ChosenHolders, 'choose'>;
  /** The verified person behind an account. */
  person(accountId: string): Promise<Person | undefined>;
}

export function createAttestations(parts: AttestationParts): Attestations {
  const { db } = parts;
  return {
    create: async (accountId, workId) => {
      const work = await parts.works.find(accountId, workId);
      return db.transaction((tx) => create(tx, parts, accountId, work));
    },

    update: (accountId, { id, version }, form) =>
      db.transaction(async (tx) => {
        const order = await lockAttestation(tx, { id, accountId });
        requireEditable(order, version);
        refuseFields(fileFaults(form, await lockWorkFiles(tx.prisma, order.workId), { isDraft: true }));
        await saveForm(tx.prisma, id, form);
        record(tx, order, 'save');
      }),

    submit: (accountId, target) => submit(parts, accountId, target, 'submit'),
    resubmit: (accountId, target) => submit(parts, accountId, target, 'resubmit'),

    cancel: (accountId, id) =>
      db.transaction(async (tx) => {
        await lockAttestation(tx, { id, accountId });
        const actor = `account:${accountId}`;
        await transition(tx, attestationMachine, { id, event: 'cancel', actor });
        await closeOpenPayment(tx, { attestationId: id, actor });
      }),

    remove: (accountId, id) =>
      db.transaction(async (tx) => {
        const order = await lockAttestation(tx, { id, accountId });
        if (order.state !== 'DRAFT')
          throw new DomainError('state-conflict', { record: 'attestation', event: 'delete' });
        await eraseAttestation(tx.prisma, id);
        record(tx, order, 'delete');
      }),

    allowFileLookup: (accountId, id, isFoundByFile) =>
      db.transaction(async (tx) => {
        await lockAttestation(tx, { id, accountId });
        if (!(await saveFileLookup(tx.prisma, id, isFoundByFile))) return;
        const entry = { actor: `account:${accountId}`, subject: `attestation:${id}`, detail: { isFoundByFile } };
        tx.record({ ...entry, action: 'attestation.file-lookup' });
      }),
  };
}

async function create(tx: Transaction, { works }: AttestationParts, accountId: string, work: Work): Promise<string> {
  await works.lockOwn(tx, accountId, work.id);
  const live = await liveOrderOf(tx.prisma, work.id);
  if (live?.isDraft) return live.id;
  if (live || work.state !== 'ARCHIVED')
    throw new DomainError('state-conflict', { record: 'attestation', event: 'create' });
  const id = await insertAttestation(tx.prisma, { accountId, workId: work.id, form: formOf(work) });
  tx.record({ actor: `account:${accountId}`, action: 'attestation.create', subject: `attestation:${id}` });
  return id;
}

/** What the work says already need not be typed again. */
function formOf(work: Work): AttestationForm {
  return {
    title: work.title,
    intro: work.intro,
    depositors: [{ source: 'self' }],
    authors: [{ source: 'self' }],
    creationNature: 'ORIGINAL',
    creationNote: '',
    workType: work.workType,
    workTypeNote: '',
    tags: work.tags,
    acquisition: 'ORIGINAL',
    term: { kind: 'PERMANENT' },
    completedOn: work.completedOn,
    files: work.files.map(({ uploadId }) => ({ uploadId })),
    display: work.display.map(({ uploadId }) => ({ uploadId })),
  };
}

async function submit(
  { db, works, fonts, person, rightHolders }: AttestationParts,
  accountId: string,
  { id, version }: Target,
  event: 'submit' | 'resubmit',
): Promise<void> {
  const self = await person(accountId);
  if (!self) throw new DomainError('identity-required');
  const workId = await workOf(db, { id, accountId });
  await db.transaction(async (tx) => {
    await works.lockOwn(tx, accountId, workId);
    const order = await lockAttestation(tx, { id, accountId });
    const isInPlace = order.state === (event === 'submit' ? 'DRAFT' : 'RETURNED');
    if (!isInPlace) throw new DomainError('state-conflict', { record: 'attestation', event });
    requireEditable(order, version);
    const { form } = order;
    const holders = await rightHolders.choose(tx, { accountId, organisationId: null }, holderIdsOf(form));
    const content = await freezeContent(tx, { workId, form, person: self, holders, fonts });
    const round = event === 'submit' ? 1 : order.round + 1;
    const before = order.frozen?.content;
    const at = new Date();
    await insertRound(tx.prisma, { id, round, at });
    await transition(tx, attestationMachine, {
      id,
      event,
      actor: `account:${accountId}`,
      set: {
        round,
        version: version + 1,
        frozen: jsonOf({ content, before }),
        ...(event === 'submit' ? { submittedAt: at } : {}),
      },
      detail: { round },
      // The first round's entry is made when it is paid for.
      outbox: event === 'submit' ? [] : [{ topic: SUBMISSION_ENTRY_TOPIC, payload: { attestationId: id, round } }],
    });
  });
}

async function workOf(db: Database, { id, accountId }: { id: string; accountId: string }): Promise<string> {
  const row = await db.prisma.attestation.findUnique({ where: { id, accountId }, select: { workId: true } });
  if (!row) throw new DomainError('attestation-not-found');
  return row.workId;
}

function requireEditable({ state, version }: AttestationRecord, seen: number): void {
  if (!EDITABLE.includes(state)) throw new DomainError('state-conflict', { record: 'attestation', event: 'save' });
  if (version !== seen) throw new DomainError('version-conflict', { version });
}

function record(tx: Transaction, { id, accountId, version }: AttestationRecord, action: string): void {
  const entry = { actor: `account:${accountId}`, action: `attestation.${action}`, subject: `attestation:${id}` };
  tx.record({ ...entry, detail: { version } });
}
