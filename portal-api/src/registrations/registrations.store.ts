// SPDX-License-Identifier: Apache-2.0
// The rows of registrations as the domain needs them; views for the API are in registrations.view.ts.
import type { Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { jsonOf } from '../db/json.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import { isOwnedBy, type Owner, ownedBy } from '../http/members.ts';
import { newOrderNumber, titleIn } from '../orders/index.ts';
import { type Frozen, frozenSchema } from './content.ts';
import { ENDED, type RegistrationState, registrationStateSchema } from './registration.ts';
import { type RegistrationForm, registrationFormSchema } from './registrations.schema.ts';

export interface RegistrationRecord {
  id: string;
  orderNumber: bigint;
  accountId: string;
  organisationId: string | null;
  workId: string;
  state: RegistrationState;
  stateAt: Date;
  round: number;
  version: number;
  form: RegistrationForm;
  frozen: Frozen | null;
  priceFen: number | null;
  registrationNumber: string | null;
  certificateNumber: bigint | null;
}

/** Locks the registration until the end of the transaction, or throws `registration-not-found`, also for another's. */
export async function lockRegistration(
  tx: Transaction,
  { id, owner }: { id: string; owner?: Owner | undefined },
): Promise<RegistrationRecord> {
  await lockRow(tx, 'registration', id);
  const row = await tx.prisma.registration.findUnique({ where: { id } });
  if (!row || (owner && !isOwnedBy(row, owner))) throw new DomainError('registration-not-found');
  return {
    ...row,
    state: registrationStateSchema.parse(row.state),
    form: registrationFormSchema.parse(row.form),
    frozen: frozenSchema.nullable().parse(row.frozen),
  };
}

/** Throws `registration-not-found`, also for another's. */
export async function requireOwnRegistration(db: Db, id: string, owner: Owner): Promise<void> {
  if ((await db.registration.count({ where: { id, ...ownedBy(owner) } })) === 0)
    throw new DomainError('registration-not-found');
}

/** The registration of a work that stands in the way of another one. */
export async function liveRegistrationOf(
  db: Db,
  workId: string,
): Promise<{ id: string; isDraft: boolean } | undefined> {
  const row = await db.registration.findFirst({
    where: { workId, state: { notIn: ['NOT_REGISTERED', 'WITHDRAWN', 'REVOKED'] } },
    select: { id: true, state: true },
  });
  return row ? { id: row.id, isDraft: row.state === 'DRAFT' } : undefined;
}

/** Registrations that are neither drafts nor at their end, or whose certificate gets a new version. */
export async function hasOpenRegistrations(db: Db, accountId: string): Promise<boolean> {
  const isOpen = [
    { state: { notIn: ['DRAFT' as const, ...ENDED] } },
    {
      versionRequests: {
        some: { state: { in: ['INITIAL_REVIEW' as const, 'FINAL_REVIEW' as const, 'ISSUING' as const] } },
      },
    },
  ];
  return (await db.registration.count({ where: { accountId, OR: isOpen } })) > 0;
}

/** Whether staff has decided on any round of it. */
export async function isReviewed(db: Db, registrationId: string): Promise<boolean> {
  return (await db.registrationReview.count({ where: { registrationId } })) > 0;
}

/** What waits for a decision of staff at this level. */
export async function waitingForReview(
  db: Db,
  state: 'INITIAL_REVIEW' | 'FINAL_REVIEW',
): Promise<{ count: number; oldestAt: Date | null }> {
  const { _count, _min } = await db.registration.aggregate({ where: { state }, _count: true, _min: { stateAt: true } });
  return { count: _count, oldestAt: _min.stateAt };
}

export async function insertRegistration(
  db: Db,
  { owner, workId, form }: { owner: Owner; workId: string; form: RegistrationForm },
): Promise<string> {
  const id = newId();
  const row = { id, orderNumber: newOrderNumber(), ...owner, workId, form: jsonOf(form) };
  const { count } = await db.registration.createMany({ data: [row], skipDuplicates: true });
  // Another process gave the same number at the same time.
  if (count === 0) return insertRegistration(db, { owner, workId, form });
  await replaceFiles(db, id, form);
  return id;
}

/** A save leaves the state as it is; the caller holds the row's lock and has checked state and version. */
export async function saveForm(db: Db, id: string, form: RegistrationForm): Promise<void> {
  await db.registration.updateMany({ where: { id }, data: { form: jsonOf(form), version: { increment: 1 } } });
  await replaceFiles(db, id, form);
}

export async function insertRound(db: Db, { id, round, at }: { id: string; round: number; at: Date }): Promise<void> {
  await db.registrationRound.create({ data: { registrationId: id, round, submittedAt: at } });
}

export async function eraseRegistration(db: Db, id: string): Promise<void> {
  await db.registration.deleteMany({ where: { id } });
}

/** The payment of an attestation of the work that makes its registration free; the newest, not given back. */
export async function waivingPayment(
  db: Db,
  workId: string,
): Promise<{ paymentId: string; orderNumber: string } | undefined> {
  const row = await db.payment.findFirst({
    where: { attestation: { workId }, settlesOrder: true, state: 'PAID' },
    orderBy: [{ paidAt: 'desc' }, { id: 'desc' }],
    select: { id: true, attestation: { select: { orderNumber: true } } },
  });
  return row?.attestation ? { paymentId: row.id, orderNumber: String(row.attestation.orderNumber) } : undefined;
}

/** As it was mended in the work's attestation, which stands or is under way; undefined where the work has none. */
export async function attestedTitle(db: Db, workId: string): Promise<string | undefined> {
  const row = await db.attestation.findFirst({
    where: { workId, state: { notIn: ['DRAFT', 'REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED', 'REVOKED'] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { form: true },
  });
  // Empty once its owner had the content erased.
  return titleIn(row?.form ?? {}) || undefined;
}

async function replaceFiles(db: Db, registrationId: string, { documents }: RegistrationForm): Promise<void> {
  await db.registrationFile.deleteMany({ where: { registrationId } });
  await db.registrationFile.createMany({
    data: documents.map(({ kind, uploadId }, position) => ({ registrationId, kind, uploadId, position })),
    // A draft may name a file twice; what is wrong with it is said at the submission.
    skipDuplicates: true,
  });
}
