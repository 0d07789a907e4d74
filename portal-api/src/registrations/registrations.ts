// SPDX-License-Identifier: Apache-2.0
// What the owner of a registration does with it. Rows are locked in one order everywhere: work, registration, payment.
import type { Database, Db, Transaction } from '../db/database.ts';
import { jsonOf } from '../db/json.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { agreedDiscount, type Quote, type Quotes } from '../discounts/index.ts';
import { DomainError, refuseFields } from '../errors.ts';
import type { Fonts } from '../fonts/index.ts';
import { actingFor, actorOf, type Owner, ownedBy } from '../http/members.ts';
import { type CounterFiling, submitterOf } from '../orders/index.ts';
import { holderIdsOf, type Person, regionOf } from '../parties/index.ts';
import { closeOpenPayment, giveBack } from '../payments/index.ts';
import { openRequestOf, withdrawRequest } from '../refund-requests/index.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import type { Work, WorkStore } from '../works/index.ts';
import { documentFileFaults } from './chosen-documents.ts';
import { choicesOf, freezeContent } from './content.ts';
import { EDITABLE, RETURNED, registrationMachine } from './registration.ts';
import { type RegistrationForm, registrationFormSchema } from './registrations.schema.ts';
import {
  attestedTitle,
  eraseRegistration,
  insertRegistration,
  insertRound,
  isReviewed,
  liveRegistrationOf,
  lockRegistration,
  type RegistrationRecord,
  saveForm,
  waivingPayment,
} from './registrations.store.ts';

interface Target {
  id: string;
  version: number;
}

export interface Registrations {
  /** A draft made of the work; the one there is, when there is one. Throws `state-conflict` while one is under way, or registered. */
  create(owner: Owner, workId: string): Promise<string>;
  update(owner: Owner, target: Target, form: RegistrationForm): Promise<void>;
  /** Throws what the submission would. */
  requireComplete(owner: Owner, id: string): Promise<void>;
  /** Freezes content and price. Throws `price-changed` unless `priceFen`, which was shown, is the price of now. */
  submit(owner: Owner, target: Target & { priceFen: number }, filing?: CounterFiling): Promise<void>;
  /** After a return: freezes the content again, as the next round, for whoever returned it. */
  resubmit(owner: Owner, target: Target): Promise<void>;
  /** What was paid goes back while nobody has reviewed it. */
  withdraw(owner: Owner, id: string): Promise<void>;
  remove(owner: Owner, id: string): Promise<void>;
}

export interface RegistrationParts {
  db: Database;
  works: WorkStore;
  fonts: Fonts;
  rightHolders: Pick<ChosenHolders, 'choose'>;
  quotes: Quotes;
  /** Of the site, two digits of GB/T 2260. */
  homeProvince: string;
  /** The verified party that owns a registration. */
  person(owner: Owner): Promise<Person | undefined>;
}

export function createRegistrations(parts: RegistrationParts): Registrations {
  const { db, works } = parts;
  return {
    create: async (owner, workId) => {
      const [work, self] = [await works.find(owner, workId), await parts.person(owner)];
      return db.transaction((tx) => create(tx, parts, owner, { work, self }));
    },

    update: (owner, { id, version }, form) =>
      db.transaction(async (tx) => {
        const registration = await lockRegistration(tx, { id, owner });
        requireEditable(registration, version);
        const ids = form.documents.map(({ uploadId }) => uploadId);
        refuseFields(documentFileFaults(form, await works.lockUploads(tx, owner, ids), { isDraft: true }));
        await saveForm(tx.prisma, id, form);
        record(tx, owner, registration, 'save');
      }),

    async requireComplete(owner, id) {
      const self = await requirePerson(parts, owner);
      await db.transaction(async (tx) => {
        const registration = await lockRegistration(tx, { id, owner });
        if (!EDITABLE.includes(registration.state)) throw conflict('complete');
        await freeze(tx, parts, owner, { registration, self });
      });
    },

    submit: (owner, target, filing) => submit(parts, owner, target, filing),
    resubmit: (owner, target) => resubmit(parts, owner, target),

    withdraw: (owner, id) =>
      db.transaction(async (tx) => {
        await lockRegistration(tx, { id, owner });
        // Withdrawn, it would keep the money that its owner asks for.
        if (await openRequestOf(tx.prisma, { registrationId: id })) throw new DomainError('refund-request-open');
        const actor = actorOf(owner);
        await transition(tx, registrationMachine, { id, event: 'withdraw', actor, detail: actingFor(owner) });
        await closeOpenPayment(tx, { order: { registrationId: id }, actor });
        if (!(await isReviewed(tx.prisma, id))) await giveBack(tx, { order: { registrationId: id }, actor });
      }),

    remove: (owner, id) =>
      db.transaction(async (tx) => {
        const registration = await lockRegistration(tx, { id, owner });
        if (registration.state !== 'DRAFT') throw conflict('delete');
        await eraseRegistration(tx.prisma, id);
        record(tx, owner, registration, 'delete');
      }),
  };
}

export interface Fee extends Pick<Quote, 'priceFen' | 'discount'> {
  /** The payment of the work's attestation, when that makes the registration free. */
  waivedBy: { paymentId: string; orderNumber: string } | undefined;
}

/** 如作品已完成确权支付，则无须进行版权登记支付. */
export async function feeOf(
  db: Db,
  { quotes }: Pick<RegistrationParts, 'quotes'>,
  { owner, workId }: { owner: Owner; workId: string },
): Promise<Fee> {
  const waivedBy = await waivingPayment(db, workId);
  if (waivedBy) return { ...FREE, waivedBy };
  return { ...(await quotes.quote(db, 'registration', owner)), waivedBy };
}

/** A discount is not used up where nothing is paid anyway. */
const FREE = { priceFen: 0, discount: null } as const;

async function create(
  tx: Transaction,
  { works }: RegistrationParts,
  owner: Owner,
  { work, self }: { work: Work; self: Person | undefined },
): Promise<string> {
  await works.lockOwn(tx, owner, work.id);
  const live = await liveRegistrationOf(tx.prisma, work.id);
  if (live?.isDraft) return live.id;
  if (live || work.state !== 'ARCHIVED') throw conflict('create');
  const title = (await attestedTitle(tx.prisma, work.id)) ?? work.title;
  const id = await insertRegistration(tx.prisma, { owner, workId: work.id, form: formOf({ ...work, title }, self) });
  const entry = { actor: actorOf(owner), action: 'registration.create', subject: `registration:${id}` };
  tx.record({ ...entry, detail: actingFor(owner) });
  return id;
}

/** What the work says already, or its attestation says better, need not be typed again. */
function formOf(work: Work, self: Person | undefined): RegistrationForm {
  const { title, intro, workType, tags, completedOn } = work;
  const member = [{ source: 'self' as const }];
  return registrationFormSchema.parse({
    title,
    intro,
    workType,
    tags,
    completedOn,
    creationNature: 'ORIGINAL',
    acquisition: 'ORIGINAL',
    owners: member,
    authors: member,
    applicants: member,
    selfRegion: self?.county ?? null,
    documents: work.files.map(({ uploadId }) => ({ kind: 'SAMPLE', uploadId })),
  });
}

async function submit(
  parts: RegistrationParts,
  owner: Owner,
  { id, version, priceFen: shown }: Target & { priceFen: number },
  filing: CounterFiling | undefined,
): Promise<void> {
  const { db, works } = parts;
  const workId = await workOf(db, { id, owner });
  const self = await requirePerson(parts, owner);
  await db.transaction(async (tx) => {
    await works.lockOwn(tx, owner, workId);
    const registration = await lockRegistration(tx, { id, owner });
    if (registration.state !== 'DRAFT') throw conflict('submit');
    requireEditable(registration, version);
    const { priceFen, waivedBy, discount } = await agreedFee(tx, parts, { owner, workId, shown });
    const agreed = { priceFen, ...agreedDiscount({ discount }) };
    const { content, region } = await freeze(tx, parts, owner, { registration, self });
    const at = new Date();
    await insertRound(tx.prisma, { id, round: 1, at });
    const { actor, detail } = submitterOf(owner, filing);
    await transition(tx, registrationMachine, {
      id,
      event: priceFen === 0 ? 'submit-free' : 'submit',
      actor,
      set: {
        version: version + 1,
        frozen: jsonOf({ content }),
        region,
        submittedAt: at,
        ...(priceFen === 0 && { acceptedAt: at }),
        ...agreed,
        ...(waivedBy && { waivedByPaymentId: waivedBy.paymentId }),
      },
      detail: { round: 1, ...agreed, ...(waivedBy && { waivedBy: waivedBy.paymentId }), ...detail },
    });
    await filing?.note(tx, { registrationId: id });
  });
}

async function resubmit(parts: RegistrationParts, owner: Owner, { id, version }: Target): Promise<void> {
  const { db, works } = parts;
  const workId = await workOf(db, { id, owner });
  const self = await requirePerson(parts, owner);
  await db.transaction(async (tx) => {
    await works.lockOwn(tx, owner, workId);
    const registration = await lockRegistration(tx, { id, owner });
    if (!RETURNED.includes(registration.state)) throw conflict('resubmit');
    requireEditable(registration, version);
    const { content, region } = await freeze(tx, parts, owner, { registration, self });
    const round = registration.round + 1;
    const at = new Date();
    await insertRound(tx.prisma, { id, round, at });
    // Whoever submits again wants the service, and not the money.
    await withdrawRequest(tx, { order: { registrationId: id }, actor: actorOf(owner), detail: actingFor(owner) });
    await transition(tx, registrationMachine, {
      id,
      event: 'resubmit',
      actor: actorOf(owner),
      set: {
        round,
        version: version + 1,
        acceptedAt: at,
        frozen: jsonOf({ content, before: registration.frozen?.content }),
        region,
      },
      detail: { round, ...actingFor(owner) },
    });
  });
}

async function freeze(
  tx: Transaction,
  { works, fonts, rightHolders, homeProvince }: RegistrationParts,
  owner: Owner,
  { registration: { form, workId }, self }: { registration: RegistrationRecord; self: Person },
) {
  const holders = await rightHolders.choose(tx, owner, holderIdsOf(choicesOf(form)));
  const submitted = { owner, workId, form, person: self, holders, fonts, works, homeProvince };
  const content = await freezeContent(tx, submitted);
  const applicant = { ...self, region: form.selfRegion?.slice(0, 4) ?? self.region };
  return { content, region: regionOf(form.applicants, applicant, holders) };
}

/** Nobody pays another price than the one they saw. A payment that waives it is held, so that it is not given back meanwhile. */
async function agreedFee(
  tx: Transaction,
  { quotes }: RegistrationParts,
  { owner, workId, shown }: { owner: Owner; workId: string; shown: number },
): Promise<Fee> {
  const found = await waivingPayment(tx.prisma, workId);
  if (found) await lockRow(tx, 'payment', found.paymentId);
  const waivedBy = found && (await waivingPayment(tx.prisma, workId));
  const fee = waivedBy ? FREE : await quotes.agree(tx, 'registration', owner);
  if (fee.priceFen !== shown) throw new DomainError('price-changed', { priceFen: fee.priceFen });
  return { ...fee, waivedBy };
}

/** Throws `identity-required`. */
export async function requirePerson({ person }: Pick<RegistrationParts, 'person'>, owner: Owner): Promise<Person> {
  const self = await person(owner);
  if (!self) throw new DomainError('identity-required');
  return self;
}

async function workOf(db: Database, { id, owner }: { id: string; owner: Owner }): Promise<string> {
  const row = await db.prisma.registration.findUnique({ where: { id, ...ownedBy(owner) }, select: { workId: true } });
  if (!row) throw new DomainError('registration-not-found');
  return row.workId;
}

function requireEditable({ state, version }: RegistrationRecord, seen: number): void {
  if (!EDITABLE.includes(state)) throw conflict('save');
  if (version !== seen) throw new DomainError('version-conflict', { version });
}

const conflict = (event: string) => new DomainError('state-conflict', { record: 'registration', event });

function record(tx: Transaction, owner: Owner, { id, version }: RegistrationRecord, action: string): void {
  const entry = { actor: actorOf(owner), action: `registration.${action}`, subject: `registration:${id}` };
  tx.record({ ...entry, detail: { version, ...actingFor(owner) } });
}
