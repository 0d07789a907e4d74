// SPDX-License-Identifier: Apache-2.0
// What a security administrator does to an account: lock, unlock, close, and take its authenticator away. Each ends the
// sessions of the account at once.
import { hasOpenOrders } from '../attestations/index.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { type Machine, transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import type { AccountState } from '../generated/prisma/enums.ts';
import { withdrawAll } from '../publication/index.ts';
import { hasOpenRegistrations } from '../registrations/index.ts';
import { lockRoles, refuseOwn, requireOtherHolder, rolesOf } from './roles.ts';
import { forgetSecondStep } from './second-step.ts';

export const ACCOUNT_EVENTS = ['lock', 'unlock', 'close'] as const;
export type AccountEvent = (typeof ACCOUNT_EVENTS)[number];

const END_SESSIONS = { sessionEpoch: { increment: 1 } };

const accountMachine: Machine<AccountState, AccountEvent, typeof END_SESSIONS> = {
  name: 'account',
  records: (db: Db) => db.account,
  transitions: [
    { from: ['ACTIVE'], event: 'lock', to: 'DISABLED' },
    { from: ['DISABLED'], event: 'unlock', to: 'ACTIVE' },
    { from: ['ACTIVE', 'DISABLED'], event: 'close', to: 'CLOSED' },
  ],
};

export interface StateChange {
  accountId: string;
  event: AccountEvent;
  reason: string;
}

export function changeAccountState(
  db: Database,
  actorId: string,
  { accountId, event, reason }: StateChange,
): Promise<void> {
  refuseOwn(actorId, accountId);
  return db.transaction(async (tx) => {
    await lockRoles(tx);
    const roles = await rolesOf(tx, accountId);
    if (event === 'lock') await requireOtherHolder(tx, accountId, roles);
    if (event === 'close') await requireNothingOpen(tx, accountId, roles);
    const request = { id: accountId, event, actor: `account:${actorId}`, set: END_SESSIONS, detail: { reason } };
    await transition(tx, accountMachine, request);
    if (event === 'close') await withdrawAll(tx, accountId, request.actor);
  });
}

export function resetSecondStep(
  db: Database,
  actorId: string,
  { accountId, reason }: { accountId: string; reason: string },
): Promise<void> {
  refuseOwn(actorId, accountId);
  return db.transaction(async (tx) => {
    await rolesOf(tx, accountId);
    if (!(await forgetSecondStep(tx, accountId))) throw new DomainError('second-step-not-enrolled');
    await tx.prisma.account.updateMany({ where: { id: accountId }, data: END_SESSIONS });
    const by = { actor: `account:${actorId}`, subject: `account:${accountId}` };
    tx.record({ ...by, action: 'second-step.reset', detail: { reason } });
  });
}

/** A closed account comes back for nobody, so nothing may wait for it. */
async function requireNothingOpen(tx: Transaction, accountId: string, roles: readonly string[]): Promise<void> {
  if (roles.length > 0) throw new DomainError('account-has-roles');
  if ((await hasOpenOrders(tx.prisma, accountId)) || (await hasOpenRegistrations(tx.prisma, accountId)))
    throw new DomainError('account-busy');
}
