// SPDX-License-Identifier: Apache-2.0
// A member comes to the counter with a draft; staff finds it by the member's user number and the number of the draft, and submits
// it for them. What is submitted, at what price and with which faults, is the same as when its owner does.
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { Owner } from '../http/members.ts';
import { notify } from '../notifications/index.ts';
import { type CounterFiling, type OrderKey, type OrderKind, orderIdOf, titleIn } from '../orders/index.ts';
import { isOwnRecord } from '../works/index.ts';
import type { FilingForm } from './counter.schema.ts';
import { holdMandate } from './mandates.ts';

interface Target {
  id: string;
  version: number;
  priceFen: number;
}

/** Of each kind of order: as its owner submits it. */
export type Submit = (owner: Owner, target: Target, filing: CounterFiling) => Promise<void>;

export interface FilingParts {
  db: Database;
  submit: Readonly<Record<OrderKind, Submit>>;
}

export interface Draft {
  kind: OrderKind;
  id: string;
  version: number;
  workId: string;
  owner: Owner;
  form: unknown;
  files: number;
}

/** Throws `order-not-found`, also for one of somebody else, and for what was submitted or never existed. */
export async function findDraft(
  { prisma }: { prisma: Db },
  { userNumber, orderNumber }: Pick<FilingForm, 'userNumber' | 'orderNumber'>,
): Promise<Draft> {
  const where = {
    orderNumber: BigInt(orderNumber || '0'),
    account: { userNumber: Number(userNumber.slice(2)) },
    state: 'DRAFT' as const,
  };
  const select = { id: true, version: true, workId: true, accountId: true, organisationId: true, form: true } as const;
  const work = { select: { _count: { select: { files: { where: { role: 'FILE' as const } } } } } };
  const attestation = await prisma.attestation.findFirst({ where, select: { ...select, work } });
  const row = attestation ?? (await prisma.registration.findFirst({ where, select: { ...select, work } }));
  if (!row) throw new DomainError('order-not-found');
  const { accountId, organisationId, id, version, workId, form } = row;
  const kind = attestation ? 'attestation' : 'registration';
  return { kind, id, version, workId, owner: { accountId, organisationId }, form, files: row.work._count.files };
}

/** Answers the id of the filing. Throws `forbidden` for a draft of one's own. */
export async function fileOrder(
  { db, submit }: FilingParts,
  { staffId, form }: { staffId: string; form: FilingForm },
): Promise<string> {
  const { kind, id, version, owner } = await findDraft(db, form);
  const { filingId, filing } = await beginFiling(db, {
    staffId,
    owner,
    kind,
    mandateId: form.mandateId,
    isMadeHere: false,
  });
  await submit[kind](owner, { id, version, priceFen: form.priceFen }, filing);
  return filingId;
}

interface Filing {
  staffId: string;
  owner: Owner;
  kind: OrderKind;
  mandateId: string;
  isMadeHere: boolean;
}

/** What is written in the transaction that submits the order. Throws `forbidden` for whoever files for themselves. */
export async function beginFiling(
  { prisma }: { prisma: Db },
  { staffId, owner, kind, mandateId, isMadeHere }: Filing,
): Promise<{ filingId: string; filing: CounterFiling }> {
  if (await isOwnRecord(prisma, owner, staffId)) throw new DomainError('forbidden');
  const filingId = newId();
  const note = async (tx: Transaction, order: OrderKey) => {
    await holdMandate(tx, staffId, mandateId);
    await tx.prisma.counterFiling.create({ data: { id: filingId, ...order, filedBy: staffId, mandateId, isMadeHere } });
    const [actor, subject] = [`account:${staffId}`, `counter-filing:${filingId}`];
    tx.record({ actor, subject, action: 'counter-filing.file', detail: { kind, ...order, mandateId, isMadeHere } });
    await tell(tx, { kind, order, owner });
  };
  return { filingId, filing: { filedBy: staffId, note } };
}

async function tell(
  tx: Transaction,
  { kind, order, owner: to }: { kind: OrderKind; order: OrderKey; owner: Owner },
): Promise<void> {
  const id = orderIdOf(order);
  const query = { where: { id }, select: { orderNumber: true, form: true } } as const;
  const row =
    kind === 'attestation'
      ? await tx.prisma.attestation.findUniqueOrThrow(query)
      : await tx.prisma.registration.findUniqueOrThrow(query);
  const data = { title: titleIn(row.form), orderNumber: String(row.orderNumber) };
  const told = kind === 'attestation' ? 'order-filed' : 'registration-filed';
  await notify(tx, { to, subject: `${kind}:${id}`, data, kind: told });
}
