// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { fileOperations } from '../http/file-operations.ts';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import {
  workCreationSchema,
  workListQuerySchema,
  workSchema,
  workSummarySchema,
  workUpdateSchema,
} from './works.schema.ts';

const workParams = z.object({ id: recordId });

export const workApi = {
  list: operation({
    method: 'get',
    path: '/works',
    summary: 'My works',
    access: 'verified',
    query: workListQuerySchema,
    answer: z.object({ items: z.array(workSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/works/{id}',
    summary: 'A work of mine',
    access: 'verified',
    params: workParams,
    answer: workSchema,
    errors: ['work-not-found'],
  }),
  create: operation({
    method: 'post',
    path: '/works',
    summary: 'Save a new work, as a draft or to the archive',
    access: 'verified',
    body: workCreationSchema,
    status: 201,
    answer: workSchema,
    errors: ['work-not-found', 'version-conflict', 'work-under-review'],
  }),
  update: operation({
    method: 'put',
    path: '/works/{id}',
    summary: 'Save the whole form again',
    access: 'verified',
    params: workParams,
    body: workUpdateSchema,
    answer: workSchema,
    errors: ['work-not-found', 'work-under-review', 'version-conflict', 'state-conflict'],
  }),
  remove: operation({
    method: 'delete',
    path: '/works/{id}',
    summary: 'Delete a work; for half an hour it can be restored, and one that ever had an order is only hidden',
    access: 'verified',
    params: workParams,
    errors: ['work-not-found', 'work-under-review'],
  }),
  restore: operation({
    method: 'post',
    path: '/works/{id}/restoration',
    summary: 'Have back a work that was deleted within the last half hour; drafts of orders for it are gone',
    access: 'verified',
    params: workParams,
    answer: workSchema,
    errors: ['work-not-found'],
  }),
  ...fileOperations('/works/{id}', {
    access: 'verified',
    summaries: {
      content: 'The original of a file of my work; ranges are served',
      thumbnail: 'A small picture of an image file of my work',
    },
  }),
};
