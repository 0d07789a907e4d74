// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import { MAX_PAPER_BYTES, PAPER_TYPES } from '../papers.ts';
import {
  counterFilingSchema,
  counterMemberSchema,
  counterOrderFormSchema,
  counterOrderSchema,
  draftToFileSchema,
  filingFormSchema,
  memberAtCounterSchema,
} from './counter.schema.ts';

const path = '/staff/counter-filings';
/** Whoever works at the counter. */
const filers = { staff: ['reviewer', 'finance'] } as const;
const readers = { staff: ['reviewer', 'finance', 'auditor'] } as const;

/** 窗口代办. */
export const counterApi = {
  list: operation({
    method: 'get',
    path,
    summary: 'What staff filed for members at the counter, the newest first',
    access: readers,
    answer: z.object({ items: z.array(counterFilingSchema) }),
  }),
  find: operation({
    method: 'get',
    path: `${path}/drafts/{orderNumber}`,
    summary: 'The draft of a member who came to the counter; every look is recorded',
    access: readers,
    params: z.object({ orderNumber: counterOrderSchema.catch('') }),
    query: z.strictObject({ userNumber: counterMemberSchema }),
    answer: draftToFileSchema,
    errors: ['order-not-found', 'identity-required'],
  }),
  member: operation({
    method: 'get',
    path: '/staff/counter-members/{userNumber}',
    summary: 'Works and right holders of a member who came to the counter; every look is recorded',
    access: readers,
    params: z.object({ userNumber: counterMemberSchema.catch('ID0') }),
    answer: memberAtCounterSchema,
    errors: ['account-not-found', 'identity-required'],
  }),
  make: operation({
    method: 'post',
    path: '/staff/counter-orders',
    summary: 'An attestation of a work of the member’s, made and submitted at once; they get a message',
    access: filers,
    body: counterOrderFormSchema,
    status: 201,
    answer: counterFilingSchema,
    errors: [
      'account-not-found',
      'work-not-found',
      'identity-required',
      'forbidden',
      'state-conflict',
      'price-changed',
    ],
  }),
  addMandate: operation({
    method: 'post',
    path: '/staff/counter-mandates',
    summary: 'The signed 授权委托书 for the form: PDF, JPEG or PNG; kept encrypted',
    access: filers,
    bytes: { mediaTypes: PAPER_TYPES, limitBytes: MAX_PAPER_BYTES },
    status: 201,
    answer: z.object({ id: z.uuid() }),
    errors: ['payload-too-large', 'unsupported-media-type'],
  }),
  file: operation({
    method: 'post',
    path,
    summary: 'Submit the draft for its owner, who gets a message',
    access: filers,
    body: filingFormSchema,
    status: 201,
    answer: counterFilingSchema,
    errors: [
      'order-not-found',
      'attestation-not-found',
      'registration-not-found',
      'identity-required',
      'forbidden',
      'state-conflict',
      'version-conflict',
      'price-changed',
    ],
  }),
  mandate: operation({
    method: 'get',
    path: `${path}/{id}/mandate`,
    summary: 'The 授权委托书 of a filing; every look is recorded',
    access: readers,
    params: z.object({ id: recordId }),
    media: PAPER_TYPES,
    errors: ['file-not-found', 'stored-object-damaged'],
  }),
};
