// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { fileOperations } from '../http/file-operations.ts';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import {
  attestationListQuerySchema,
  attestationSchema,
  attestationSummarySchema,
  attestationUpdateSchema,
  creationSchema,
  fileLookupSchema,
  resubmissionSchema,
  submissionSchema,
} from './attestations.schema.ts';

const params = z.object({ id: recordId });

const SUBMISSION_ERRORS = [
  'attestation-not-found',
  'work-not-found',
  'version-conflict',
  'state-conflict',
  'stored-object-damaged',
] as const;

export const attestationApi = {
  list: operation({
    method: 'get',
    path: '/attestations',
    summary: 'My attestation orders',
    access: 'verified',
    query: attestationListQuerySchema,
    answer: z.object({ items: z.array(attestationSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/attestations/{id}',
    summary: 'An order of mine',
    access: 'verified',
    params,
    answer: attestationSchema,
    errors: ['attestation-not-found', 'stored-object-damaged'],
  }),
  create: operation({
    method: 'post',
    path: '/attestations',
    summary: 'A draft made of a work; the one there is, when there is one',
    access: 'verified',
    body: creationSchema,
    status: 201,
    answer: attestationSchema,
    errors: ['work-not-found', 'state-conflict'],
  }),
  update: operation({
    method: 'put',
    path: '/attestations/{id}',
    summary: 'Save the whole form of a draft, or of an order that was returned',
    access: 'verified',
    params,
    body: attestationUpdateSchema,
    answer: attestationSchema,
    errors: ['attestation-not-found', 'version-conflict', 'state-conflict'],
  }),
  remove: operation({
    method: 'delete',
    path: '/attestations/{id}',
    summary: 'Delete a draft',
    access: 'verified',
    params,
    errors: ['attestation-not-found', 'state-conflict'],
  }),
  submit: operation({
    ...submission('submission', 'Submit: content and price are frozen'),
    body: submissionSchema,
    errors: [...SUBMISSION_ERRORS, 'price-changed'],
  }),
  resubmit: operation({
    ...submission('resubmission', 'Submit a returned order again, free of charge'),
    body: resubmissionSchema,
    errors: SUBMISSION_ERRORS,
  }),
  completeness: operation({
    method: 'post',
    path: '/attestations/{id}/completeness',
    summary: 'Whether a draft or a returned order can be submitted as it is; names every wrong field',
    access: 'verified',
    params,
    body: z.strictObject({}),
    errors: ['attestation-not-found', 'state-conflict'],
  }),
  preview: operation({
    method: 'get',
    path: '/attestations/{id}/preview',
    summary:
      'How the certificate of a draft or a returned order would look: marked 预览, without number, code and proof',
    access: 'verified',
    limit: 'certificate-preview',
    params,
    media: 'application/pdf',
    errors: ['attestation-not-found', 'state-conflict'],
  }),
  cancel: operation({
    method: 'post',
    path: '/attestations/{id}/cancellation',
    summary: 'Cancel an order that is not paid',
    access: 'verified',
    params,
    body: z.strictObject({}),
    answer: attestationSchema,
    errors: ['attestation-not-found', 'state-conflict'],
  }),
  allowFileLookup: operation({
    method: 'put',
    path: '/attestations/{id}/file-lookup',
    summary: 'Whether the certificate of my order is found by its files',
    access: 'verified',
    params,
    body: fileLookupSchema,
    answer: attestationSchema,
    errors: ['attestation-not-found', 'stored-object-damaged'],
  }),
  ...fileOperations('/attestations/{id}', {
    access: 'verified',
    summaries: {
      content: 'The original of a file of my order; ranges are served',
      thumbnail: 'A small picture of an image file of my order',
    },
  }),
};

function submission<Step extends string>(step: Step, summary: string) {
  return {
    method: 'post',
    path: `/attestations/{id}/${step}`,
    summary,
    access: 'verified',
    params,
    answer: attestationSchema,
  } as const;
}
