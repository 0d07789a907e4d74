// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { ROLES } from '../http/members.ts';
import { operation } from '../http/operation.ts';
import { auditReason, pasted, recordId } from '../http/validation.ts';
import { ACCOUNT_EVENTS } from './account-states.ts';
import { ROLE_CHANGES } from './roles.ts';

/** Auditors read, security administrators act. */
const readers = { staff: ['security-admin', 'auditor'] } as const;
export const securityAdmin = { staff: ['security-admin'] } as const;
export const accountParams = z.object({ id: recordId });

export const SEARCH_KINDS = ['phone', 'id-number', 'user-number'] as const;

export const ACCOUNT_STATES = ['ACTIVE', 'DISABLED', 'CLOSED'] as const;

const accountFacts = {
  id: z.uuid(),
  userNumber: z.string(),
  phone: z.string().meta({ description: 'Masked' }),
  name: z.string().nullable().meta({ description: 'Masked; null without a verified real name' }),
  state: z.enum(ACCOUNT_STATES),
  createdAt: z.iso.datetime(),
};

const foundSchema = z.object({ ...accountFacts, roles: z.array(z.enum(ROLES)) }).meta({ id: 'FoundAccount' });

const accountSchema = z
  .object({
    ...accountFacts,
    stateAt: z.iso.datetime(),
    isOwn: z.boolean(),
    roles: z.array(z.object({ role: z.enum(ROLES), grantedAt: z.iso.datetime(), grantedBy: z.string() })),
    sessions: z.int().meta({ description: 'How many are alive' }),
    hasSecondStep: z.boolean(),
    identity: z
      .object({
        state: z.string(),
        nature: z.string(),
        idNumber: z.string().meta({ description: 'Masked' }),
        verifiedAt: z.iso.datetime().nullable(),
        hasImages: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'StaffAccount' });

export type FoundAccount = z.input<typeof foundSchema>;
export type StaffAccount = z.input<typeof accountSchema>;

const acts = (errors: readonly ('own-account' | 'last-administrator' | 'state-conflict')[]) =>
  ['account-not-found', ...errors] as const;

export const staffAccountApi = {
  search: operation({
    method: 'post',
    path: '/staff/account-searches',
    summary: 'The account of exactly this number; nothing is found by a part of one',
    access: readers,
    limit: 'staff-search',
    body: z.strictObject({ by: z.enum(SEARCH_KINDS), value: pasted(z.string().min(1).max(40)) }),
    answer: z.object({ items: z.array(foundSchema) }),
    errors: ['stored-object-damaged'],
  }),
  read: operation({
    method: 'get',
    path: '/staff/accounts/{id}',
    summary: 'An account: state, roles, sessions, real name; personal data masked',
    access: readers,
    params: accountParams,
    answer: accountSchema,
    errors: ['account-not-found', 'stored-object-damaged'],
  }),
  changeRole: operation({
    method: 'post',
    path: '/staff/accounts/{id}/role-changes',
    summary: 'Grant or withdraw a role; nobody changes their own',
    access: securityAdmin,
    params: accountParams,
    body: z.strictObject({ role: z.enum(ROLES), change: z.enum(ROLE_CHANGES), reason: auditReason }),
    answer: accountSchema,
    errors: [...acts(['own-account', 'last-administrator', 'state-conflict']), 'duties-separate'],
  }),
  changeState: operation({
    method: 'post',
    path: '/staff/accounts/{id}/state-changes',
    summary: 'Lock, unlock or close an account; its sessions end at once',
    access: securityAdmin,
    params: accountParams,
    body: z.strictObject({ event: z.enum(ACCOUNT_EVENTS), reason: auditReason }),
    answer: accountSchema,
    errors: [...acts(['own-account', 'last-administrator', 'state-conflict']), 'account-has-roles', 'account-busy'],
  }),
  resetSecondStep: operation({
    method: 'post',
    path: '/staff/accounts/{id}/second-step-reset',
    summary: 'Take the authenticator and the recovery codes of a member of staff away; their sessions end at once',
    access: securityAdmin,
    params: accountParams,
    body: z.strictObject({ reason: auditReason }),
    answer: accountSchema,
    errors: [...acts(['own-account']), 'second-step-not-enrolled'],
  }),
};
