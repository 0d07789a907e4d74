// SPDX-License-Identifier: Apache-2.0
// Orders as the API shows them: one, and lists. Whose orders are read is always part of the query.
import { z } from 'zod';
import type { CertificateView } from '../certificates/index.ts';
import type { Database, Db } from '../db/database.ts';
import { orderDiscount, WITH_DISCOUNT } from '../discounts/index.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { isOwnedBy, type Owner, ownedBy } from '../http/members.ts';
import { viewReceipt } from '../manifests/index.ts';
import { COUNTER_FILING, type OrderKey, reasonSchema } from '../orders/index.ts';
import { holderIdsOf } from '../parties/index.ts';
import { currentPayment, refundStateOf, waitingOffline } from '../payments/index.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import { STORED_FILE, storedFile, type WorkFile } from '../works/index.ts';
import {
  ATTESTATION_LIMITS,
  type AttestationState,
  allowedIn,
  attestationStateSchema,
  EDITABLE,
} from './attestation.ts';
import {
  type AttestationListQuery,
  type AttestationSummary,
  type AttestationView,
  attestationFormSchema,
  type reviewSchema,
} from './attestations.schema.ts';
import { findSummaries, SORT_TYPES, type SortKey, type SummaryRow } from './attestations.sql.ts';
import { frozenSchema } from './content.ts';
import { historyOf } from './history.ts';

type ReviewView = z.output<typeof reviewSchema>;

/** The certificates' own domain knows what is printed and how it is looked up. */
export type FindCertificate = (order: OrderKey) => Promise<CertificateView | null>;

export interface ViewParts {
  db: Database;
  certificateOf: FindCertificate;
  rightHolders: Pick<ChosenHolders, 'show'>;
}

/** With `owner` for whoever acts for them; without it for staff. */
export async function viewAttestation(
  { db, certificateOf, rightHolders }: ViewParts,
  { id, owner }: { id: string; owner?: Owner },
): Promise<AttestationView> {
  const { prisma } = db;
  const row = await prisma.attestation.findUnique({ where: { id }, select: VIEWED });
  if (!row || (owner && !isOwnedBy(row, owner))) throw new DomainError('attestation-not-found');
  const state = attestationStateSchema.parse(row.state);
  const files = await filesOf(prisma, id);
  const inRole = (role: 'FILE' | 'DISPLAY') => files.filter((each) => each.role === role).map(({ file }) => file);
  const form = attestationFormSchema.parse(row.form);
  const [review] = row.reviews;
  const submission = row.manifests.find(({ round }) => round === row.round);
  return {
    id,
    orderNumber: String(row.orderNumber),
    state,
    stateAt: row.stateAt.toISOString(),
    round: row.round,
    version: row.version,
    workId: row.workId,
    workSerial: row.work.serial,
    form,
    rightHolders: await rightHolders.show(prisma, {
      owner: row,
      ids: holderIdsOf([...form.depositors, ...form.authors]),
      versionIds: EDITABLE.includes(state) ? [] : frozenVersionsOf(row.frozen),
      isMasked: owner === undefined,
    }),
    files: inRole('FILE'),
    display: inRole('DISPLAY'),
    allowed: allowedIn(state),
    priceFen: row.priceFen,
    discount: orderDiscount(row),
    payment: await currentPayment(prisma, { attestationId: id }),
    waitingOffline: await waitingOffline(prisma, { attestationId: id }),
    review: review ? reviewView(review, state) : null,
    submission: submission
      ? {
          number: submission.number === null ? null : String(submission.number),
          receivedAt: iso(submission.receivedAt),
        }
      : null,
    receipt: await viewReceipt(prisma, { attestationId: id }),
    certificate: state === 'CERTIFIED' || state === 'REVOKED' ? await certificateOf({ attestationId: id }) : null,
    isFoundByFile: row.isFoundByFile,
    createdAt: row.createdAt.toISOString(),
    submittedAt: iso(row.submittedAt),
    paidAt: iso(row.paidAt),
    approvedAt: iso(row.approvedAt),
    certifiedAt: iso(row.certifiedAt),
    history: historyOf(
      { ...row, state, refundedAt: row.payments[0]?.refundedAt ?? null },
      { namesReviewers: owner === undefined },
    ),
  };
}

/** Of the right holders in what was submitted. */
function frozenVersionsOf(frozen: unknown): string[] {
  const { content } = frozenSchema.parse(frozen);
  return [...content.depositors, ...content.authors].flatMap(({ holderVersionId }) => holderVersionId ?? []);
}

export type ListScope = { owner: Owner } | { states: readonly AttestationState[] };

export interface ListedOrder extends AttestationSummary {
  accountId: string;
  organisationId: string | null;
  userNumber: string;
  round: number;
}

export async function listAttestations(
  db: Db,
  scope: ListScope,
  query: AttestationListQuery,
): Promise<{ items: ListedOrder[]; next: string | null }> {
  const { search, state, sort, cursor, limit } = query;
  const key = sort.replace('-', '') as SortKey; // the schema allows these only
  const after = cursor === undefined ? undefined : decodeCursor({ sort, type: SORT_TYPES[key] }, cursor);
  const isDescending = sort.startsWith('-');
  const rows = await findSummaries(db, { scope, search, state, key, isDescending, after, limit: limit + 1 });
  const items = rows.slice(0, limit).map(summaryOf);
  const last = items.at(-1);
  const next = rows.length > limit && last ? encodeCursor(sort, { key: keyOf(last, key), id: last.id }) : null;
  return { items, next };
}

/** True when the upload is a file of the order, in any role. */
export async function hasFile(
  db: Db,
  { id, uploadId, owner }: { id: string; uploadId: string; owner?: Owner },
): Promise<boolean> {
  const isOwn = owner === undefined ? {} : { attestation: ownedBy(owner) };
  return (await db.attestationFile.count({ where: { attestationId: id, uploadId, ...isOwn } })) > 0;
}

const VIEWED = {
  accountId: true,
  organisationId: true,
  orderNumber: true,
  workId: true,
  work: { select: { serial: true } },
  state: true,
  stateAt: true,
  round: true,
  version: true,
  form: true,
  frozen: true,
  priceFen: true,
  ...WITH_DISCOUNT,
  isFoundByFile: true,
  createdAt: true,
  submittedAt: true,
  paidAt: true,
  approvedAt: true,
  certifiedAt: true,
  payments: { where: { settlesOrder: true }, select: { refundedAt: true } },
  counterFiling: COUNTER_FILING,
  rounds: { select: { round: true, submittedAt: true } },
  manifests: {
    where: { purpose: 'submission', state: { not: 'BUILT' } },
    select: { round: true, number: true, receivedAt: true },
  },
  reviews: {
    select: { round: true, decision: true, reasons: true, decidedAt: true, reviewer: { select: { userNumber: true } } },
    orderBy: { round: 'desc' },
  },
} satisfies Prisma.AttestationSelect;

interface StoredReview {
  decision: ReviewView['decision'];
  reasons: unknown;
  decidedAt: Date;
}

function reviewView({ decision, reasons, decidedAt: at }: StoredReview, state: AttestationState): ReviewView {
  const isOpen = decision === 'RETURN' && state === 'RETURNED';
  const deadline = isOpen ? new Date(at.getTime() + ATTESTATION_LIMITS.returnedMs).toISOString() : null;
  return { decision, reasons: z.array(reasonSchema).parse(reasons), decidedAt: at.toISOString(), deadline };
}

async function filesOf(
  db: Db,
  attestationId: string,
): Promise<{ role: string; file: Omit<WorkFile, 'derivedFrom'> }[]> {
  const rows = await db.attestationFile.findMany({
    where: { attestationId },
    select: { role: true, upload: { select: STORED_FILE } },
    orderBy: { position: 'asc' },
  });
  return rows.map(({ role, upload }) => ({ role, file: storedFile(upload) }));
}

/** The value by which the order stands where it does. */
function keyOf(order: ListedOrder, key: SortKey): string {
  return key === 'submittedAt' ? (order.submittedAt ?? order.createdAt) : order[key];
}

function summaryOf({ payment, userNumber, ...row }: SummaryRow): ListedOrder {
  return {
    ...row,
    userNumber: `ID${userNumber}`,
    stateAt: row.stateAt.toISOString(),
    paymentNumber: payment?.outTradeNo ?? null,
    isPaid: payment?.isPaid ?? false,
    refund: payment && refundStateOf(payment.state),
    channel: payment?.isPaid ? payment.channel : null,
    createdAt: row.createdAt.toISOString(),
    submittedAt: iso(row.submittedAt),
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
