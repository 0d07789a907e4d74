// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { fileOperations } from '../http/file-operations.ts';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import {
  answerSchema,
  decisionSchema,
  fileObjectionSchema,
  objectionSchema,
  objectionsSchema,
  staffListQuerySchema,
  staffObjectionSchema,
} from './objections.schema.ts';

const params = z.object({ id: recordId });
const own = { access: 'verified' } as const;

export const objectionApi = {
  list: operation({
    ...own,
    method: 'get',
    path: '/objections',
    summary: 'Objections that I filed, and those about certificates of mine, the newest first',
    answer: objectionsSchema,
  }),
  file: operation({
    ...own,
    method: 'post',
    path: '/objections',
    summary: 'Object to what a certificate of somebody else says',
    limit: 'objection',
    body: fileObjectionSchema,
    status: 201,
    answer: objectionSchema,
    errors: ['forbidden', 'objection-open'],
  }),
  answer: operation({
    ...own,
    method: 'post',
    path: '/objections/{id}/answer',
    summary: 'Answer an objection to a certificate of mine',
    params,
    body: answerSchema,
    answer: objectionSchema,
    errors: ['objection-not-found', 'state-conflict'],
  }),
  withdraw: operation({
    ...own,
    method: 'post',
    path: '/objections/{id}/withdrawal',
    summary: 'Withdraw my objection, while staff has not decided',
    params,
    body: z.strictObject({}),
    answer: objectionSchema,
    errors: ['objection-not-found', 'state-conflict'],
  }),
  ...fileOperations('/objections/{id}', {
    ...own,
    summaries: {
      content: 'A document of an objection, for whoever filed it and for the owner of the certificate',
      thumbnail: 'A small picture of a document of an objection',
    },
  }),
};

const readers = { staff: ['reviewer', 'senior-reviewer', 'auditor'] } as const;
export const DECIDERS = ['senior-reviewer'] as const;

/** 异议处理. */
export const staffObjectionApi = {
  list: operation({
    method: 'get',
    path: '/staff/objections',
    summary: 'Objections of third parties; ANSWERED is the queue, and OPEN ones whose time for an answer is over',
    access: readers,
    query: staffListQuerySchema,
    answer: z.object({ items: z.array(staffObjectionSchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/staff/objections/{id}',
    summary: 'An objection with its documents and the answer; every look is recorded',
    access: readers,
    params,
    answer: staffObjectionSchema,
    errors: ['objection-not-found'],
  }),
  ...fileOperations('/staff/objections/{id}', {
    access: readers,
    summaries: {
      content: 'A document of an objection; every look is recorded',
      thumbnail: 'A small picture of a document of an objection; every look is recorded',
    },
    errors: ['objection-not-found'],
  }),
  decide: operation({
    method: 'post',
    path: '/staff/objections/{id}/decision',
    summary: 'Record the outcome of an objection that was answered, or whose time for an answer is over',
    access: { staff: DECIDERS },
    params,
    body: decisionSchema,
    answer: staffObjectionSchema,
    errors: ['objection-not-found', 'review-conflict'],
  }),
};
