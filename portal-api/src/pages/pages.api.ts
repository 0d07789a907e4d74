// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import {
  pageFormSchema,
  pageSchema,
  pageSummarySchema,
  staffPageSchema,
  staffPageSummarySchema,
} from './pages.schema.ts';
import { PAGE_SLUGS } from './pages.ts';

/** A page or a version that there is not is not found, however it is written. */
const slug = z.enum([...PAGE_SLUGS, '']).catch('');
const params = z.object({ slug });
const versionParams = z.object({ slug, version: z.coerce.number().int().min(1).max(1_000_000).catch(0) });

/** For visitors: no session stands behind these. */
export const pageApi = {
  list: operation({
    method: 'get',
    path: '/pages',
    summary: 'The content pages of the public site, with their titles',
    access: 'anyone',
    answer: z.object({ items: z.array(pageSummarySchema) }),
  }),
  read: operation({
    method: 'get',
    path: '/pages/{slug}',
    summary: 'A content page in both languages, as Markdown',
    access: 'anyone',
    params,
    answer: pageSchema,
    errors: ['page-not-found'],
  }),
  version: operation({
    method: 'get',
    path: '/pages/{slug}/versions/{version}',
    summary: 'A version of the terms of use or of the privacy notice; all of them are kept',
    access: 'anyone',
    params: versionParams,
    answer: pageSchema,
    errors: ['page-not-found'],
  }),
};

const readers = { staff: ['admin', 'auditor'] } as const;
const path = '/staff/pages/{slug}';

/** 内容页面. */
export const staffPageApi = {
  list: operation({
    method: 'get',
    path: '/staff/pages',
    summary: 'The content pages, and who saved the version that visitors see',
    access: readers,
    answer: z.object({ items: z.array(staffPageSummarySchema) }),
  }),
  read: operation({
    method: 'get',
    path,
    summary: 'A content page with the history of its versions',
    access: readers,
    params,
    answer: staffPageSchema,
    errors: ['page-not-found'],
  }),
  version: operation({
    method: 'get',
    path: `${path}/versions/{version}`,
    summary: 'An old version of a content page',
    access: readers,
    params: versionParams,
    answer: staffPageSchema,
    errors: ['page-not-found'],
  }),
  save: operation({
    method: 'put',
    path,
    summary: 'Save a new version of a content page; the old ones stay',
    access: { staff: ['admin'] },
    params,
    body: pageFormSchema,
    answer: staffPageSchema,
    errors: ['page-not-found', 'version-conflict'],
  }),
};
