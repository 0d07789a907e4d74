// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { ORIGINAL_TYPES } from '../http/original-media.ts';
import { PROOF_TYPES } from '../http/proof-media.ts';
import { recordId } from '../http/validation.ts';
import { MAX_PAPER_BYTES, PAPER_TYPES } from '../papers.ts';
import {
  decisionSchema,
  openSchema,
  ownDisclosuresSchema,
  staffCaseSchema,
  staffListQuerySchema,
  staffSummarySchema,
} from './assistance.schema.ts';

const params = z.object({ id: recordId });
const path = '/staff/assistance-cases';

/** Either opens cases and downloads; a senior one decides on those that another person opened. */
const openers = { staff: ['reviewer', 'senior-reviewer'] } as const;
export const DECIDERS = ['senior-reviewer'] as const;
/** Auditors see the case, and take nothing out of it. */
const readers = { staff: ['reviewer', 'senior-reviewer', 'auditor'] } as const;

const handedOver = {
  method: 'get',
  access: openers,
  errors: ['assistance-case-not-found', 'disclosure-closed', 'stored-object-damaged'],
} as const;
const concerned = z.object({ id: recordId, orderId: recordId });

/** 协查. */
export const staffAssistanceApi = {
  list: operation({
    method: 'get',
    path,
    summary: 'Cases in which courts or authorities ask for records; REQUESTED is the queue',
    access: readers,
    query: staffListQuerySchema,
    answer: z.object({ items: z.array(staffSummarySchema), next: z.string().nullable() }),
  }),
  addLetter: operation({
    method: 'post',
    path: '/staff/assistance-letters',
    summary: 'A page of the letter, for the case that is about to be opened; kept encrypted',
    access: openers,
    bytes: { mediaTypes: PAPER_TYPES, limitBytes: MAX_PAPER_BYTES },
    status: 201,
    answer: z.object({ id: z.uuid() }),
    errors: ['payload-too-large', 'unsupported-media-type'],
  }),
  open: operation({
    method: 'post',
    path,
    summary: 'Open a case: who asks, the letter, which certificates, which parts of them',
    access: openers,
    body: openSchema,
    status: 201,
    answer: staffCaseSchema,
  }),
  read: operation({
    method: 'get',
    path: `${path}/{id}`,
    summary: 'A case, what it concerns, and what was handed over; every look is recorded',
    access: readers,
    params,
    answer: staffCaseSchema,
    errors: ['assistance-case-not-found'],
  }),
  letter: operation({
    method: 'get',
    path: `${path}/{id}/letters/{letterId}`,
    summary: 'A page of the letter; every look is recorded',
    access: readers,
    params: z.object({ id: recordId, letterId: recordId }),
    media: PAPER_TYPES,
    errors: ['assistance-case-not-found', 'file-not-found'],
  }),
  decide: operation({
    method: 'post',
    path: `${path}/{id}/decision`,
    summary: 'Approve a case that somebody else opened, which opens the downloads, or refuse it with words',
    access: { staff: DECIDERS },
    params,
    body: decisionSchema,
    answer: staffCaseSchema,
    errors: ['assistance-case-not-found', 'review-conflict', 'reviewed-before'],
  }),
  bundle: operation({
    ...handedOver,
    path: `${path}/{id}/orders/{orderId}/bundle`,
    summary: 'The proof of a certificate with the sections that were approved; recorded, also for its owner',
    params: concerned,
    media: PROOF_TYPES,
    errors: [...handedOver.errors, 'certificate-not-ready'],
  }),
  evidencePackage: operation({
    ...handedOver,
    path: `${path}/{id}/orders/{orderId}/package`,
    summary: 'The evidence package of a certificate; recorded, also for its owner',
    params: concerned,
    media: 'application/zip',
    errors: [...handedOver.errors, 'certificate-not-ready', 'store-unavailable'],
  }),
  original: operation({
    ...handedOver,
    path: `${path}/{id}/orders/{orderId}/files/{uploadId}`,
    summary: 'An original of a certificate; recorded, also for its owner',
    params: concerned.extend({ uploadId: recordId }),
    media: ORIGINAL_TYPES,
    hasRanges: true,
    errors: [...handedOver.errors, 'file-not-found', 'store-unavailable'],
  }),
};

export const disclosureApi = {
  list: operation({
    method: 'get',
    path: '/disclosures',
    summary: 'Which courts or authorities were given records of mine, and what of them, the newest first',
    access: 'verified',
    answer: ownDisclosuresSchema,
  }),
};
