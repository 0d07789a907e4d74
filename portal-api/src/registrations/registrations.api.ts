// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { fileOperations } from '../http/file-operations.ts';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import { TEMPLATES } from '../registration-documents/index.ts';
import {
  creationSchema,
  registrationListQuerySchema,
  registrationSchema,
  registrationSummarySchema,
  registrationUpdateSchema,
  resubmissionSchema,
  submissionSchema,
} from './registrations.schema.ts';

/** Of Word files. */
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const params = z.object({ id: recordId });
const own = { access: 'verified', params } as const;
const nothing = z.strictObject({});

const SUBMISSION_ERRORS = [
  'registration-not-found',
  'work-not-found',
  'version-conflict',
  'state-conflict',
  'stored-object-damaged',
] as const;

export const registrationApi = {
  list: operation({
    method: 'get',
    path: '/registrations',
    summary: 'My applications to register copyright',
    access: 'verified',
    query: registrationListQuerySchema,
    answer: z.object({ items: z.array(registrationSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    ...own,
    method: 'get',
    path: '/registrations/{id}',
    summary: 'A registration of mine',
    answer: registrationSchema,
    errors: ['registration-not-found', 'stored-object-damaged'],
  }),
  create: operation({
    method: 'post',
    path: '/registrations',
    summary: 'A draft made of a work; the one there is, when there is one',
    access: 'verified',
    body: creationSchema,
    status: 201,
    answer: registrationSchema,
    errors: ['work-not-found', 'state-conflict'],
  }),
  update: operation({
    ...own,
    method: 'put',
    path: '/registrations/{id}',
    summary: 'Save the whole form of a draft, or of a registration that was returned',
    body: registrationUpdateSchema,
    answer: registrationSchema,
    errors: ['registration-not-found', 'version-conflict', 'state-conflict'],
  }),
  remove: operation({
    ...own,
    method: 'delete',
    path: '/registrations/{id}',
    summary: 'Delete a draft',
    errors: ['registration-not-found', 'state-conflict'],
  }),
  completeness: operation({
    ...own,
    method: 'post',
    path: '/registrations/{id}/completeness',
    summary: 'Whether it can be submitted as it is; names every wrong field',
    body: nothing,
    errors: ['registration-not-found', 'state-conflict'],
  }),
  submit: operation({
    ...own,
    method: 'post',
    path: '/registrations/{id}/submission',
    summary: 'Submit: content and price are frozen; what is free goes to review at once',
    body: submissionSchema,
    answer: registrationSchema,
    errors: [...SUBMISSION_ERRORS, 'price-changed'],
  }),
  resubmit: operation({
    ...own,
    method: 'post',
    path: '/registrations/{id}/resubmission',
    summary: 'Submit a returned registration again, free of charge, to whoever returned it',
    body: resubmissionSchema,
    answer: registrationSchema,
    errors: SUBMISSION_ERRORS,
  }),
  template: operation({
    ...own,
    method: 'get',
    path: '/registrations/{id}/templates/{kind}',
    summary: 'A document that the registration may need, filled in, to be signed and uploaded again (DOCX)',
    params: z.object({ id: recordId, kind: z.enum(TEMPLATES) }),
    media: DOCX,
    errors: ['registration-not-found'],
  }),
  withdraw: operation({
    ...own,
    method: 'post',
    path: '/registrations/{id}/withdrawal',
    summary: 'Withdraw a registration that is not decided on',
    body: nothing,
    answer: registrationSchema,
    errors: ['registration-not-found', 'state-conflict', 'refund-request-open'],
  }),
  ...fileOperations('/registrations/{id}', {
    access: 'verified',
    summaries: {
      content: 'A document or sample of my registration; ranges are served',
      thumbnail: 'A small picture of an image file of my registration',
    },
  }),
};
