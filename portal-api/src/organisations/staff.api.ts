// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageQuery } from '../http/cursor.ts';
import { operation } from '../http/operation.ts';
import { cleanLine } from '../http/text.ts';
import { auditReason, pasted, recordId } from '../http/validation.ts';
import { decisionSchema, REVIEW_READERS, REVIEWERS } from '../staff-reviews/index.ts';
import { ORGANISATION_STATES } from './organisation.ts';
import { organisationReasonSchema } from './organisations.schema.ts';

const instant = z.iso.datetime();
const params = z.strictObject({ id: recordId });

const summary = {
  id: z.uuid(),
  name: z.string().meta({ description: 'Masked' }),
  creditCode: z.string().meta({ description: 'Masked' }),
  applicant: z.string().meta({ description: 'User number' }),
  state: z.enum(ORGANISATION_STATES),
  version: z.int(),
  waitingSince: instant,
  takenBy: z.string().nullable().meta({ description: 'User number of the reviewer who has it' }),
  isTakenByMe: z.boolean(),
  isOwn: z.boolean().meta({ description: 'I belong to it, or did, and may not decide' }),
};

const staffSummarySchema = z.object(summary).meta({ id: 'StaffOrganisationSummary' });

const staffOrganisationSchema = z
  .object({
    ...summary,
    isCodeIrregular: z
      .boolean()
      .meta({ description: 'The check character is wrong; the applicant says that it is so' }),
    phone: z.string().meta({ description: 'Masked' }),
    representative: z.string().meta({ description: 'Masked' }),
    email: z.string().meta({ description: 'Masked' }),
    savedAt: instant,
    needsTwo: z.boolean().meta({ description: 'Two reviewers have to approve' }),
    sameCode: z.array(z.object({ id: z.uuid(), state: z.enum(ORGANISATION_STATES) })).meta({
      description: 'Other organisations that state this credit code',
    }),
    reviews: z.array(
      z.object({
        version: z.int(),
        reviewer: z.string(),
        decision: z.enum(['APPROVE', 'REJECT']),
        reasons: z.array(organisationReasonSchema),
        decidedAt: instant,
      }),
    ),
  })
  .meta({ id: 'StaffOrganisation' });

const viewSchema = z
  .object({
    token: z.string().meta({ description: 'For the licence of this view; good for its viewer alone' }),
    expiresAt: instant,
    name: z.string(),
    creditCode: z.string(),
    phone: z.string(),
    representative: z.string(),
    email: z.string(),
    address: z.string(),
  })
  .meta({ id: 'StaffOrganisationView' });

export type StaffOrganisation = z.output<typeof staffOrganisationSchema>;
export type StaffOrganisationSummary = z.output<typeof staffSummarySchema>;

export const listQuerySchema = z.strictObject({
  state: z.enum(ORGANISATION_STATES).optional(),
  taken: z.enum(['mine', 'nobody']).optional(),
  search: z
    .string()
    .max(200)
    .transform(cleanLine)
    .optional()
    .meta({ description: 'The whole name, or the whole credit code' }),
  sort: z.enum(['stateAt', '-stateAt']).default('stateAt'),
  ...pageQuery,
});

export type OrganisationListQuery = z.output<typeof listQuerySchema>;

export const staffOrganisationApi = {
  list: operation({
    method: 'get',
    path: '/staff/organisations',
    summary: 'Organisations, those that wait longest first',
    access: REVIEW_READERS,
    query: listQuerySchema,
    answer: z.object({ items: z.array(staffSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/staff/organisations/{id}',
    summary: 'An organisation under review, masked, with what was decided before',
    access: REVIEW_READERS,
    params,
    answer: staffOrganisationSchema,
    errors: ['organisation-not-found', 'stored-object-damaged'],
  }),
  view: operation({
    method: 'post',
    path: '/staff/organisations/{id}/views',
    summary: 'Look at it in clear for some minutes; who, what and why goes into the audit log first',
    access: REVIEWERS,
    limit: 'staff-search',
    params,
    body: z.strictObject({ reason: auditReason }),
    status: 201,
    answer: viewSchema,
    errors: ['organisation-not-found', 'stored-object-damaged'],
  }),
  licence: operation({
    method: 'get',
    path: '/staff/organisations/{id}/licence',
    summary: 'The picture of the business licence with its viewer and the time drawn into it; every look is recorded',
    access: REVIEWERS,
    params,
    query: z.strictObject({ view: pasted(z.string().max(200)) }),
    media: ['image/jpeg'],
    errors: ['organisation-not-found', 'view-expired', 'file-not-found', 'stored-object-damaged'],
  }),
  take: operation({
    method: 'put',
    path: '/staff/organisations/{id}/assignment',
    summary: 'Take the review, so that nobody else begins it',
    access: REVIEWERS,
    params,
    errors: ['organisation-not-found', 'review-conflict'],
  }),
  release: operation({
    method: 'delete',
    path: '/staff/organisations/{id}/assignment',
    summary: "Give the review back; a senior reviewer may also give another's back",
    access: REVIEWERS,
    params,
    errors: ['organisation-not-found'],
  }),
  decide: operation({
    method: 'post',
    path: '/staff/organisations/{id}/decision',
    summary: 'Approve or reject the version that was looked at',
    access: REVIEWERS,
    params,
    body: decisionSchema(organisationReasonSchema, 'OrganisationDecision'),
    answer: staffOrganisationSchema,
    errors: ['organisation-not-found', 'organisation-known', 'review-conflict', 'stored-object-damaged'],
  }),
};
