// SPDX-License-Identifier: Apache-2.0
import { phoneContext } from '../accounts/index.ts';
import { maskPhone } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import type { OrganisationInvitation } from '../generated/prisma/client.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { type Member, memberOf } from '../http/members.ts';
import type { InvitationStore } from './invitations.store.ts';
import { memberApi } from './members.api.ts';
import type { MembershipStore } from './memberships.store.ts';
import { actedFor } from './organisations.routes.ts';
import type { OrganisationStore } from './organisations.store.ts';

export interface MemberParts {
  db: Database;
  vault: Vault;
  store: OrganisationStore;
  memberships: MembershipStore;
  invitations: InvitationStore;
}

export function memberEndpoints(parts: MemberParts): Endpoint[] {
  return [listEndpoint(parts), ...managerEndpoints(parts), ...membershipEndpoints(parts), ...invitedEndpoints(parts)];
}

function listEndpoint(parts: MemberParts): Endpoint {
  return endpoint(memberApi.list, async ({ req }) => {
    const { organisationId, role } = actedFor(memberOf(req));
    const sent = role === 'MANAGER' ? await parts.invitations.openOf(organisationId) : [];
    return { members: await membersOf(parts, organisationId, memberOf(req).id), invitations: sent.map(sentView) };
  });
}

function managerEndpoints({ memberships, invitations }: MemberParts): Endpoint[] {
  return [
    endpoint(memberApi.invite, async ({ body, req }) => {
      const by = actorFor(memberOf(req));
      await invitations.invite(by, body);
      return { invitations: (await invitations.openOf(by.organisationId)).map(sentView) };
    }),
    endpoint(memberApi.withdraw, async ({ params: { id }, req }) => {
      await invitations.withdraw(actorFor(memberOf(req)), id);
      return undefined;
    }),
    endpoint(memberApi.changeRole, async ({ params: { id }, body: { role }, req }) => {
      await memberships.changeRole(actorFor(memberOf(req)), id, role);
      return undefined;
    }),
    endpoint(memberApi.remove, async ({ params: { id }, req }) => {
      await memberships.remove(actorFor(memberOf(req)), id);
      return undefined;
    }),
  ];
}

function membershipEndpoints({ memberships }: MemberParts): Endpoint[] {
  return [
    endpoint(memberApi.leave, async ({ req }) => {
      await memberships.leave(actorFor(memberOf(req)));
      req.session.organisationId = null;
      return undefined;
    }),
    endpoint(memberApi.handOver, async ({ body: { memberId }, req }) => {
      await memberships.handOver(actorFor(memberOf(req)), memberId);
      return undefined;
    }),
  ];
}

function invitedEndpoints({ store, invitations }: MemberParts): Endpoint[] {
  return [
    endpoint(memberApi.invitations, async ({ req }) => {
      const rows = await invitations.to(memberOf(req).id);
      return { items: await Promise.all(rows.map((row) => invitationView(store, row))) };
    }),
    endpoint(memberApi.answer, async ({ params: { id }, body: { answer }, req }) => {
      await invitations.answer(memberOf(req).id, id, answer);
      return undefined;
    }),
  ];
}

function actorFor(member: Member) {
  return { accountId: member.id, organisationId: actedFor(member).organisationId };
}

async function membersOf({ db, vault }: MemberParts, organisationId: string, accountId: string) {
  const rows = await db.prisma.organisationMember.findMany({
    where: { organisationId, removedAt: null },
    select: {
      id: true,
      role: true,
      joinedAt: true,
      account: {
        select: {
          id: true,
          userNumber: true,
          phoneCipher: true,
          identities: { where: { supersededAt: null, state: 'VERIFIED' }, select: { nameMasked: true } },
        },
      },
    },
    orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, role, joinedAt, account }) => ({
    id,
    userNumber: `ID${account.userNumber}`,
    name: account.identities[0]?.nameMasked ?? null,
    phone: maskPhone(vault.decryptText(account.phoneCipher, phoneContext(account.id))),
    role,
    joinedAt: joinedAt.toISOString(),
    isMe: account.id === accountId,
  }));
}

function sentView({ id, phoneMasked, role, createdAt, expiresAt }: OrganisationInvitation) {
  return { id, phone: phoneMasked, role, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

async function invitationView(store: OrganisationStore, row: OrganisationInvitation) {
  const { id, organisationId, role, createdAt, expiresAt } = row;
  const organisation = store.read(await store.current(organisationId)).name;
  const [sent, until] = [createdAt.toISOString(), expiresAt.toISOString()];
  return { id, organisationId, organisation, role, createdAt: sent, expiresAt: until };
}
