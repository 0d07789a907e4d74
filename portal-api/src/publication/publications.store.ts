// SPDX-License-Identifier: Apache-2.0
// Public works in the database, as visitors and owners read them. Visitors find what is public now, and nothing else.

import type { z } from 'zod';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { type Owner, ownedBy } from '../http/members.ts';
import {
  type PublicationView,
  type PublicSearch,
  type PublicWork,
  publicationSchema,
  type publicSummarySchema,
} from './publications.schema.ts';
import { findPublicPlaces } from './publications.sql.ts';
import { queryTerms } from './search-terms.ts';

type PublicSummary = z.output<typeof publicSummarySchema>;

const SORT = { sort: '-publishedAt', type: 'timestamptz' } as const;
const FIRST_IMAGE = { select: { id: true }, orderBy: { position: 'asc' }, take: 1 } as const;
export const IMAGES = { select: { id: true, width: true, height: true }, orderBy: { position: 'asc' } } as const;

export async function searchPublic({ prisma }: Database, query: PublicSearch) {
  const { q: keyword, author, category, cursor, limit } = query;
  const after = cursor === undefined ? undefined : decodeCursor(SORT, cursor);
  const terms = queryTerms({ keyword, author });
  if (!terms) return { items: [], next: null };
  const places = await findPublicPlaces(prisma, { terms, category, after, limit: limit + 1 });
  const ids = places.slice(0, limit).map(({ id }) => id);
  const items = await readSummaries(prisma, ids);
  // Not of the rows: one of them may have been withdrawn since.
  const last = places[limit - 1];
  return { items, next: places.length > limit && last ? encodeCursor(SORT.sort, last) : null };
}

async function readSummaries(db: Db, ids: string[]): Promise<PublicSummary[]> {
  const rows = await db.publication.findMany({
    where: { id: { in: ids }, state: 'PUBLISHED' },
    select: { id: true, title: true, category: true, author: true, publishedAt: true, images: FIRST_IMAGE },
  });
  return rows
    .toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
    .map(({ images, publishedAt, ...row }) => ({
      ...row,
      imageId: images[0]?.id ?? null,
      publishedAt: timeOf(publishedAt),
    }));
}

/** Throws `publication-not-found` unless it is public now. */
export async function findPublic({ prisma }: Database, id: string): Promise<PublicWork> {
  const row = await prisma.publication.findFirst({
    where: { id, state: 'PUBLISHED' },
    select: {
      id: true,
      title: true,
      intro: true,
      category: true,
      tags: true,
      author: true,
      publishedAt: true,
      images: IMAGES,
      work: { select: { attestations: CERTIFIED } },
    },
  });
  if (!row) throw new DomainError('publication-not-found');
  const { work, publishedAt, ...shown } = row;
  return { ...shown, publishedAt: timeOf(publishedAt), certificates: work.attestations.map(certificateOf) };
}

const CERTIFIED = {
  where: { certificateNumber: { not: null }, state: { in: ['CERTIFIED', 'REVOKED'] } },
  select: { certificateNumber: true, state: true, certifiedAt: true },
  orderBy: { certificateNumber: 'asc' },
} satisfies Prisma.Work$attestationsArgs;

function certificateOf({ certificateNumber, state, certifiedAt }: Certified): PublicWork['certificates'][number] {
  return {
    number: String(certificateNumber),
    status: state === 'REVOKED' ? 'revoked' : 'final',
    certifiedAt: certifiedAt?.toISOString() ?? null,
  };
}

type Certified = Prisma.AttestationGetPayload<{ select: (typeof CERTIFIED)['select'] }>;

/** What owners and staff read of it. */
export const VIEW = {
  id: true,
  state: true,
  stateAt: true,
  round: true,
  title: true,
  intro: true,
  category: true,
  tags: true,
  author: true,
  consentAt: true,
  appeal: true,
  decisions: {
    select: { decision: true, round: true, ground: true, text: true, decidedAt: true },
    orderBy: { decidedAt: 'desc' },
  },
} satisfies Prisma.PublicationSelect;

export function viewOf({ stateAt, consentAt, decisions, ...row }: ViewRow): PublicationView {
  return publicationSchema.parse({
    ...row,
    stateAt: stateAt.toISOString(),
    consentAt: consentAt.toISOString(),
    decisions: decisions.map((each) => ({ ...each, decidedAt: each.decidedAt.toISOString() })),
  });
}

type ViewRow = Prisma.PublicationGetPayload<{ select: typeof VIEW }>;

/** Of the owner's work; null while it was never submitted. */
export async function findOwn(db: Db, owner: Owner, workId: string): Promise<PublicationView | null> {
  const row = await db.publication.findFirst({
    where: { workId, work: { ...ownedBy(owner), state: { not: 'DELETED' } } },
    select: VIEW,
  });
  return row && viewOf(row);
}

/** A check of the table demands a time of whatever is public. */
const timeOf = (publishedAt: Date | null) => (publishedAt ?? new Date(0)).toISOString();
