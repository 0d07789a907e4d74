// SPDX-License-Identifier: Apache-2.0
// Who may act for which organisation. A membership that ended keeps its row; an organisation always has a manager.
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import { actorOf, type OrganisationRole, type Owner } from '../http/members.ts';
import type { OrganisationState } from './organisation.ts';
import type { OrganisationStore } from './organisations.store.ts';

/** Somebody who acts for an organisation. */
export type OrganisationOwner = Owner & { organisationId: string };

export interface MembershipStore {
  /** The organisations for which the account may act, the earliest joined first. */
  of(accountId: string): Promise<OwnOrganisation[]>;
  /** For which one a new session acts: the first, for whoever has no verified name of their own; null for themselves. */
  usual(accountId: string): Promise<string | null>;
  /** Throws `state-conflict` while an organisation that the account manages waits for its review, or was rejected. */
  requireNoneWaiting(tx: Transaction, accountId: string): Promise<void>;
  /** For the holder of the organisation's lock: `forbidden` for whoever was removed, or made clerk, a moment ago. */
  requireManaging(tx: Transaction, by: OrganisationOwner): Promise<void>;
  join(
    tx: Transaction,
    membership: { organisationId: string; accountId: string; role: OrganisationRole },
  ): Promise<void>;
  /** Throws `member-not-found`, and `last-manager` where nobody else could manage. */
  changeRole(by: OrganisationOwner, memberId: string, role: OrganisationRole): Promise<void>;
  /** As `changeRole`. */
  remove(by: OrganisationOwner, memberId: string): Promise<void>;
  /** Whoever acts leaves; throws `last-manager`. */
  leave(by: OrganisationOwner): Promise<void>;
  /** Makes the member manager and the one who acts clerk, both or none. */
  handOver(by: OrganisationOwner, memberId: string): Promise<void>;
}

export interface OwnOrganisation {
  id: string;
  name: string;
  role: OrganisationRole;
  state: OrganisationState;
}

export function createMembershipStore(db: Database, organisations: OrganisationStore): MembershipStore {
  /** Of one organisation, one after the other: two at once could each leave the other as the last manager. */
  const change = (by: OrganisationOwner, work: (tx: Transaction) => Promise<void>) =>
    db.transaction(async (tx) => {
      await lockRow(tx, 'organisation', by.organisationId);
      await work(tx);
      await requireManager(tx.prisma, by.organisationId);
    });
  const manage = (by: OrganisationOwner, work: (tx: Transaction) => Promise<void>) =>
    change(by, async (tx) => {
      await requireManaging(tx, by);
      await work(tx);
    });
  return {
    of: (accountId) => organisationsOf(db, organisations, accountId),
    usual: (accountId) => usual(db.prisma, accountId),
    requireNoneWaiting,
    requireManaging,
    join,

    changeRole: (by, memberId, role) =>
      manage(by, async (tx) => {
        await setRole(tx, by, { memberId, role });
      }),

    remove: (by, memberId) =>
      manage(by, async (tx) => {
        await end(tx, by, { id: memberId });
      }),

    leave: (by) =>
      change(by, async (tx) => {
        await end(tx, by, { accountId: by.accountId });
      }),

    handOver: (by, memberId) =>
      manage(by, async (tx) => {
        const where = { organisationId: by.organisationId, accountId: by.accountId, removedAt: null };
        const own = await tx.prisma.organisationMember.findFirst({ where });
        if (!own || own.id === memberId) throw new DomainError('member-not-found');
        await setRole(tx, by, { memberId, role: 'MANAGER' });
        await setRole(tx, by, { memberId: own.id, role: 'CLERK' });
      }),
  };
}

async function organisationsOf({ prisma }: Database, organisations: OrganisationStore, accountId: string) {
  const rows = await livingOf(prisma, accountId);
  return Promise.all(
    rows.map(async ({ role, organisation: { id, state } }) => {
      const { name } = organisations.read(await organisations.current(id));
      return { id, name, role, state };
    }),
  );
}

function livingOf({ organisationMember }: Db, accountId: string) {
  return organisationMember.findMany({
    where: { accountId, removedAt: null },
    select: { role: true, organisation: { select: { id: true, state: true } } },
    orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
  });
}

async function usual(prisma: Db, accountId: string): Promise<string | null> {
  const [first] = await livingOf(prisma, accountId);
  if (!first) return null;
  const isPerson = await prisma.identity.count({ where: { accountId, supersededAt: null, state: 'VERIFIED' } });
  return isPerson > 0 ? null : first.organisation.id;
}

async function requireNoneWaiting(tx: Transaction, accountId: string): Promise<void> {
  // Two forms at once follow each other.
  await lockRow(tx, 'account', accountId);
  const organisation = { state: { not: 'VERIFIED' as const } };
  const where = { accountId, role: 'MANAGER' as const, removedAt: null, organisation };
  if ((await tx.prisma.organisationMember.count({ where })) === 0) return;
  throw new DomainError('state-conflict', { record: 'organisation', event: 'found' });
}

async function join(
  tx: Transaction,
  { organisationId, accountId, role }: { organisationId: string; accountId: string; role: OrganisationRole },
): Promise<void> {
  const living = { organisationId, accountId, removedAt: null };
  // Who is a member already stays what they are.
  if ((await tx.prisma.organisationMember.count({ where: living })) > 0) return;
  const id = newId();
  await tx.prisma.organisationMember.create({ data: { id, organisationId, accountId, role } });
  const entry = {
    actor: `account:${accountId}`,
    action: 'organisation.join',
    subject: `organisation:${organisationId}`,
  };
  tx.record({ ...entry, detail: { memberId: id, role } });
}

async function setRole(
  tx: Transaction,
  by: OrganisationOwner,
  { memberId, role }: { memberId: string; role: OrganisationRole },
): Promise<void> {
  const where = { id: memberId, organisationId: by.organisationId, removedAt: null };
  const { count } = await tx.prisma.organisationMember.updateMany({ where, data: { role } });
  if (count === 0) throw new DomainError('member-not-found');
  note(tx, by, 'change-role', { memberId, role });
}

async function end(tx: Transaction, by: OrganisationOwner, who: { id: string } | { accountId: string }) {
  const member = await tx.prisma.organisationMember.findFirst({
    where: { ...who, organisationId: by.organisationId, removedAt: null },
  });
  if (!member) throw new DomainError('member-not-found');
  await tx.prisma.organisationMember.updateMany({ where: { id: member.id }, data: { removedAt: new Date() } });
  note(tx, by, member.accountId === by.accountId ? 'leave' : 'remove-member', { memberId: member.id });
}

async function requireManaging(tx: Transaction, { organisationId, accountId }: OrganisationOwner): Promise<void> {
  const where = { organisationId, accountId, role: 'MANAGER' as const, removedAt: null };
  if ((await tx.prisma.organisationMember.count({ where })) === 0) throw new DomainError('forbidden');
}

async function requireManager({ organisationMember }: Db, organisationId: string): Promise<void> {
  const where = { organisationId, role: 'MANAGER' as const, removedAt: null };
  if ((await organisationMember.count({ where })) === 0) throw new DomainError('last-manager');
}

function note(tx: Transaction, by: OrganisationOwner, action: string, detail: Record<string, unknown>): void {
  const { organisationId } = by;
  const subject = `organisation:${organisationId}`;
  tx.record({ actor: actorOf(by), action: `organisation.${action}`, subject, detail: { ...detail, organisationId } });
}
