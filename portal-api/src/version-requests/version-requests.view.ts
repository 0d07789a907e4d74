// SPDX-License-Identifier: Apache-2.0
// Requests as their owner sees them, and as staff does.
import { z } from 'zod';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { changesOf } from '../registration-reviews/index.ts';
import { frozenSchema } from '../registrations/index.ts';
import { pageOf, reviewPage } from '../staff-reviews/index.ts';
import { ownOrganisations, STORED_FILE, storedFile } from '../works/index.ts';
import { UNDECIDED } from './version-request.ts';
import type {
  StaffListQuery,
  StaffSummary,
  StaffVersionRequest,
  VersionRequestView,
} from './version-requests.schema.ts';

const SHOWN = {
  id: true,
  requestNumber: true,
  kind: true,
  state: true,
  stateAt: true,
  reason: true,
  content: true,
  version: true,
  createdAt: true,
  files: { select: { upload: { select: STORED_FILE } }, orderBy: { position: 'asc' } },
  reviews: {
    select: {
      level: true,
      isApproved: true,
      words: true,
      decidedAt: true,
      reviewerId: true,
      reviewer: { select: { userNumber: true } },
    },
    orderBy: { decidedAt: 'asc' },
  },
} satisfies Prisma.VersionRequestSelect;

type ShownRow = Prisma.VersionRequestGetPayload<{ select: typeof SHOWN }>;

export async function requestsOf(db: Db, registrationId: string): Promise<VersionRequestView[]> {
  const orderBy: Prisma.VersionRequestOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }];
  const rows = await db.versionRequest.findMany({ where: { registrationId }, select: SHOWN, orderBy });
  const issued = await db.certificate.findMany({
    where: { registrationId, issuedAt: { not: null } },
    select: { version: true, number: true },
  });
  const numbers = new Map(issued.map(({ version, number }) => [version, String(number)]));
  return rows.map((row) => ({
    ...sharedOf(row),
    stateAt: row.stateAt.toISOString(),
    answer: answerOf(row),
    version: row.version,
    number: (row.version !== null && numbers.get(row.version)) || null,
  }));
}

/** What the first of two people said is not decided yet. */
function answerOf({ state, reviews }: ShownRow): string | null {
  const isDecided = state === 'REFUSED' || state === 'ISSUING' || state === 'ISSUED';
  return (isDecided && reviews.at(-1)?.words) || null;
}

function sharedOf(row: ShownRow) {
  const { id, kind, state, reason } = row;
  const frozen = frozenSchema.nullable().parse(row.content);
  return {
    id,
    requestNumber: String(row.requestNumber),
    kind,
    state,
    reason,
    changes: changesOf(frozen?.before, frozen?.content),
    documents: row.files.map(({ upload }) => storedFile(upload)),
    createdAt: row.createdAt.toISOString(),
  };
}

const FOR_STAFF = {
  ...SHOWN,
  registrationId: true,
  asker: { select: { userNumber: true } },
  registration: {
    select: {
      registrationNumber: true,
      certificateNumber: true,
      form: true,
      accountId: true,
      organisationId: true,
      certificates: { where: { issuedAt: { not: null } }, select: { version: true, number: true } },
    },
  },
} satisfies Prisma.VersionRequestSelect;

type StaffRow = Prisma.VersionRequestGetPayload<{ select: typeof FOR_STAFF }>;

export async function listForStaff(
  { prisma }: Database,
  staffId: string,
  query: StaffListQuery,
): Promise<{ items: StaffSummary[]; next: string | null }> {
  const { after, ...order } = reviewPage(query);
  const where = { ...(query.state && { state: query.state }), ...after };
  const rows = await prisma.versionRequest.findMany({ where, select: FOR_STAFF, ...order });
  const organisations = await ownOrganisations(prisma, staffId);
  return pageOf(
    rows.map((row) => summaryOf(row, staffId, organisations)),
    query,
  );
}

export async function readForStaff({ prisma }: Database, id: string, staffId: string): Promise<StaffVersionRequest> {
  const row = await prisma.versionRequest.findUnique({ where: { id }, select: FOR_STAFF });
  if (!row) throw new DomainError('version-request-not-found');
  return {
    ...summaryOf(row, staffId, await ownOrganisations(prisma, staffId)),
    ...sharedOf(row),
    registrationId: row.registrationId,
    certificateNumber: supersededBy(row),
    version: row.version,
    reviews: row.reviews.map(({ level, reviewer, isApproved, words, decidedAt }) => ({
      level,
      reviewer: `ID${reviewer.userNumber}`,
      isApproved,
      words,
      decidedAt: decidedAt.toISOString(),
    })),
  };
}

/** Of the version before it; of a request that has none, the one in force. */
function supersededBy({ version, registration: { certificates, certificateNumber } }: StaffRow): string {
  const before = certificates.find((each) => each.version + 1 === version);
  return String(before?.number ?? certificateNumber ?? '');
}

function summaryOf(row: StaffRow, staffId: string, organisations: ReadonlySet<string>): StaffSummary {
  const { accountId, organisationId, registrationNumber, form } = row.registration;
  return {
    id: row.id,
    requestNumber: String(row.requestNumber),
    kind: row.kind,
    state: row.state,
    registrationNumber: registrationNumber ?? '',
    title: z.object({ title: z.string() }).parse(form).title,
    applicant: `ID${row.asker.userNumber}`,
    waitingSince: row.stateAt.toISOString(),
    isOwn: accountId === staffId || (organisationId !== null && organisations.has(organisationId)),
    hasDecided: row.reviews.some(({ reviewerId }) => reviewerId === staffId),
  };
}

/** What waits for a review, at either level. */
export async function waitingRequests(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const where = { state: { in: [...UNDECIDED] } };
  const { _count, _min } = await db.versionRequest.aggregate({ where, _count: true, _min: { stateAt: true } });
  return { count: _count, oldestAt: _min.stateAt };
}
