// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import { discountFormSchema, discountSchema, quotesSchema } from './discounts.schema.ts';

export const quoteApi = {
  read: operation({
    method: 'get',
    path: '/quotes',
    summary: 'What the next order costs me now, with the discount that counts for me',
    access: 'verified',
    answer: quotesSchema,
  }),
};

const path = '/staff/discounts';

/** 减免. None is ever changed: an ended one and a new one are its history. */
export const discountApi = {
  list: operation({
    method: 'get',
    path,
    summary: 'Discounts, the newest first, with what they came to',
    access: { staff: ['admin', 'finance', 'auditor'] },
    answer: z.object({ items: z.array(discountSchema) }),
  }),
  make: operation({
    method: 'post',
    path,
    summary: 'A discount for orders of a kind within days',
    access: { staff: ['admin'] },
    body: discountFormSchema,
    status: 201,
    answer: discountSchema,
  }),
  end: operation({
    method: 'post',
    path: `${path}/{id}/end`,
    summary: 'End a discount now; orders that were submitted with it keep it',
    access: { staff: ['admin'] },
    params: z.object({ id: recordId }),
    body: z.strictObject({}),
    answer: discountSchema,
    errors: ['discount-not-found', 'state-conflict'],
  }),
};
