// SPDX-License-Identifier: Apache-2.0
// The rows of share links. Of a token there is the digest alone: 128 random bits cannot be guessed from it.
import { createHash, randomBytes } from 'node:crypto';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { type OrderKey, orderKeyOf } from '../orders/index.ts';
import type { ShareLinkForm, ShareLinkView } from './share-links.schema.ts';

const DAY_MS = 86_400_000;
const TOKEN_BYTES = 16;
/** Times that the owner is shown. */
const SHOWN_OPENINGS = 50;
/** Times that are kept of one link; later openings are counted, and their times are not. */
const KEPT_OPENINGS = 1_000;

const VIEWED = {
  id: true,
  label: true,
  createdAt: true,
  expiresAt: true,
  maxOpenings: true,
  openings: true,
  endedAt: true,
  opened: { select: { openedAt: true }, orderBy: { id: 'desc' }, take: SHOWN_OPENINGS },
} satisfies Prisma.ShareLinkSelect;

type Limits = Pick<
  Prisma.ShareLinkGetPayload<{ select: typeof VIEWED }>,
  'expiresAt' | 'endedAt' | 'maxOpenings' | 'openings'
>;

/** The newest first. */
export async function linksOf(db: Db, order: OrderKey, now = new Date()): Promise<ShareLinkView[]> {
  const rows = await db.shareLink.findMany({
    where: order,
    select: VIEWED,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(({ opened, createdAt, expiresAt, endedAt, ...row }) => ({
    ...row,
    state: stateOf({ ...row, expiresAt, endedAt }, now),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    openedAt: opened.map(({ openedAt }) => openedAt.toISOString()),
    endedAt: endedAt?.toISOString() ?? null,
  }));
}

export interface NewLink {
  order: OrderKey;
  madeBy: string;
  form: ShareLinkForm;
}

/** Answers the token, which is stored nowhere. */
export async function insertLink(
  { prisma }: Transaction,
  { order, madeBy, form: { days, maxOpenings, label } }: NewLink,
): Promise<{ id: string; token: string }> {
  const id = newId();
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAt = new Date(Date.now() + days * DAY_MS);
  await prisma.shareLink.create({
    data: { id, ...order, madeBy, tokenDigest: digestOf(token), label, maxOpenings, expiresAt },
  });
  return { id, token };
}

/** False when there is none of this order that can still be ended. */
export async function endLink(db: Db, order: OrderKey, id: string): Promise<boolean> {
  const { count } = await db.shareLink.updateMany({
    where: { ...order, id, endedAt: null },
    data: { endedAt: new Date() },
  });
  return count === 1;
}

/**
 * Counts an opening and answers whose certificate is shown. The guard and the count are one statement, so visitors who come
 * at once open it no more often than its owner allowed. Throws a `share-link-…` code for a token that opens nothing.
 */
export function openLink(db: Database, token: string): Promise<OrderKey> {
  return db.transaction(async ({ prisma }) => {
    const tokenDigest = digestOf(token);
    const now = new Date();
    const { fields } = prisma.shareLink;
    const { count } = await prisma.shareLink.updateMany({
      where: {
        tokenDigest,
        endedAt: null,
        expiresAt: { gt: now },
        OR: [{ maxOpenings: null }, { openings: { lt: fields.maxOpenings } }],
      },
      data: { openings: { increment: 1 } },
    });
    const link = await prisma.shareLink.findUnique({ where: { tokenDigest } });
    if (!link) throw new DomainError('share-link-unknown');
    if (count === 0) throw new DomainError(codeOf(stateOf(link, now)));
    if (link.openings <= KEPT_OPENINGS)
      await prisma.shareLinkOpening.create({ data: { linkId: link.id, openedAt: now } });
    return orderKeyOf(link);
  });
}

function stateOf({ endedAt, expiresAt, maxOpenings, openings }: Limits, now: Date): ShareLinkView['state'] {
  if (endedAt) return 'ENDED';
  if (expiresAt <= now) return 'EXPIRED';
  return maxOpenings !== null && openings >= maxOpenings ? 'USED_UP' : 'OPEN';
}

function codeOf(state: ShareLinkView['state']) {
  if (state === 'ENDED') return 'share-link-ended';
  return state === 'EXPIRED' ? 'share-link-expired' : 'share-link-used-up';
}

const digestOf = (token: string) => new Uint8Array(createHash('sha256').update(token).digest());
