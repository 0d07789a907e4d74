// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import {
  askLiftSchema,
  legalHoldSchema,
  liftDecisionSchema,
  listQuerySchema,
  placeSchema,
} from './legal-holds.schema.ts';

const path = '/staff/legal-holds';
const params = z.object({ id: recordId });
const placers = { staff: ['reviewer', 'senior-reviewer'] } as const;
const readers = { staff: ['reviewer', 'senior-reviewer', 'auditor'] } as const;
export const LIFTERS = ['senior-reviewer'] as const;

/** 证据保全. */
export const staffLegalHoldApi = {
  list: operation({
    method: 'get',
    path,
    summary: 'Legal holds; LIFT_ASKED is the queue',
    access: readers,
    query: listQuerySchema,
    answer: z.object({ items: z.array(legalHoldSchema), next: z.string().nullable() }),
  }),
  place: operation({
    method: 'post',
    path,
    summary: 'Keep everything of these orders from being erased',
    access: placers,
    body: placeSchema,
    status: 201,
    answer: legalHoldSchema,
    errors: ['assistance-case-not-found'],
  }),
  read: operation({
    method: 'get',
    path: `${path}/{id}`,
    summary: 'A legal hold, what it keeps, and who asked to lift it',
    access: readers,
    params,
    answer: legalHoldSchema,
    errors: ['legal-hold-not-found'],
  }),
  askLift: operation({
    method: 'post',
    path: `${path}/{id}/lift-request`,
    summary: 'Ask that a hold is lifted; somebody else decides',
    access: placers,
    params,
    body: askLiftSchema,
    answer: legalHoldSchema,
    errors: ['legal-hold-not-found', 'state-conflict'],
  }),
  decideLift: operation({
    method: 'post',
    path: `${path}/{id}/lift-decision`,
    summary: 'Lift a hold as somebody else asked, after which what was asked to be erased is erased; or keep it',
    access: { staff: LIFTERS },
    params,
    body: liftDecisionSchema,
    answer: legalHoldSchema,
    errors: ['legal-hold-not-found', 'review-conflict', 'reviewed-before'],
  }),
};
