// SPDX-License-Identifier: Apache-2.0
// Lists of registrations, an owner's or what staff review. Whose are read is always part of the query.
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { type Owner, ownedBy } from '../http/members.ts';
import { orderNumberIn } from '../orders/index.ts';
import { numberOf, refundStateOf } from '../payments/index.ts';
import { WORK_TYPES, type WorkType } from '../works/index.ts';
import { type RegistrationState, registrationStateSchema } from './registration.ts';
import type { RegistrationListQuery, RegistrationSummary } from './registrations.schema.ts';

/** Of these states staff see what was accepted: paid, or free. */
export type ListScope = { owner: Owner } | { accepted: readonly RegistrationState[] };

export interface ListedRegistration extends RegistrationSummary {
  accountId: string;
  organisationId: string | null;
  userNumber: string;
  round: number;
  workType: WorkType | null;
  /** Of the round that is reviewed; null before that. */
  acceptedAt: string | null;
}

export async function listRegistrations(
  db: Db,
  scope: ListScope,
  { search, state, sort, cursor, limit }: RegistrationListQuery,
): Promise<{ items: ListedRegistration[]; next: string | null }> {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const key = KEYS[sort];
  const after = cursor === undefined ? undefined : decodeCursor({ sort, type: 'timestamptz' }, cursor);
  const rows = await db.registration.findMany({
    where: {
      AND: [
        'owner' in scope ? ownedBy(scope.owner) : { state: { in: [...scope.accepted] }, acceptedAt: { not: null } },
        state ? { state } : {},
        search ? { OR: matchesOf(search) } : {},
        after ? beyond(key, direction, after) : {},
      ],
    },
    select: LISTED,
    orderBy: [{ [key]: direction }, { id: direction }],
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(summaryOf);
  const last = items.at(-1);
  const next = rows.length > limit && last ? encodeCursor(sort, { key: String(last[key]), id: last.id }) : null;
  return { items, next };
}

const KEYS = {
  createdAt: 'createdAt',
  '-createdAt': 'createdAt',
  stateAt: 'stateAt',
  '-stateAt': 'stateAt',
  acceptedAt: 'acceptedAt',
} as const;

function matchesOf(search: string): Prisma.RegistrationWhereInput[] {
  const orderNumber = orderNumberIn(search);
  // Prisma passes signs of patterns on.
  const part = search.replace(/[\\%_]/g, '\\$&');
  return [
    { form: { path: ['title'], string_contains: part, mode: 'insensitive' } },
    { registrationNumber: search },
    ...(orderNumber === undefined ? [] : [{ orderNumber }]),
  ];
}

function beyond(
  key: (typeof KEYS)[keyof typeof KEYS],
  direction: 'asc' | 'desc',
  end: { key: string; id: string },
): Prisma.RegistrationWhereInput {
  const side = direction === 'desc' ? 'lt' : 'gt';
  const at = new Date(end.key);
  return { OR: [{ [key]: { [side]: at } }, { [key]: at, id: { [side]: end.id } }] };
}

const LISTED = {
  id: true,
  accountId: true,
  organisationId: true,
  account: { select: { userNumber: true } },
  orderNumber: true,
  registrationNumber: true,
  workId: true,
  work: {
    select: {
      serial: true,
      files: { where: { role: 'DISPLAY' }, select: { uploadId: true }, orderBy: { position: 'asc' }, take: 1 },
    },
  },
  form: true,
  state: true,
  stateAt: true,
  round: true,
  priceFen: true,
  certificateNumber: true,
  payments: {
    select: { outTradeNo: true, joint: { select: { outTradeNo: true } }, state: true, settlesOrder: true },
    orderBy: [{ settlesOrder: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }],
    take: 1,
  },
  reviews: { select: { reasons: true }, orderBy: [{ round: 'desc' }, { decidedAt: 'desc' }], take: 1 },
  createdAt: true,
  submittedAt: true,
  acceptedAt: true,
} satisfies Prisma.RegistrationSelect;

/** What lists show of a form. */
const listedFormSchema = z.object({ title: z.string(), workType: z.enum(WORK_TYPES).nullable() });

function summaryOf(row: Prisma.RegistrationGetPayload<{ select: typeof LISTED }>): ListedRegistration {
  const { id, accountId, organisationId, workId, registrationNumber, round, priceFen } = row;
  const [payment] = row.payments;
  return {
    id,
    accountId,
    organisationId,
    userNumber: `ID${row.account.userNumber}`,
    orderNumber: String(row.orderNumber),
    registrationNumber,
    workId,
    workSerial: row.work.serial,
    ...listedFormSchema.parse(row.form),
    displayUploadId: row.work.files[0]?.uploadId ?? null,
    state: registrationStateSchema.parse(row.state),
    stateAt: row.stateAt.toISOString(),
    round,
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    paymentNumber: payment ? numberOf(payment) : null,
    isPaid: payment?.settlesOrder ?? false,
    isFree: priceFen === 0,
    refund: payment ? refundStateOf(payment.state) : null,
    certificateNumber: row.certificateNumber === null ? null : String(row.certificateNumber),
    reasonCount: z.array(z.unknown()).parse(row.reviews[0]?.reasons ?? []).length,
    createdAt: row.createdAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
  };
}
