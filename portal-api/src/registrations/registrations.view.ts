// SPDX-License-Identifier: Apache-2.0
// A registration as the API shows it. Whose is read is always part of the query.
import { z } from 'zod';
import type { CertificateView } from '../certificates/index.ts';
import type { Database, Db } from '../db/database.ts';
import { orderDiscount, quotedDiscount, WITH_DISCOUNT } from '../discounts/index.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { isOwnedBy, type Owner, ownedBy } from '../http/members.ts';
import { viewReceipt } from '../manifests/index.ts';
import { COUNTER_FILING, type OrderKey, reasonSchema } from '../orders/index.ts';
import { holderIdsOf } from '../parties/index.ts';
import { currentPayment, waitingOffline } from '../payments/index.ts';
import { DOCUMENT_KINDS, type DocumentKind, TEMPLATES } from '../registration-documents/index.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import { STORED_FILE, storedFile } from '../works/index.ts';
import { demandsOf } from './completeness.ts';
import { type Content, choicesOf, frozenSchema } from './content.ts';
import { historyOf } from './history.ts';
import {
  allowedIn,
  EDITABLE,
  REGISTRATION_LIMITS,
  RETURNED,
  type RegistrationState,
  registrationStateSchema,
} from './registration.ts';
import {
  type Level,
  type RegistrationView,
  registrationFormSchema,
  type registrationReviewSchema,
} from './registrations.schema.ts';
import { feeOf, type RegistrationParts } from './registrations.ts';

export interface ViewParts extends Pick<RegistrationParts, 'quotes' | 'homeProvince'> {
  db: Database;
  certificateOf(order: OrderKey): Promise<CertificateView | null>;
  rightHolders: Pick<ChosenHolders, 'show'>;
}

/** With `owner` for whoever acts for them; without it for staff. */
export async function viewRegistration(
  parts: ViewParts,
  { id, owner }: { id: string; owner?: Owner },
): Promise<RegistrationView> {
  const { db, certificateOf, rightHolders, homeProvince } = parts;
  const { prisma } = db;
  const row = await prisma.registration.findUnique({ where: { id }, select: VIEWED });
  if (!row || (owner && !isOwnedBy(row, owner))) throw new DomainError('registration-not-found');
  const state = registrationStateSchema.parse(row.state);
  const form = registrationFormSchema.parse(row.form);
  const review = row.reviews[0];
  const isCertified = state === 'REGISTERED' || state === 'REVOKED';
  return {
    id,
    orderNumber: String(row.orderNumber),
    registrationNumber: row.registrationNumber,
    state,
    stateAt: row.stateAt.toISOString(),
    round: row.round,
    version: row.version,
    workId: row.workId,
    workSerial: row.work.serial,
    form,
    demands: demandsOf(form, { isOrganisation: row.organisationId !== null, homeProvince }).map((demand) => ({
      ...demand,
      hasTemplate: hasTemplate(demand.kind),
    })),
    rightHolders: await rightHolders.show(prisma, {
      owner: row,
      ids: holderIdsOf(choicesOf(form)),
      versionIds: EDITABLE.includes(state) ? [] : frozenVersionsOf(row.frozen),
      isMasked: owner === undefined,
    }),
    documents: row.files.map(({ kind, upload }) => ({
      kind: z.enum(DOCUMENT_KINDS).parse(kind),
      file: storedFile(upload),
    })),
    allowed: allowedIn(state),
    fee: await feeShown(parts, row),
    payment: await currentPayment(prisma, { registrationId: id }),
    waitingOffline: await waitingOffline(prisma, { registrationId: id }),
    review: review ? reviewView(review, state) : null,
    receipt: await viewReceipt(prisma, { registrationId: id }),
    certificate: isCertified ? await certificateOf({ registrationId: id }) : null,
    createdAt: row.createdAt.toISOString(),
    submittedAt: iso(row.submittedAt),
    approvedAt: iso(row.approvedAt),
    registeredAt: iso(row.registeredAt),
    history: historyOf(
      { ...row, state, refundedAt: row.payments[0]?.refundedAt ?? null },
      { namesReviewers: owner === undefined },
    ),
  };
}

async function feeShown(parts: ViewParts, row: FeeRow): Promise<RegistrationView['fee']> {
  const { workId, priceFen, waivedBy } = row;
  if (priceFen !== null) {
    const order = waivedBy?.attestation;
    return {
      priceFen,
      discount: orderDiscount(row),
      waivedBy: order ? String(order.orderNumber) : null,
      isWaiverGivenBack: waivedBy !== null && waivedBy.state !== 'PAID',
    };
  }
  const fee = await feeOf(parts.db.prisma, parts, { owner: row, workId });
  return {
    priceFen: fee.priceFen,
    discount: quotedDiscount(fee),
    waivedBy: fee.waivedBy?.orderNumber ?? null,
    isWaiverGivenBack: false,
  };
}

interface FeeRow extends Owner {
  workId: string;
  priceFen: number | null;
  discountFen: number;
  discount: { name: string } | null;
  waivedBy: WaivingRow | null;
}

interface WaivingRow {
  state: string;
  attestation: { orderNumber: bigint } | null;
}

const hasTemplate = (kind: DocumentKind): boolean => TEMPLATES.some((each) => each === kind);

/** Of the right holders in what was submitted. */
function frozenVersionsOf(frozen: unknown): string[] {
  return partiesOf(frozenSchema.parse(frozen).content).flatMap(({ holderVersionId }) => holderVersionId ?? []);
}

export const partiesOf = ({ owners, authors, applicants, agent }: Content) => [
  ...owners,
  ...authors,
  ...applicants,
  ...(agent ? [agent] : []),
];

/** True when the upload is a document of the registration. */
export async function hasDocument(
  db: Db,
  { id, uploadId, owner }: { id: string; uploadId: string; owner?: Owner },
): Promise<boolean> {
  const isOwn = owner === undefined ? {} : { registration: ownedBy(owner) };
  return (await db.registrationFile.count({ where: { registrationId: id, uploadId, ...isOwn } })) > 0;
}

const VIEWED = {
  accountId: true,
  organisationId: true,
  orderNumber: true,
  registrationNumber: true,
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
  waivedBy: { select: { state: true, attestation: { select: { orderNumber: true } } } },
  createdAt: true,
  submittedAt: true,
  paidAt: true,
  approvedAt: true,
  registeredAt: true,
  payments: { where: { settlesOrder: true }, select: { refundedAt: true } },
  counterFiling: COUNTER_FILING,
  rounds: { select: { round: true, submittedAt: true } },
  files: { select: { kind: true, upload: { select: STORED_FILE } }, orderBy: { position: 'asc' } },
  reviews: {
    select: {
      round: true,
      level: true,
      decision: true,
      reasons: true,
      decidedAt: true,
      reviewer: { select: { userNumber: true } },
    },
    orderBy: [{ round: 'desc' }, { decidedAt: 'desc' }],
  },
} satisfies Prisma.RegistrationSelect;

interface StoredReview {
  level: Level;
  decision: z.output<typeof registrationReviewSchema>['decision'];
  reasons: unknown;
  decidedAt: Date;
}

function reviewView({ level, decision, reasons, decidedAt: at }: StoredReview, state: RegistrationState) {
  const isOpen = decision === 'RETURN' && RETURNED.includes(state);
  const deadline = isOpen ? new Date(at.getTime() + REGISTRATION_LIMITS.returnedMs).toISOString() : null;
  return { level, decision, reasons: z.array(reasonSchema).parse(reasons), decidedAt: at.toISOString(), deadline };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
