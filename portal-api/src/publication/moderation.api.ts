// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import {
  moderationSchema,
  staffListQuerySchema,
  staffPublicationSchema,
  staffPublicationSummarySchema,
} from './publications.schema.ts';

export const MODERATORS = ['reviewer', 'senior-reviewer'] as const;
const reviewers = { staff: MODERATORS } as const;
/** Auditors see what reviewers see, and decide nothing. */
const readers = { staff: ['reviewer', 'senior-reviewer', 'auditor'] } as const;
const params = z.object({ id: recordId });

/** 公开审核. */
export const moderationApi = {
  list: operation({
    method: 'get',
    path: '/staff/publications',
    summary: 'Works that wait for a decision, were reported, are public, or are no longer',
    access: readers,
    query: staffListQuerySchema,
    answer: z.object({ items: z.array(staffPublicationSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/staff/publications/{id}',
    summary: 'What a work shows or would show, its decisions and reports; every look is recorded',
    access: readers,
    params,
    answer: staffPublicationSchema,
    errors: ['publication-not-found', 'stored-object-damaged'],
  }),
  image: operation({
    method: 'get',
    path: '/staff/publications/{id}/images/{imageId}',
    summary: 'A picture of it',
    access: readers,
    params: z.object({ id: recordId, imageId: recordId }),
    media: 'image/webp',
    errors: ['publication-not-found', 'stored-object-damaged'],
  }),
  decide: operation({
    method: 'post',
    path: '/staff/publications/{id}/decision',
    summary: 'Approve, refuse, take down, restore or uphold; with a reason unless it favours the owner',
    access: reviewers,
    params,
    body: moderationSchema,
    answer: staffPublicationSchema,
    errors: ['publication-not-found', 'review-conflict', 'stored-object-damaged'],
  }),
  dismissReport: operation({
    method: 'post',
    path: '/staff/publications/{id}/reports/{reportId}/dismissal',
    summary: 'Close a report: the work stays',
    access: reviewers,
    params: z.object({ id: recordId, reportId: recordId }),
    answer: staffPublicationSchema,
    errors: ['publication-not-found', 'state-conflict', 'stored-object-damaged'],
  }),
};
