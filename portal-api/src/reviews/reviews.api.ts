// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { attestationListQuerySchema } from '../attestations/index.ts';
import { fileOperations } from '../http/file-operations.ts';
import { operation } from '../http/operation.ts';
import { pasted, recordId } from '../http/validation.ts';
import { decisionSchema } from '../orders/index.ts';
import { comparedFileSchema, revocationSchema, staffAttestationSchema, staffSummarySchema } from './reviews.schema.ts';

export const REVIEWERS = ['reviewer', 'senior-reviewer'] as const;

const reviewers = { staff: REVIEWERS };
/** Auditors see what reviewers see, and decide nothing. */
const readers = { staff: [...REVIEWERS, 'auditor'] } as const;
const params = z.object({ id: recordId });
/** Text that is no number is not found, like a number that nobody has. */
const numberParams = z.object({
  number: pasted(z.string().regex(/^[1-9]\d{0,19}$/))
    .catch('0')
    .meta({ example: '100000000000000123' }),
});

export const reviewApi = {
  list: operation({
    method: 'get',
    path: '/staff/attestations',
    summary: 'Orders for review; state UNDER_REVIEW is the queue',
    access: readers,
    query: attestationListQuerySchema,
    answer: z.object({ items: z.array(staffSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/staff/attestations/{id}',
    summary: 'An order, its past rounds and what changed since',
    access: readers,
    params,
    answer: staffAttestationSchema,
    errors: ['attestation-not-found', 'stored-object-damaged'],
  }),
  ...fileOperations('/staff/attestations/{id}', {
    access: readers,
    summaries: {
      content: 'The original of a file of an order; every look is recorded',
      thumbnail: 'A small picture of an image file of an order; every look is recorded',
    },
    errors: ['attestation-not-found'],
  }),
  likenesses: operation({
    method: 'get',
    path: '/staff/attestations/{id}/likenesses',
    summary: 'What is on record already like the files of an order; every look is recorded',
    access: readers,
    params,
    answer: z.object({ files: z.array(comparedFileSchema) }),
    errors: ['attestation-not-found'],
  }),
  likenessThumbnail: operation({
    method: 'get',
    path: '/staff/attestations/{id}/likenesses/{uploadId}/thumbnail',
    summary: 'A small picture of a file that is like one of the order; every look is recorded',
    access: readers,
    params: params.extend({ uploadId: recordId }),
    media: 'image/webp',
    errors: [
      'attestation-not-found',
      'file-not-found',
      'store-unavailable',
      'stored-object-damaged',
      'thumbnail-impossible',
    ],
  }),
  decide: operation({
    method: 'post',
    path: '/staff/attestations/{id}/decision',
    summary: 'Approve, return or reject; the last two with reasons',
    access: reviewers,
    params,
    body: decisionSchema,
    answer: staffAttestationSchema,
    errors: ['attestation-not-found', 'review-conflict'],
  }),
  revoke: operation({
    method: 'post',
    path: '/staff/certificates/{number}/revocation',
    summary: 'Revoke a certificate on the chain',
    access: reviewers,
    params: numberParams,
    body: revocationSchema,
    status: 202,
    answer: z.object({ number: z.string() }),
    errors: ['number-not-found'],
  }),
};
