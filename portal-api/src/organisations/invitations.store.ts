// SPDX-License-Identifier: Apache-2.0
// Invitations of an organisation: to a telephone, for one use, for some days. Whoever has an account with that telephone,
// now or later, sees the invitation after logging in, and accepts or declines it.
import { maskPhone } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import type { OrganisationInvitation } from '../generated/prisma/client.ts';
import { actorOf, type OrganisationRole } from '../http/members.ts';
import type { MembershipStore, OrganisationOwner } from './memberships.store.ts';

const LASTS_MS = 7 * 24 * 60 * 60 * 1_000;
/** Open at a time, for one organisation. */
const MOST_OPEN = 50;

export interface InvitationStore {
  /** An earlier one to the same telephone ends. Throws `already-member`, `too-many-invitations`. */
  invite(by: OrganisationOwner, invited: { phone: string; role: OrganisationRole }): Promise<void>;
  /** Throws `invitation-not-found`, also for another organisation's, and for one that was answered. */
  withdraw(by: OrganisationOwner, id: string): Promise<void>;
  openOf(organisationId: string): Promise<OrganisationInvitation[]>;
  /** To the telephone of this account. */
  to(accountId: string): Promise<OrganisationInvitation[]>;
  /** Throws `invitation-not-found`, also for one to another telephone, and for one that was answered or has expired. */
  answer(accountId: string, id: string, answer: 'accept' | 'decline'): Promise<void>;
}

export interface InvitationNotice {
  id: string;
  organisationId: string;
  accountId: string | undefined;
  expiresAt: Date;
}

interface InvitationParts {
  db: Database;
  vault: Vault;
  memberships: Pick<MembershipStore, 'join' | 'requireManaging'>;
  /** Tells the owner of the telephone, whether they have an account or not. */
  tell(tx: Transaction, invitation: InvitationNotice): Promise<void>;
}

export function createInvitationStore({ db, vault, memberships, tell }: InvitationParts): InvitationStore {
  return {
    invite: (by, { phone, role }) =>
      db.transaction(async (tx) => {
        const { organisationId } = by;
        await lockRow(tx, 'organisation', organisationId);
        await memberships.requireManaging(tx, by);
        const phoneIndex = vault.blindIndex('phone', phone);
        const account = await tx.prisma.account.findUnique({ where: { phoneIndex }, select: { id: true } });
        await refuseMember(tx.prisma, organisationId, account?.id);
        await end(tx.prisma, { organisationId, phoneIndex, state: 'OPEN' }, 'WITHDRAWN');
        if ((await openOf(tx.prisma, organisationId)).length >= MOST_OPEN)
          throw new DomainError('too-many-invitations');
        const id = newId();
        const expiresAt = new Date(Date.now() + LASTS_MS);
        await tx.prisma.organisationInvitation.create({
          data: {
            id,
            organisationId,
            phoneCipher: vault.encrypt(phone, invitedPhone(id)),
            phoneIndex,
            phoneMasked: maskPhone(phone),
            role,
            invitedBy: by.accountId,
            expiresAt,
          },
        });
        note(tx, by, 'invite', { invitationId: id, role });
        await tell(tx, { id, organisationId, accountId: account?.id, expiresAt });
      }),

    withdraw: (by, id) =>
      db.transaction(async (tx) => {
        const { organisationId } = by;
        await lockRow(tx, 'organisation', organisationId);
        await memberships.requireManaging(tx, by);
        const isEnded = await end(tx.prisma, { id, organisationId, state: 'OPEN' }, 'WITHDRAWN');
        if (!isEnded) throw new DomainError('invitation-not-found');
        note(tx, by, 'withdraw-invitation', { invitationId: id });
      }),

    openOf: (organisationId) => openOf(db.prisma, organisationId),

    async to(accountId) {
      const account = await db.prisma.account.findUnique({ where: { id: accountId }, select: { phoneIndex: true } });
      if (!account) return [];
      return db.prisma.organisationInvitation.findMany({
        where: { phoneIndex: account.phoneIndex, ...isLive() },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: 100,
      });
    },

    answer: (accountId, id, answer) =>
      db.transaction(async (tx) => {
        const account = await tx.prisma.account.findUnique({ where: { id: accountId }, select: { phoneIndex: true } });
        const found = await tx.prisma.organisationInvitation.findUnique({ where: { id } });
        if (!account || !found) throw new DomainError('invitation-not-found');
        const { organisationId, role } = found;
        await lockRow(tx, 'organisation', organisationId);
        const state = answer === 'accept' ? 'ACCEPTED' : 'DECLINED';
        // Guarded: of two answers at once, one finds it open.
        const isAnswered = await end(tx.prisma, { id, phoneIndex: account.phoneIndex, ...isLive() }, state);
        if (!isAnswered) throw new DomainError('invitation-not-found');
        note(tx, { accountId, organisationId }, `${answer}-invitation`, { invitationId: id });
        if (answer === 'accept') await memberships.join(tx, { organisationId, accountId, role });
      }),
  };
}

export const invitedPhone = (id: string) => `organisation_invitation:${id}:phone`;

const isLive = () => ({ state: 'OPEN' as const, expiresAt: { gt: new Date() } });

function openOf({ organisationInvitation }: Db, organisationId: string): Promise<OrganisationInvitation[]> {
  const where = { organisationId, ...isLive() };
  return organisationInvitation.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
}

async function refuseMember({ organisationMember }: Db, organisationId: string, accountId: string | undefined) {
  if (accountId === undefined) return;
  const where = { organisationId, accountId, removedAt: null };
  if ((await organisationMember.count({ where })) > 0) throw new DomainError('already-member');
}

async function end(
  { organisationInvitation }: Db,
  where: NonNullable<Parameters<Db['organisationInvitation']['updateMany']>[0]>['where'] & object,
  state: 'ACCEPTED' | 'DECLINED' | 'WITHDRAWN',
): Promise<boolean> {
  const { count } = await organisationInvitation.updateMany({ where, data: { state, stateAt: new Date() } });
  return count > 0;
}

function note(tx: Transaction, by: OrganisationOwner, action: string, detail: Record<string, unknown>): void {
  const { organisationId } = by;
  const subject = `organisation:${organisationId}`;
  tx.record({ actor: actorOf(by), action: `organisation.${action}`, subject, detail: { ...detail, organisationId } });
}
