// SPDX-License-Identifier: Apache-2.0
// 登记公告: what the public reads of registered works. A revoked registration stays, marked; one whose owner had its content
// erased is gone.
import { z } from 'zod';
import { dayInChina } from '../china-time.ts';
import type { Database, Db } from '../db/database.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { type FullNameOf, publicNameOf } from '../parties/index.ts';
import { frozenSchema } from '../registrations/index.ts';
import { WORK_TYPES } from '../works/index.ts';
import type { Notice, noticeQuerySchema } from './notices.api.ts';
import { findNoticePlaces } from './notices.sql.ts';

export interface NoticeParts {
  db: Database;
  fullNameOf: FullNameOf;
}

const SORT = { sort: 'notices', type: 'timestamptz' } as const;

export async function listNotices(
  { db: { prisma }, fullNameOf }: NoticeParts,
  { q: search, workType, cursor, limit }: z.output<typeof noticeQuerySchema>,
): Promise<{ items: Notice[]; next: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(SORT, cursor);
  const places = await findNoticePlaces(prisma, { search, workType, after, limit: limit + 1 });
  const shown = places.slice(0, limit);
  const rows = await readRows(
    prisma,
    shown.map(({ id }) => id),
  );
  // One of them may have been erased since.
  const items = await Promise.all(
    shown.flatMap(({ id }) => rows.filter((row) => row.id === id)).map((row) => noticeOf(row, fullNameOf)),
  );
  const last = shown.at(-1);
  return { items, next: places.length > limit && last ? encodeCursor(SORT.sort, last) : null };
}

function readRows({ registration }: Db, ids: readonly string[]) {
  return registration.findMany({
    where: { id: { in: [...ids] } },
    select: {
      id: true,
      registrationNumber: true,
      certificateNumber: true,
      state: true,
      approvedAt: true,
      frozen: true,
    },
  });
}

async function noticeOf(row: Awaited<ReturnType<typeof readRows>>[number], fullNameOf: FullNameOf): Promise<Notice> {
  const { form, owners } = frozenSchema.parse(row.frozen).content;
  return {
    registrationNumber: row.registrationNumber ?? '',
    title: form.title,
    workType: z.enum(WORK_TYPES).parse(form.workType),
    owners: await Promise.all(owners.map((party) => publicNameOf(party, fullNameOf))),
    registeredOn: dayInChina(row.approvedAt ?? undefined),
    certificateNumber: String(row.certificateNumber),
    isRevoked: row.state === 'REVOKED',
  };
}
