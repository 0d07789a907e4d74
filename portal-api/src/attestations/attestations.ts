// SPDX-License-Identifier: Apache-2.0
// What the owner of an order does with it. Rows are locked in one order everywhere: work, attestation, payment.
import type { z } from 'zod';
import type { Database, Transaction } from '../db/database.ts';
import { jsonOf } from '../db/json.ts';
import { transition } from '../db/transition.ts';
import { agreedDiscount, type Quotes } from '../discounts/index.ts';
import { DomainError, refuseFields } from '../errors.ts';
import type { Fonts } from '../fonts/index.ts';
import { actingFor, actorOf, type Owner, ownedBy } from '../http/members.ts';
import { picturesToHash } from '../likeness/index.ts';
import { type CounterFiling, submitterOf } from '../orders/index.ts';
import { holderIdsOf, type Person, regionOf } from '../parties/index.ts';
import { closeOpenPayment } from '../payments/index.ts';
import { withdrawRequest } from '../refund-requests/index.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import { chosenFileFaults, lockWorkFiles, type Work, type WorkStore } from '../works/index.ts';
import { attestationMachine, EDITABLE, SUBMISSION_ENTRY_TOPIC } from './attestation.ts';
import type { AttestationForm, orderChoicesSchema } from './attestations.schema.ts';
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
import { freezeContent } from './content.ts';

interface Target {
  id: string;
  version: number;
}

export interface Attestations {
  /** A draft made of the work; the one there is, when there is one. Throws `state-conflict` while an order is under way. */
  create(owner: Owner, workId: string): Promise<string>;
  update(owner: Owner, target: Target, form: AttestationForm): Promise<void>;
  /** Freezes content and price. Throws `price-changed` unless `priceFen`, which was shown, is the price of now. */
  submit(owner: Owner, target: Target & { priceFen: number }, filing?: CounterFiling): Promise<void>;
  /** 窗口代办: an order of a work that has none, made and submitted at once. Throws `state-conflict` where there is one, also a draft. */
  file(owner: Owner, order: OrderToFile, filing: CounterFiling): Promise<void>;
  /** After a return: freezes the content again, as the next round. */
  resubmit(owner: Owner, target: Target): Promise<void>;
  cancel(owner: Owner, id: string): Promise<void>;
  remove(owner: Owner, id: string): Promise<void>;
  /** Whether a file finds the order's certificate, now or later: changes nothing that is on record. */
  allowFileLookup(owner: Owner, id: string, isFoundByFile: boolean): Promise<void>;
}

/** What the work does not say, and the price that was shown. */
export interface OrderToFile {
  workId: string;
  priceFen: number;
  choices: z.output<typeof orderChoicesSchema>;
}

export interface AttestationParts {
  db: Database;
  works: WorkStore;
  fonts: Fonts;
  rightHolders: Pick<ChosenHolders, 'choose'>;
  quotes: Pick<Quotes, 'agree'>;
  /** The verified party that owns an order. */
  person(owner: Owner): Promise<Person | undefined>;
}

export function createAttestations(parts: AttestationParts): Attestations {
  const { db } = parts;
  return {
    create: async (owner, workId) => {
      const work = await parts.works.find(owner, workId);
      return db.transaction(async (tx) => {
        await parts.works.lockOwn(tx, owner, work.id);
        const live = await liveOrderOf(tx.prisma, work.id);
        return live?.isDraft ? live.id : create(tx, { owner, work, isTaken: live !== undefined });
      });
    },

    update: (owner, { id, version }, form) =>
      db.transaction(async (tx) => {
        const order = await lockAttestation(tx, { id, owner });
        requireEditable(order, version);
        refuseFields(chosenFileFaults(form, await lockWorkFiles(tx.prisma, order.workId), { isDraft: true }));
        await saveForm(tx.prisma, id, form);
        record(tx, owner, order, 'save');
      }),

    submit: (owner, { priceFen, ...target }, filing) =>
      submit(parts, owner, target, { event: 'submit', priceFen, filing }),
    file: (owner, order, filing) => file(parts, owner, order, filing),
    resubmit: (owner, target) => submit(parts, owner, target, { event: 'resubmit' }),

    cancel: (owner, id) =>
      db.transaction(async (tx) => {
        await lockAttestation(tx, { id, owner });
        const actor = actorOf(owner);
        await transition(tx, attestationMachine, { id, event: 'cancel', actor, detail: actingFor(owner) });
        await closeOpenPayment(tx, { order: { attestationId: id }, actor });
      }),

    remove: (owner, id) =>
      db.transaction(async (tx) => {
        const order = await lockAttestation(tx, { id, owner });
        if (order.state !== 'DRAFT')
          throw new DomainError('state-conflict', { record: 'attestation', event: 'delete' });
        await eraseAttestation(tx.prisma, id);
        record(tx, owner, order, 'delete');
      }),

    allowFileLookup: (owner, id, isFoundByFile) =>
      db.transaction(async (tx) => {
        await lockAttestation(tx, { id, owner });
        if (!(await saveFileLookup(tx.prisma, id, isFoundByFile))) return;
        const entry = { actor: actorOf(owner), subject: `attestation:${id}`, action: 'attestation.file-lookup' };
        tx.record({ ...entry, detail: { isFoundByFile, ...actingFor(owner) } });
      }),
  };
}

interface NewOrder {
  owner: Owner;
  work: Work;
  /** The work has an order that is not at its end. */
  isTaken: boolean;
  choices?: OrderToFile['choices'];
  filing?: CounterFiling;
}

/** The caller holds the lock of the work. */
async function create(tx: Transaction, { owner, work, isTaken, choices, filing }: NewOrder): Promise<string> {
  if (isTaken || work.state !== 'ARCHIVED')
    throw new DomainError('state-conflict', { record: 'attestation', event: 'create' });
  const form = { ...formOf(work), ...choices };
  const id = await insertAttestation(tx.prisma, { owner, workId: work.id, form });
  tx.record({ action: 'attestation.create', subject: `attestation:${id}`, ...submitterOf(owner, filing) });
  return id;
}

async function file(
  parts: AttestationParts,
  owner: Owner,
  { workId, priceFen, choices }: OrderToFile,
  filing: CounterFiling,
): Promise<void> {
  const work = await parts.works.find(owner, workId);
  const self = await requirePerson(parts, owner);
  await parts.db.transaction(async (tx) => {
    await parts.works.lockOwn(tx, owner, workId);
    const isTaken = (await liveOrderOf(tx.prisma, workId)) !== undefined;
    const id = await create(tx, { owner, work, isTaken, choices, filing });
    const target = { id, version: 1 };
    await submitOrder(tx, parts, { owner, self, workId, target }, { event: 'submit', priceFen, filing });
  });
}

async function requirePerson({ person }: AttestationParts, owner: Owner): Promise<Person> {
  const self = await person(owner);
  if (!self) throw new DomainError('identity-required');
  return self;
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

type Submission =
  | { event: 'submit'; priceFen: number; filing: CounterFiling | undefined }
  | { event: 'resubmit'; priceFen?: undefined; filing?: undefined };

async function submit(parts: AttestationParts, owner: Owner, target: Target, submission: Submission): Promise<void> {
  const workId = await workOf(parts.db, { id: target.id, owner });
  const self = await requirePerson(parts, owner);
  await parts.db.transaction(async (tx) => {
    await parts.works.lockOwn(tx, owner, workId);
    await submitOrder(tx, parts, { owner, self, workId, target }, submission);
  });
}

/** The caller holds the lock of the work. */
async function submitOrder(
  tx: Transaction,
  parts: AttestationParts,
  { owner, self, workId, target: { id, version } }: { owner: Owner; self: Person; workId: string; target: Target },
  { event, priceFen: shown, filing }: Submission,
): Promise<void> {
  const { fonts, rightHolders } = parts;
  const order = await lockAttestation(tx, { id, owner });
  const isInPlace = order.state === (event === 'submit' ? 'DRAFT' : 'RETURNED');
  if (!isInPlace) throw new DomainError('state-conflict', { record: 'attestation', event });
  requireEditable(order, version);
  const discount = event === 'submit' ? await agreedPrice(tx, parts, owner, shown) : {};
  const { form } = order;
  const holders = await rightHolders.choose(tx, owner, holderIdsOf([...form.depositors, ...form.authors]));
  const content = await freezeContent(tx, { workId, form, person: self, holders, fonts });
  const round = event === 'submit' ? 1 : order.round + 1;
  const before = order.frozen?.content;
  const at = new Date();
  await insertRound(tx.prisma, { id, round, at });
  // Whoever submits again wants the service, and not the money.
  await withdrawRequest(tx, { order: { attestationId: id }, actor: actorOf(owner), detail: actingFor(owner) });
  const { actor, detail } = submitterOf(owner, filing);
  await transition(tx, attestationMachine, {
    id,
    event,
    actor,
    set: {
      round,
      version: version + 1,
      frozen: jsonOf({ content, before }),
      region: regionOf(form.depositors, self, holders),
      ...(event === 'submit' ? { submittedAt: at, priceFen: shown, ...discount } : {}),
    },
    detail: { round, ...(event === 'submit' && { priceFen: shown, ...discount }), ...detail },
    outbox: [
      ...picturesToHash([...content.files, ...content.display]),
      // The first round's entry is made when it is paid for.
      ...(event === 'submit' ? [] : [{ topic: SUBMISSION_ENTRY_TOPIC, payload: { attestationId: id, round } }]),
    ],
  });
  await filing?.note(tx, { attestationId: id });
}

/** Nobody pays another price than the one they saw. A new one that is saved in this moment counts for the next order. */
async function agreedPrice(tx: Transaction, { quotes }: AttestationParts, owner: Owner, shown: number) {
  const quote = await quotes.agree(tx, 'attestation', owner);
  if (shown !== quote.priceFen) throw new DomainError('price-changed', { priceFen: quote.priceFen });
  return agreedDiscount(quote);
}

async function workOf(db: Database, { id, owner }: { id: string; owner: Owner }): Promise<string> {
  const row = await db.prisma.attestation.findUnique({ where: { id, ...ownedBy(owner) }, select: { workId: true } });
  if (!row) throw new DomainError('attestation-not-found');
  return row.workId;
}

function requireEditable({ state, version }: AttestationRecord, seen: number): void {
  if (!EDITABLE.includes(state)) throw new DomainError('state-conflict', { record: 'attestation', event: 'save' });
  if (version !== seen) throw new DomainError('version-conflict', { version });
}

function record(tx: Transaction, owner: Owner, { id, version }: AttestationRecord, action: string): void {
  const entry = { actor: actorOf(owner), action: `attestation.${action}`, subject: `attestation:${id}` };
  tx.record({ ...entry, detail: { version, ...actingFor(owner) } });
}
