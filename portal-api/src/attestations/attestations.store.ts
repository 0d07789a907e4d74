// SPDX-License-Identifier: Apache-2.0
// The rows of orders as the domain needs them; views for the API are in attestations.view.ts.
import type { Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { jsonOf } from '../db/json.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import { isOwnedBy, type Owner, ownedBy } from '../http/members.ts';
import { newOrderNumber } from '../orders/index.ts';
import { type AttestationState, attestationStateSchema, ENDED } from './attestation.ts';
import { type AttestationForm, attestationFormSchema } from './attestations.schema.ts';
import { type Frozen, frozenSchema } from './content.ts';

export interface AttestationRecord {
  id: string;
  orderNumber: bigint;
  accountId: string;
  organisationId: string | null;
  workId: string;
  state: AttestationState;
  stateAt: Date;
  round: number;
  version: number;
  form: AttestationForm;
  frozen: Frozen | null;
  /** What its owner saw and agreed to when they first submitted it. */
  priceFen: number | null;
}

/** Locks the order until the end of the transaction, or throws `attestation-not-found`, also for another's. */
export async function lockAttestation(
  tx: Transaction,
  { id, owner }: { id: string; owner?: Owner | undefined },
): Promise<AttestationRecord> {
  await lockRow(tx, 'attestation', id);
  const row = await tx.prisma.attestation.findUnique({ where: { id } });
  if (!row || (owner && !isOwnedBy(row, owner))) throw new DomainError('attestation-not-found');
  return {
    ...row,
    state: attestationStateSchema.parse(row.state),
    form: attestationFormSchema.parse(row.form),
    frozen: frozenSchema.nullable().parse(row.frozen),
  };
}

/** The newest order of a work that is not at its end. */
export async function liveOrderOf(db: Db, workId: string): Promise<{ id: string; isDraft: boolean } | undefined> {
  const row = await db.attestation.findFirst({
    where: { workId, state: { notIn: [...ENDED] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, state: true },
  });
  return row ? { id: row.id, isDraft: row.state === 'DRAFT' } : undefined;
}

/** The owner's saved works that an order can be made of, the newest first. */
export async function worksWithoutOrder(db: Db, owner: Owner, limit: number) {
  const live = { state: { notIn: [...ENDED] } };
  const rows = await db.work.findMany({
    where: { ...ownedBy(owner), state: 'ARCHIVED', attestations: { none: live } },
    select: { id: true, title: true, workType: true, _count: { select: { files: { where: { role: 'FILE' } } } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows.map(({ _count, ...work }) => ({ ...work, files: _count.files }));
}

/** Orders that are neither drafts nor at their end. */
export async function hasOpenOrders(db: Db, accountId: string): Promise<boolean> {
  return (await db.attestation.count({ where: { accountId, state: { notIn: ['DRAFT', ...ENDED] } } })) > 0;
}

/** What waits for a decision of staff. */
export async function waitingForReview(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const { _count, _min } = await db.attestation.aggregate({
    where: { state: 'UNDER_REVIEW' },
    _count: true,
    _min: { stateAt: true },
  });
  return { count: _count, oldestAt: _min.stateAt };
}

export async function insertAttestation(
  db: Db,
  { owner, workId, form }: { owner: Owner; workId: string; form: AttestationForm },
): Promise<string> {
  const id = newId();
  const row = { id, orderNumber: newOrderNumber(), ...owner, workId, form: jsonOf(form) };
  const { count } = await db.attestation.createMany({ data: [row], skipDuplicates: true });
  // Another process gave the same number at the same time.
  if (count === 0) return insertAttestation(db, { owner, workId, form });
  await replaceFiles(db, id, form);
  return id;
}

/** A save leaves the state as it is; the caller holds the row's lock and has checked state and version. */
export async function saveForm(db: Db, id: string, form: AttestationForm): Promise<void> {
  await db.attestation.updateMany({ where: { id }, data: { form: jsonOf(form), version: { increment: 1 } } });
  await replaceFiles(db, id, form);
}

export async function insertRound(db: Db, { id, round, at }: { id: string; round: number; at: Date }): Promise<void> {
  await db.attestationRound.create({ data: { attestationId: id, round, submittedAt: at } });
}

/** True if that changed something. */
export async function saveFileLookup(db: Db, id: string, isFoundByFile: boolean): Promise<boolean> {
  const { count } = await db.attestation.updateMany({
    where: { id, isFoundByFile: !isFoundByFile },
    data: { isFoundByFile },
  });
  return count === 1;
}

export async function eraseAttestation(db: Db, id: string): Promise<void> {
  await db.attestation.deleteMany({ where: { id } });
}

async function replaceFiles(db: Db, attestationId: string, { files, display }: AttestationForm): Promise<void> {
  const inRole = (role: 'FILE' | 'DISPLAY', chosen: AttestationForm['files']) =>
    chosen.map(({ uploadId }, position) => ({ attestationId, role, uploadId, position }));
  await db.attestationFile.deleteMany({ where: { attestationId } });
  await db.attestationFile.createMany({ data: [...inRole('FILE', files), ...inRole('DISPLAY', display)] });
}
