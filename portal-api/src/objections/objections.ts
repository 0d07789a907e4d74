// SPDX-License-Identifier: Apache-2.0
// Who files an objection, answers and withdraws it, and records its outcome. All of it happens under the lock of the order.
import { dayInChina } from '../china-time.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { DomainError, type FieldError, refuseFields } from '../errors.ts';
import { actingFor, actorOf, isOwnedBy, type Owner } from '../http/members.ts';
import { notify, type Recipient } from '../notifications/index.ts';
import { lockRecord, NAMED_ORDER, namedOrder, newOrderNumber, orderIdOf, ordersNamed } from '../orders/index.ts';
import { recordUpheld } from '../rights-events/index.ts';
import { documentFault, isOwnRecord, type WorkStore } from '../works/index.ts';
import { ANSWER_MS, objectionMachine, UNDECIDED } from './objection.ts';
import type { ObjectionDecision, ObjectionForm } from './objections.schema.ts';

interface Parts {
  db: Database;
  works: Pick<WorkStore, 'lockUploads'>;
}

/** Answers the id. Throws `forbidden` for an own certificate, `objection-open` while another of the same party is undecided. */
export function fileObjection({ db, works }: Parts, owner: Owner, form: ObjectionForm): Promise<string> {
  return db.transaction(async (tx) => {
    const isCertified = async (order: object) =>
      (await tx.prisma.certificate.count({ where: { ...order, issuedAt: { not: null } } })) > 0;
    const { orders } = await ordersNamed(tx.prisma, [form.number], isCertified);
    const [order] = orders;
    const uploads = await works.lockUploads(tx, owner, form.documents);
    refuseFields([
      ...(order ? [] : [{ field: 'number', code: 'not-found' as const }]),
      ...documentFaults(form, uploads),
    ]);
    if (!order) throw new DomainError('number-not-found');
    await lockRecord(tx, order);
    const id = newId();
    const { reason, words, documents } = form;
    if ((await tx.prisma.objection.count({ where: { ...order, ...owner, state: { in: UNDECIDED } } })) > 0)
      throw new DomainError('objection-open');
    const answerUntil = new Date(Date.now() + ANSWER_MS);
    await tx.prisma.objection.createMany({
      data: [{ id, objectionNumber: newOrderNumber(), ...owner, ...order, reason, words, answerUntil }],
    });
    const files = documents.map((uploadId, position) => ({ objectionId: id, uploadId, position }));
    await tx.prisma.objectionFile.createMany({ data: files });
    const { target, data } = await sidesOf(tx, id);
    if (isOwnedBy(target, owner) || (await isOwnRecord(tx.prisma, target, owner.accountId)))
      throw new DomainError('forbidden');
    tx.record({
      actor: actorOf(owner),
      action: 'objection.file',
      subject: `objection:${id}`,
      detail: { orderId: orderIdOf(order), reason, ...actingFor(owner) },
    });
    await tell(tx, id, target, { kind: 'objection-filed', data: { ...data, deadline: answerUntil.toISOString() } });
    return id;
  });
}

function documentFaults({ documents }: ObjectionForm, uploads: Parameters<typeof documentFault>[1]): FieldError[] {
  return documents.flatMap((uploadId, index) => {
    const document = { uploadId, before: documents.slice(0, index), isPaper: true };
    const fault = documentFault(document, uploads, { isDraft: false });
    return fault ? [{ field: `documents.${index}`, ...fault }] : [];
  });
}

export function answerObjection(
  db: Database,
  owner: Owner,
  { id, words }: { id: string; words: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    const { target, filer, data } = await lockObjection(tx, id);
    if (!isOwnedBy(target, owner)) throw new DomainError('objection-not-found');
    const by = { actor: actorOf(owner), detail: actingFor(owner) };
    const set = { answer: words, answeredAt: new Date() };
    await transition(tx, objectionMachine, { id, event: 'answer', ...by, set });
    await tell(tx, id, filer, { kind: 'objection-answered', data });
  });
}

export function withdrawObjection(db: Database, owner: Owner, id: string): Promise<void> {
  return db.transaction(async (tx) => {
    const { filer } = await lockObjection(tx, id);
    if (!isOwnedBy(filer, owner)) throw new DomainError('objection-not-found');
    const by = { actor: actorOf(owner), detail: actingFor(owner) };
    await transition(tx, objectionMachine, { id, event: 'withdraw', ...by });
  });
}

/** Throws `forbidden` for one of the two sides, `review-conflict` while the owner may still answer, and when it was decided. */
export function decideObjection(
  db: Database,
  staffId: string,
  { id, isUpheld, words }: ObjectionDecision & { id: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    const workId = await lockWorkOf(tx, id);
    const { target, filer, data, state, answerUntil, reason } = await lockObjection(tx, id);
    for (const side of [target, filer])
      if (await isOwnRecord(tx.prisma, side, staffId)) throw new DomainError('forbidden');
    const isDue = state === 'ANSWERED' || (state === 'OPEN' && answerUntil <= new Date());
    if (!isDue) throw new DomainError('review-conflict', { state });
    const decidedAt = new Date();
    const set = { decidedBy: staffId, decidedAt, decisionWords: words };
    const event = isUpheld ? 'uphold' : 'dismiss';
    await transition(tx, objectionMachine, { id, event, actor: `account:${staffId}`, set });
    if (isUpheld) {
      const { number: certificateNumber, objectionNumber } = data;
      const facts = { objectionNumber, reason, certificateNumber, upheldOn: dayInChina(decidedAt) };
      await recordUpheld(tx, { workId, owner: target, facts: { kind: 'OBJECTION', ...facts } });
    }
    for (const side of [target, filer])
      await tell(tx, id, side, { kind: 'objection-decided', data: { ...data, isUpheld, words } });
  });
}

/** Works are locked before orders, everywhere. Answers the id of the work. Throws `objection-not-found`. */
async function lockWorkOf(tx: Transaction, id: string): Promise<string> {
  const select = { attestation: OF_WORK, registration: OF_WORK };
  const row = await tx.prisma.objection.findUnique({ where: { id }, select });
  const order = row?.attestation ?? row?.registration;
  if (!order) throw new DomainError('objection-not-found');
  await lockRow(tx, 'work', order.workId);
  return order.workId;
}

const OF_WORK = { select: { workId: true } } as const;

/** Throws `objection-not-found`. */
async function lockObjection(tx: Transaction, id: string) {
  const row = await tx.prisma.objection.findUnique({ where: { id }, select: NAMED_ORDER });
  if (!row) throw new DomainError('objection-not-found');
  await lockRecord(tx, namedOrder(row).key);
  return sidesOf(tx, id);
}

async function sidesOf({ prisma }: Transaction, id: string) {
  const row = await prisma.objection.findUniqueOrThrow({
    where: { id },
    select: {
      ...{ state: true, answerUntil: true, objectionNumber: true, accountId: true, organisationId: true },
      ...{ ...NAMED_ORDER, reason: true },
    },
  });
  const { owner: target, certificateNumber } = namedOrder(row);
  const { accountId, organisationId, state, answerUntil, reason } = row;
  const data = { number: certificateNumber ?? '', objectionNumber: String(row.objectionNumber) };
  return { target, filer: { accountId, organisationId }, data, state, answerUntil, reason };
}

type Told = Parameters<typeof notify<'objection-filed' | 'objection-answered' | 'objection-decided'>>[1];

const tell = (tx: Transaction, id: string, to: Recipient, told: Pick<Told, 'kind' | 'data'>) =>
  notify(tx, { ...told, to, subject: `objection:${id}` });
