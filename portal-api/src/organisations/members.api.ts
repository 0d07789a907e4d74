// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { phoneSchema } from '../accounts/index.ts';
import { ORGANISATION_ROLES } from '../http/members.ts';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';

const instant = z.iso.datetime();
const role = z.enum(ORGANISATION_ROLES);
const params = z.strictObject({ id: recordId });

const memberSchema = z
  .object({
    id: z.uuid().meta({ description: 'Of the membership' }),
    userNumber: z.string(),
    name: z.string().nullable().meta({ description: 'Masked; null without a verified name' }),
    phone: z.string().meta({ description: 'Masked' }),
    role,
    joinedAt: instant,
    isMe: z.boolean(),
  })
  .meta({ id: 'OrganisationMember' });

const sentSchema = z
  .object({
    id: z.uuid(),
    phone: z.string().meta({ description: 'Masked' }),
    role,
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'SentInvitation' });

const invitationSchema = z
  .object({
    id: z.uuid(),
    organisationId: z.uuid(),
    organisation: z.string().meta({ description: 'Name of the organisation' }),
    role,
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'Invitation' });

export const memberApi = {
  list: operation({
    method: 'get',
    path: '/organisations/current/members',
    summary: 'Who acts for the organisation; for its managers also who is invited',
    access: 'verified',
    answer: z.object({ members: z.array(memberSchema), invitations: z.array(sentSchema) }),
    errors: ['organisation-not-found', 'stored-object-damaged'],
  }),
  invite: operation({
    method: 'post',
    path: '/organisations/current/invitations',
    summary: 'Invite the owner of a telephone; the answer does not tell whether it has an account',
    access: 'manager',
    limit: 'invitation',
    body: z.strictObject({ phone: phoneSchema, role }),
    status: 201,
    answer: z.object({ invitations: z.array(sentSchema) }),
    errors: ['already-member', 'too-many-invitations'],
  }),
  withdraw: operation({
    method: 'delete',
    path: '/organisations/current/invitations/{id}',
    summary: 'Take an invitation back that nobody has answered',
    access: 'manager',
    params,
    errors: ['invitation-not-found'],
  }),
  changeRole: operation({
    method: 'put',
    path: '/organisations/current/members/{id}',
    summary: 'Give a member another role',
    access: 'manager',
    params,
    body: z.strictObject({ role }),
    errors: ['member-not-found', 'last-manager'],
  }),
  remove: operation({
    method: 'delete',
    path: '/organisations/current/members/{id}',
    summary: 'End a membership; their open sessions lose access with the next request',
    access: 'manager',
    params,
    errors: ['member-not-found', 'last-manager'],
  }),
  leave: operation({
    method: 'delete',
    path: '/organisations/current/membership',
    summary: 'Leave the organisation that I act for',
    access: 'member',
    errors: ['organisation-not-found', 'member-not-found', 'last-manager'],
  }),
  handOver: operation({
    method: 'post',
    path: '/organisations/current/handover',
    summary: 'Make a member manager in my place; I stay as a clerk',
    access: 'manager',
    body: z.strictObject({ memberId: recordId }),
    errors: ['member-not-found'],
  }),
  invitations: operation({
    method: 'get',
    path: '/invitations',
    summary: 'Invitations to my telephone that wait for an answer',
    access: 'member',
    answer: z.object({ items: z.array(invitationSchema) }),
    errors: ['stored-object-damaged'],
  }),
  answer: operation({
    method: 'post',
    path: '/invitations/{id}/answer',
    summary: 'Accept or decline an invitation; each is answered once',
    access: 'member',
    params,
    body: z.strictObject({ answer: z.enum(['accept', 'decline']) }),
    errors: ['invitation-not-found'],
  }),
};
