// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageQuery } from '../http/cursor.ts';
import { operation } from '../http/operation.ts';
import { auditReason, pasted, recordId } from '../http/validation.ts';
import { IDENTITY_DOCUMENTS, identityReasonSchema, NATIONALITIES } from '../identity/index.ts';
import { decisionSchema, REVIEW_READERS, REVIEWERS } from '../staff-reviews/index.ts';

const REVIEW_STATES = ['PENDING', 'VERIFIED', 'REJECTED'] as const;

const instant = z.iso.datetime();
const side = z.enum(['front', 'back']);
const params = z.strictObject({ id: recordId });

const summary = {
  id: z.uuid(),
  documentType: z.enum(IDENTITY_DOCUMENTS),
  name: z.string().meta({ description: 'Masked' }),
  idNumber: z.string().meta({ description: 'Masked' }),
  applicant: z.string().meta({ description: 'User number' }),
  state: z.enum(REVIEW_STATES),
  version: z.int(),
  waitingSince: instant,
  takenBy: z.string().nullable().meta({ description: 'User number of the reviewer who has it' }),
  isTakenByMe: z.boolean(),
  isOwn: z.boolean().meta({ description: 'My own: I may not decide' }),
};

const staffSummarySchema = z.object(summary).meta({ id: 'StaffIdentitySummary' });

const staffIdentitySchema = z
  .object({
    ...summary,
    isReplaced: z.boolean().meta({ description: 'The member has sent another one, or withdrew it' }),
    needsTwo: z.boolean().meta({ description: 'Two reviewers have to approve' }),
    sides: z.array(side).meta({ description: 'Pictures that are still kept' }),
    isNumberUsed: z.boolean().meta({ description: 'Another account states this document as well' }),
    reviews: z.array(
      z.object({
        version: z.int(),
        reviewer: z.string(),
        decision: z.enum(['APPROVE', 'REJECT']),
        reasons: z.array(identityReasonSchema),
        decidedAt: instant,
      }),
    ),
  })
  .meta({ id: 'StaffIdentity' });

export type StaffIdentity = z.output<typeof staffIdentitySchema>;
export type StaffIdentitySummary = z.output<typeof staffSummarySchema>;

const listQuerySchema = z.strictObject({
  state: z.enum(REVIEW_STATES).optional(),
  taken: z.enum(['mine', 'nobody']).optional(),
  sort: z.enum(['stateAt', '-stateAt']).default('stateAt'),
  ...pageQuery,
});

export type IdentityListQuery = z.output<typeof listQuerySchema>;

const viewSchema = z
  .object({
    token: z.string().meta({ description: 'For the pictures of this view; good for its viewer alone' }),
    expiresAt: instant,
    name: z.string(),
    idNumber: z.string(),
    nationality: z.enum(NATIONALITIES),
    birthDate: z.string(),
    expiresOn: z.string(),
    address: z.string(),
  })
  .meta({ id: 'StaffIdentityView' });

export const identityReviewApi = {
  list: operation({
    method: 'get',
    path: '/staff/identities',
    summary: 'Real names that staff review, those that wait longest first',
    access: REVIEW_READERS,
    query: listQuerySchema,
    answer: z.object({ items: z.array(staffSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/staff/identities/{id}',
    summary: 'A real name under review, masked, with what was decided before',
    access: REVIEW_READERS,
    params,
    answer: staffIdentitySchema,
    errors: ['identity-not-found'],
  }),
  view: operation({
    method: 'post',
    path: '/staff/identities/{id}/views',
    summary: 'Look at it in clear for some minutes; who, what and why goes into the audit log first',
    access: REVIEWERS,
    limit: 'staff-search',
    params,
    body: z.strictObject({ reason: auditReason }),
    status: 201,
    answer: viewSchema,
    errors: ['identity-not-found', 'stored-object-damaged'],
  }),
  picture: operation({
    method: 'get',
    path: '/staff/identities/{id}/pictures/{side}',
    summary: 'A picture of the document with its viewer and the time drawn into it; every look is recorded',
    access: REVIEWERS,
    params: params.extend({ side }),
    query: z.strictObject({ view: pasted(z.string().max(200)) }),
    media: 'image/jpeg',
    errors: ['view-expired', 'file-not-found', 'stored-object-damaged'],
  }),
  take: operation({
    method: 'put',
    path: '/staff/identities/{id}/assignment',
    summary: 'Take the review, so that nobody else begins it',
    access: REVIEWERS,
    params,
    errors: ['identity-not-found', 'review-conflict'],
  }),
  release: operation({
    method: 'delete',
    path: '/staff/identities/{id}/assignment',
    summary: "Give the review back; a senior reviewer may also give another's back",
    access: REVIEWERS,
    params,
    errors: ['identity-not-found'],
  }),
  decide: operation({
    method: 'post',
    path: '/staff/identities/{id}/decision',
    summary: 'Approve or reject the version that was looked at',
    access: REVIEWERS,
    params,
    body: decisionSchema(identityReasonSchema, 'IdentityDecision'),
    answer: staffIdentitySchema,
    errors: ['identity-not-found', 'identity-in-use', 'review-conflict', 'stored-object-damaged'],
  }),
};
