// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import {
  appealSchema,
  publicationSchema,
  publicSummarySchema,
  publicWorkSchema,
  reportFormSchema,
  searchQuerySchema,
  submissionSchema,
} from './publications.schema.ts';

const params = z.object({ id: recordId });
const imageParams = z.object({ id: recordId, imageId: recordId });

/** For visitors: no session stands behind these. */
export const publicWorkApi = {
  search: operation({
    method: 'get',
    path: '/publications',
    summary: 'Works on the public site, the newest first; by keyword, category and author',
    access: 'anyone',
    limit: 'search',
    query: searchQuerySchema,
    answer: z.object({ items: z.array(publicSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/publications/{id}',
    summary: 'A work on the public site, with its certificates and their status now',
    access: 'anyone',
    params,
    answer: publicWorkSchema,
    errors: ['publication-not-found'],
  }),
  image: operation({
    method: 'get',
    path: '/publications/{id}/images/{imageId}',
    summary: 'A picture of a public work, written anew without metadata',
    access: 'anyone',
    params: imageParams,
    media: 'image/webp',
    errors: ['publication-not-found', 'stored-object-damaged'],
  }),
  smallImage: operation({
    method: 'get',
    path: '/publications/{id}/images/{imageId}/small',
    summary: 'The same picture for lists',
    access: 'anyone',
    params: imageParams,
    media: 'image/webp',
    errors: ['publication-not-found', 'stored-object-damaged'],
  }),
  report: operation({
    method: 'post',
    path: '/publications/{id}/reports',
    summary: 'Report a public work; one open report of an address for each work',
    access: 'anyone',
    limit: 'publication-report',
    params,
    body: reportFormSchema,
    status: 202,
    answer: z.object({}),
    errors: ['publication-not-found', 'report-open'],
  }),
};

const path = '/works/{id}/publication';

/** For the owner of a work. */
export const publicationApi = {
  read: operation({
    method: 'get',
    path,
    summary: 'What the public site shows of my work; null before the first submission',
    access: 'verified',
    params,
    answer: z.object({ publication: publicationSchema.nullable() }),
  }),
  submit: operation({
    method: 'put',
    path,
    summary: 'Submit my work to the public site, with consent; it shows after a review',
    access: 'verified',
    params,
    body: submissionSchema,
    answer: z.object({ publication: publicationSchema.nullable() }),
    errors: [
      'work-not-found',
      'version-conflict',
      'state-conflict',
      'image-invalid',
      'file-not-found',
      'store-unavailable',
      'stored-object-damaged',
    ],
  }),
  withdraw: operation({
    method: 'delete',
    path,
    summary: 'Withdraw my work from the public site',
    access: 'verified',
    params,
    errors: ['work-not-found', 'publication-not-found', 'state-conflict'],
  }),
  appeal: operation({
    method: 'post',
    path: `${path}/appeal`,
    summary: 'Appeal against the removal of my work; another member of staff decides',
    access: 'verified',
    params,
    body: appealSchema,
    answer: z.object({ publication: publicationSchema.nullable() }),
    errors: ['publication-not-found', 'state-conflict'],
  }),
};
