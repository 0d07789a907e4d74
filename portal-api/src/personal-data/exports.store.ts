// SPDX-License-Identifier: Apache-2.0
// The copies of their own data that members asked for: one for each account, until its time is over.
import type { Vault } from '../crypto/vault.ts';
import type { Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';

const DAY_MS = 86_400_000;
/** So long the package can be downloaded. */
export const EXPORT_DAYS = 7;

export interface DataExport {
  id: string;
  state: 'PENDING' | 'READY';
  createdAt: Date;
  readyAt: Date | null;
  expiresAt: Date;
}

const SHOWN = { id: true, state: true, createdAt: true, readyAt: true, expiresAt: true } as const;

export function findExport({ dataExport }: Db, accountId: string): Promise<DataExport | null> {
  return dataExport.findFirst({ where: { accountId, expiresAt: { gt: new Date() } }, select: SHOWN });
}

/** In place of the last one. One that is still being made is not begun again. */
export async function beginExport(tx: Transaction, accountId: string): Promise<{ made: DataExport; isNew: boolean }> {
  await lockRow(tx, 'account', accountId);
  const found = await findExport(tx.prisma, accountId);
  if (found?.state === 'PENDING') return { made: found, isNew: false };
  await tx.prisma.dataExport.deleteMany({ where: { accountId } });
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + EXPORT_DAYS * DAY_MS);
  const made = await tx.prisma.dataExport.create({
    data: { id: newId(), accountId, createdAt, expiresAt },
    select: SHOWN,
  });
  return { made, isNew: true };
}

export async function accountOfPending({ dataExport }: Db, id: string): Promise<string | undefined> {
  const found = await dataExport.findFirst({ where: { id, state: 'PENDING' }, select: { accountId: true } });
  return found?.accountId;
}

/** Does nothing the second time. */
export async function completeExport({ dataExport }: Db, vault: Vault, id: string, snapshot: string): Promise<void> {
  const cipher = vault.encrypt(snapshot, contextOf(id));
  await dataExport.updateMany({
    where: { id, state: 'PENDING' },
    data: { state: 'READY', readyAt: new Date(), cipher },
  });
}

export async function readSnapshot({ dataExport }: Db, vault: Vault, accountId: string): Promise<Buffer | undefined> {
  const where = { accountId, state: 'READY' as const, expiresAt: { gt: new Date() } };
  const found = await dataExport.findFirst({ where, select: { id: true, cipher: true } });
  return found?.cipher ? vault.decrypt(found.cipher, contextOf(found.id)) : undefined;
}

export const contextOf = (id: string) => `data_export:${id}`;
