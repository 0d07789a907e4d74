// SPDX-License-Identifier: Apache-2.0
// Public works as staff reads them.
import type { z } from 'zod';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { isOwnRecord, ownOrganisations } from '../works/index.ts';
import { removerOf } from './moderate.ts';
import {
  type STAFF_VIEWS,
  type staffListQuerySchema,
  staffPublicationSchema,
  type staffPublicationSummarySchema,
} from './publications.schema.ts';
import { IMAGES, VIEW, viewOf } from './publications.store.ts';
import { decryptReport } from './reports.ts';

type View = (typeof STAFF_VIEWS)[number];
type Summary = z.output<typeof staffPublicationSummarySchema>;

const VIEWS: Readonly<Record<View, Prisma.PublicationWhereInput>> = {
  waiting: { state: { in: ['PENDING', 'APPEALED'] } },
  reported: { state: 'PUBLISHED', reports: { some: { state: 'OPEN' } } },
  public: { state: 'PUBLISHED' },
  ended: { state: { in: ['REFUSED', 'WITHDRAWN', 'TAKEN_DOWN', 'UPHELD'] } },
};

/** What waits longest comes first; of the rest the newest. */
const isOldestFirst = (view: View) => view === 'waiting' || view === 'reported';

export async function listForStaff(
  { prisma }: Database,
  staffId: string,
  { view, cursor, limit }: z.output<typeof staffListQuerySchema>,
): Promise<{ items: Summary[]; next: string | null }> {
  const sort = { sort: view, type: 'timestamptz' } as const;
  const after = cursor === undefined ? undefined : decodeCursor(sort, cursor);
  const direction = isOldestFirst(view) ? 'asc' : 'desc';
  const rows = await prisma.publication.findMany({
    where: { AND: [VIEWS[view], NOT_DELETED, after ? followsOf(after, direction) : {}] },
    select: SUMMARY,
    orderBy: [{ stateAt: direction }, { id: direction }],
    take: limit + 1,
  });
  const organisations = await ownOrganisations(prisma, staffId);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => summaryOf(row, { staffId, organisations })),
    next: rows.length > limit && last ? encodeCursor(view, { key: last.stateAt.toISOString(), id: last.id }) : null,
  };
}

/** How many works wait for a decision or have open reports, and since when. */
export async function waitingForModeration({ prisma }: Database): Promise<{ count: number; oldestAt: Date | null }> {
  const reported = { ...VIEWS.reported, ...NOT_DELETED };
  const [waiting, reports, report] = await Promise.all([
    prisma.publication.aggregate({
      where: { ...VIEWS.waiting, ...NOT_DELETED },
      _count: true,
      _min: { stateAt: true },
    }),
    prisma.publication.count({ where: reported }),
    prisma.publicationReport.aggregate({
      where: { state: 'OPEN', publication: reported },
      _min: { reportedAt: true },
    }),
  ]);
  const oldest = [waiting._min.stateAt, report._min.reportedAt].filter((at) => at !== null);
  const [oldestAt = null] = oldest.toSorted((one, other) => one.getTime() - other.getTime());
  return { count: waiting._count + reports, oldestAt };
}

const NOT_DELETED = { work: { state: { not: 'DELETED' } } } satisfies Prisma.PublicationWhereInput;

function followsOf({ key, id }: { key: string; id: string }, direction: 'asc' | 'desc'): Prisma.PublicationWhereInput {
  const beyond = direction === 'asc' ? 'gt' : 'lt';
  return { OR: [{ stateAt: { [beyond]: key } }, { stateAt: key, id: { [beyond]: id } }] };
}

const SUMMARY = {
  id: true,
  title: true,
  category: true,
  author: true,
  state: true,
  stateAt: true,
  round: true,
  accountId: true,
  work: { select: { organisationId: true } },
  images: { select: { id: true }, orderBy: { position: 'asc' }, take: 1 },
  _count: { select: { reports: { where: { state: 'OPEN' } } } },
} satisfies Prisma.PublicationSelect;

function summaryOf(
  { accountId, work, images, _count, stateAt, ...row }: Prisma.PublicationGetPayload<{ select: typeof SUMMARY }>,
  { staffId, organisations }: { staffId: string; organisations: ReadonlySet<string> },
): Summary {
  return {
    ...row,
    stateAt: stateAt.toISOString(),
    isOwn: accountId === staffId || (work.organisationId !== null && organisations.has(work.organisationId)),
    openReports: _count.reports,
    imageId: images[0]?.id ?? null,
  };
}

/** With its reports, decrypted. Throws `publication-not-found`. */
export async function findForStaff({ db, vault }: { db: Database; vault: Vault }, staffId: string, id: string) {
  const row = await db.prisma.publication.findFirst({
    where: { id, ...NOT_DELETED },
    select: {
      ...VIEW,
      accountId: true,
      work: { select: { organisationId: true } },
      images: IMAGES,
      reports: {
        select: { id: true, state: true, reason: true, cipher: true, reportedAt: true },
        orderBy: { reportedAt: 'desc' },
      },
    },
  });
  if (!row) throw new DomainError('publication-not-found');
  const { accountId, work, images, reports, ...publication } = row;
  const isOwn = await isOwnRecord(db.prisma, { accountId, organisationId: work.organisationId }, staffId);
  return staffPublicationSchema.parse({
    ...viewOf(publication),
    isOwn,
    mayDecideAppeal: !isOwn && (await removerOf(db, id)) !== staffId,
    images,
    reports: reports.map(({ id: reportId, state, reason, cipher, reportedAt }) => ({
      id: reportId,
      state,
      ground: reason,
      ...decryptReport(vault, { id: reportId, cipher }),
      reportedAt: reportedAt.toISOString(),
    })),
  });
}
