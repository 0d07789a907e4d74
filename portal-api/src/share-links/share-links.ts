// SPDX-License-Identifier: Apache-2.0
// 分享链接: whoever holds a certificate lets others see it for a time, without handing out its look-up code.
import type { Database, Db, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { actingFor, actorOf, type Owner } from '../http/members.ts';
import { lockRecord, type OrderKey, type OrderKind, orderIdOf, orderKindOf } from '../orders/index.ts';
import type { ShareLinkForm, ShareLinkView } from './share-links.schema.ts';
import { endLink, insertLink, linksOf, openLink } from './share-links.store.ts';

/** Of one order, at once. */
const MAX_OPEN = 20;
/** The last part of the address of the look-up page that takes tokens. */
const SHARED_PAGE = '/v/shared';

export interface ShareLinkParts {
  db: Database;
  /** Throws `…-not-found`, also for another's. */
  orders: Readonly<Record<OrderKind, { requireOwn(db: Db, id: string, owner: Owner): Promise<unknown> }>>;
  /** Null while there is none. */
  certificateOf(order: OrderKey): Promise<object | null>;
  publicUrl(): string;
}

export interface ShareLinks {
  list(owner: Owner, order: OrderKey): Promise<ShareLinkView[]>;
  make(owner: Owner, order: OrderKey, form: ShareLinkForm): Promise<{ link: ShareLinkView; url: string }>;
  end(owner: Owner, order: OrderKey, id: string): Promise<void>;
  /** Counts the opening. Throws a `share-link-…` code for a token that opens nothing. */
  open(token: string): Promise<OrderKey>;
}

export function createShareLinks({ db, orders, certificateOf, publicUrl }: ShareLinkParts): ShareLinks {
  const requireOwn = (at: Db, order: OrderKey, owner: Owner) =>
    orders[orderKindOf(order)].requireOwn(at, orderIdOf(order), owner);
  return {
    async list(owner, order) {
      await requireOwn(db.prisma, order, owner);
      return linksOf(db.prisma, order);
    },

    async make(owner, order, form) {
      await requireOwn(db.prisma, order, owner);
      if (!(await certificateOf(order))) throw new DomainError('certificate-not-ready');
      const { id, token } = await db.transaction(async (tx) => {
        // One at a time: the limit is counted under this lock.
        await lockRecord(tx, order);
        await requireOwn(tx.prisma, order, owner);
        const open = (await linksOf(tx.prisma, order)).filter(({ state }) => state === 'OPEN');
        if (open.length >= MAX_OPEN) throw new DomainError('share-link-limit-reached');
        const made = await insertLink(tx, { order, madeBy: owner.accountId, form });
        record(tx, owner, { id: made.id, event: 'make', order });
        return made;
      });
      const link = (await linksOf(db.prisma, order)).find((each) => each.id === id);
      if (!link) throw new DomainError('share-link-not-found');
      return { link, url: `${publicUrl()}${SHARED_PAGE}#${token}` };
    },

    end: (owner, order, id) =>
      db.transaction(async (tx) => {
        await requireOwn(tx.prisma, order, owner);
        if (!(await endLink(tx.prisma, order, id))) throw new DomainError('share-link-not-found');
        record(tx, owner, { id, event: 'end', order });
      }),

    open: (token) => openLink(db, token),
  };
}

/** Of an account that is closed: nobody could end them any more. Those of an organisation stay with it. */
export async function endShareLinks({ prisma }: Transaction, accountId: string): Promise<void> {
  const own = { accountId, organisationId: null };
  const isOwn = { OR: [{ attestation: own }, { registration: own }] };
  await prisma.shareLink.updateMany({ where: { ...isOwn, endedAt: null }, data: { endedAt: new Date() } });
  await prisma.shareLink.updateMany({ where: isOwn, data: { label: '' } });
}

function record(
  tx: Transaction,
  owner: Owner,
  { id, event, order }: { id: string; event: string; order: OrderKey },
): void {
  const entry = { actor: actorOf(owner), action: `share-link.${event}`, subject: `share-link:${id}` };
  tx.record({ ...entry, detail: { ...order, ...actingFor(owner) } });
}
