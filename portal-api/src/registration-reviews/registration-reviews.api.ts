// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { fileOperations } from '../http/file-operations.ts';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import { decisionSchema } from '../orders/index.ts';
import { staffListQuerySchema } from '../registrations/index.ts';
import {
  registrationRevocationSchema,
  staffRegistrationSchema,
  staffRegistrationSummarySchema,
} from './registration-reviews.schema.ts';

/** 初审 and 复审. */
export const REVIEWERS_OF = { INITIAL: ['reviewer'], FINAL: ['senior-reviewer'] } as const;

/** Auditors see what reviewers see, and decide nothing. */
const readers = { staff: ['reviewer', 'senior-reviewer', 'auditor'] } as const;
const params = z.object({ id: recordId });

const decision = {
  method: 'post',
  params,
  body: decisionSchema,
  answer: staffRegistrationSchema,
} as const;

export const registrationReviewApi = {
  list: operation({
    method: 'get',
    path: '/staff/registrations',
    summary: 'Registrations for review; the states INITIAL_REVIEW and FINAL_REVIEW are the queues',
    access: readers,
    query: staffListQuerySchema,
    answer: z.object({ items: z.array(staffRegistrationSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/staff/registrations/{id}',
    summary: 'A registration, its past rounds and what changed since',
    access: readers,
    params,
    answer: staffRegistrationSchema,
    errors: ['registration-not-found', 'stored-object-damaged'],
  }),
  ...fileOperations('/staff/registrations/{id}', {
    access: readers,
    summaries: {
      content: 'A document or sample of a registration; every look is recorded',
      thumbnail: 'A small picture of an image file of a registration; every look is recorded',
    },
    errors: ['registration-not-found'],
  }),
  decideInitial: operation({
    ...decision,
    path: '/staff/registrations/{id}/initial-decision',
    summary: '初审: pass on to the second review, return or refuse; the last two with reasons',
    access: { staff: REVIEWERS_OF.INITIAL },
    errors: ['registration-not-found', 'review-conflict'],
  }),
  decideFinal: operation({
    ...decision,
    path: '/staff/registrations/{id}/final-decision',
    summary: '复审: approve, which gives the registration its number, return or refuse; the last two with reasons',
    access: { staff: REVIEWERS_OF.FINAL },
    errors: ['registration-not-found', 'review-conflict', 'reviewed-before'],
  }),
  revoke: operation({
    method: 'post',
    path: '/staff/registrations/{id}/revocation',
    summary: 'Revoke a registration, on the chain too',
    access: { staff: REVIEWERS_OF.FINAL },
    params,
    body: registrationRevocationSchema,
    status: 202,
    answer: z.object({ registrationNumber: z.string() }),
    errors: ['registration-not-found', 'state-conflict'],
  }),
};
