// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { fileOperations } from '../http/file-operations.ts';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import {
  askSchema,
  decisionSchema,
  staffListQuerySchema,
  staffSummarySchema,
  staffVersionRequestSchema,
  versionRequestSchema,
  versionRequestsSchema,
} from './version-requests.schema.ts';

const params = z.object({ id: recordId });
const path = '/registrations/{id}/version-requests';
const own = { access: 'verified', params } as const;

export const versionRequestApi = {
  list: operation({
    ...own,
    method: 'get',
    path,
    summary: 'Whether a new version of my certificate can be asked for, and what was asked before',
    answer: versionRequestsSchema,
    errors: ['registration-not-found'],
  }),
  ask: operation({
    ...own,
    method: 'post',
    path,
    summary: 'Ask for a new version of my certificate: the same content again, or an amended one',
    body: askSchema,
    status: 201,
    answer: versionRequestSchema,
    errors: ['registration-not-found', 'state-conflict', 'version-request-open', 'identity-required'],
  }),
  withdraw: operation({
    ...own,
    method: 'post',
    path: `${path}/withdrawal`,
    summary: 'Take the request back, while staff has not decided',
    body: z.strictObject({}),
    answer: versionRequestsSchema,
    errors: ['registration-not-found', 'version-request-not-found'],
  }),
};

/** 初审 and 复审, as of a registration. */
export const DECIDERS = { INITIAL: ['reviewer'], FINAL: ['senior-reviewer'] } as const;

/** Auditors see what reviewers see, and decide nothing. */
const readers = { staff: ['reviewer', 'senior-reviewer', 'auditor'] } as const;
const decision = { method: 'post', params, body: decisionSchema, answer: staffVersionRequestSchema } as const;

/** 补发变更审核. */
export const staffVersionRequestApi = {
  list: operation({
    method: 'get',
    path: '/staff/version-requests',
    summary: 'New versions of certificates that owners asked for; INITIAL_REVIEW and FINAL_REVIEW are the queues',
    access: readers,
    query: staffListQuerySchema,
    answer: z.object({ items: z.array(staffSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/staff/version-requests/{id}',
    summary: 'A request, its proofs, what would change, and the decisions; every look is recorded',
    access: readers,
    params,
    answer: staffVersionRequestSchema,
    errors: ['version-request-not-found'],
  }),
  ...fileOperations('/staff/version-requests/{id}', {
    access: readers,
    summaries: {
      content: 'A proof of a request; every look is recorded',
      thumbnail: 'A small picture of a proof of a request; every look is recorded',
    },
    errors: ['version-request-not-found'],
  }),
  decideInitial: operation({
    ...decision,
    path: '/staff/version-requests/{id}/initial-decision',
    summary: '初审: pass on to the second review, or refuse with words',
    access: { staff: DECIDERS.INITIAL },
    errors: ['version-request-not-found', 'review-conflict'],
  }),
  decideFinal: operation({
    ...decision,
    path: '/staff/version-requests/{id}/final-decision',
    summary: '复审: approve, which issues the version, or refuse with words',
    access: { staff: DECIDERS.FINAL },
    errors: ['version-request-not-found', 'review-conflict', 'reviewed-before'],
  }),
};
