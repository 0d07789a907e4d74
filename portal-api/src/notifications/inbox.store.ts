// SPDX-License-Identifier: Apache-2.0
// The inbox in the database. Ids are ordered by time, so they are the order of the list too.
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Message } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { KIND_NAMES, type KindName } from './kinds.ts';

export interface MessageRecord {
  id: string;
  accountId: string;
  organisationId: string | null;
  kind: KindName;
  /** The part of the subject after its first colon. */
  subjectId: string;
  data: unknown;
  createdAt: Date;
  readAt: Date | null;
}

export interface InboxQuery {
  isUnreadOnly: boolean;
  cursor?: string | undefined;
  limit: number;
}

const SORT = { sort: 'createdAt', type: 'timestamptz' } as const;

export async function listMessages(
  db: Db,
  accountId: string,
  { isUnreadOnly, cursor, limit }: InboxQuery,
): Promise<{ items: MessageRecord[]; next: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(SORT, cursor);
  const rows = await db.message.findMany({
    where: { accountId, ...(isUnreadOnly && { readAt: null }), ...(after && { id: { lt: after.id } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? { key: last.createdAt.toISOString(), id: last.id } : undefined;
  return { items: page.flatMap(recordOf), next: next ? encodeCursor(SORT.sort, next) : null };
}

export function countUnread(db: Db, accountId: string): Promise<number> {
  return db.message.count({ where: { accountId, readAt: null } });
}

/** Throws `message-not-found`, also for another's. */
export async function markRead(db: Db, accountId: string, id: string): Promise<void> {
  const { count } = await db.message.updateMany({
    where: { id, accountId, readAt: null },
    data: { readAt: new Date() },
  });
  if (count === 0 && (await db.message.count({ where: { id, accountId } })) === 0)
    throw new DomainError('message-not-found');
}

/** Those up to `id`: what came since the member looked stays unread. */
export async function markAllRead(db: Db, accountId: string, id: string): Promise<void> {
  await db.message.updateMany({ where: { accountId, readAt: null, id: { lte: id } }, data: { readAt: new Date() } });
}

export async function readMessage(db: Db, id: string): Promise<MessageRecord | undefined> {
  const row = await db.message.findUnique({ where: { id } });
  return row ? recordOf(row)[0] : undefined;
}

const kindSchema = z.enum(KIND_NAMES);

/** Empty for a kind that a newer version has made. */
function recordOf({ kind, subject, ...row }: Message): MessageRecord[] {
  const known = kindSchema.safeParse(kind);
  return known.success ? [{ ...row, kind: known.data, subjectId: subject.slice(subject.indexOf(':') + 1) }] : [];
}
