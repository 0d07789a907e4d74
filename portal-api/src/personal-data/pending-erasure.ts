// SPDX-License-Identifier: Apache-2.0
// What a member asked to be erased is erased at once, but for what a legal hold keeps: that is noted, and erased when the
// last hold on it is lifted.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { eraseEarlierCertificates } from '../earlier-certificates/index.ts';
import { lockAgainstHolds, NOT_HELD_ACCOUNT } from '../legal-holds/index.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import { eraseOrders } from './erase-orders.ts';
import { eraseHolders, eraseIdentity } from './erasure.store.ts';

const ACCOUNTS_AT_ONCE = 100;

interface Asked {
  accountId: string;
  erasesOrders: boolean;
}

/** True when a legal hold keeps a part. The caller has the account's lock, and has ended its identity. */
export async function eraseOrKeep(tx: Transaction, vault: Vault, asked: Asked): Promise<boolean> {
  const isHeld = await lockAgainstHolds(tx, asked.accountId);
  // Orders that are not held do not wait for others.
  if (asked.erasesOrders) await eraseOrders(tx, vault, asked.accountId);
  if (isHeld) await keepForLater(tx, asked);
  else await eraseRest(tx, vault, { accountId: asked.accountId, until: new Date() });
  return isHeld;
}

/** What was asked before is still asked. */
async function keepForLater({ prisma }: Transaction, { accountId, erasesOrders }: Asked): Promise<void> {
  const before = await prisma.pendingErasure.findUnique({ where: { accountId }, select: { erasesOrders: true } });
  await prisma.pendingErasure.deleteMany({ where: { accountId } });
  const row = { accountId, erasesOrders: erasesOrders || before?.erasesOrders === true, askedAt: new Date() };
  await prisma.pendingErasure.createMany({ data: [row] });
}

async function eraseRest(
  tx: Transaction,
  vault: Vault,
  { accountId, until }: { accountId: string; until: Date },
): Promise<void> {
  await eraseIdentity(tx, vault, { accountId, until });
  const isClosed = (await tx.prisma.account.count({ where: { id: accountId, state: 'CLOSED' } })) > 0;
  if (!isClosed) return;
  await eraseHolders(tx, accountId);
  await eraseEarlierCertificates(tx, accountId);
}

interface FinishingParts {
  db: Database;
  vault: Vault;
  onItemFailure: OnItemFailure;
}

/** Erases what holds kept that were lifted since. May run twice, also at once. */
export async function finishErasures({ db, vault, onItemFailure }: FinishingParts): Promise<unknown> {
  const due = await db.prisma.pendingErasure.findMany({
    where: { account: NOT_HELD_ACCOUNT },
    select: { accountId: true },
    take: ACCOUNTS_AT_ONCE,
  });
  return eachItem({
    work: 'finish-erasures',
    items: due.map(({ accountId }) => ({ id: accountId })),
    onFailure: onItemFailure,
    run: ({ id }) => db.transaction((tx) => finish(tx, vault, id)),
  });
}

/** False when there is nothing to do (any more), or another hold was placed meanwhile. */
async function finish(tx: Transaction, vault: Vault, accountId: string): Promise<boolean> {
  await lockRow(tx, 'account', accountId);
  const asked = await tx.prisma.pendingErasure.findUnique({ where: { accountId } });
  if (!asked || (await lockAgainstHolds(tx, accountId))) return false;
  if (asked.erasesOrders) await eraseOrders(tx, vault, accountId);
  await eraseRest(tx, vault, { accountId, until: asked.askedAt });
  await tx.prisma.pendingErasure.deleteMany({ where: { accountId } });
  const { erasesOrders } = asked;
  tx.record({
    actor: 'system',
    action: 'account.erase-rest',
    subject: `account:${accountId}`,
    detail: { erasesOrders },
  });
  return true;
}
