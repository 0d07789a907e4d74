// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { MAX_PRICE_FEN } from '../config.ts';
import { orderDiscountSchema } from '../discounts/index.ts';
import { pasted } from '../http/validation.ts';
import { ORDER_KINDS } from '../orders/index.ts';

export const counterOrderSchema = pasted(z.string().regex(/^\d{19}$/)).meta({
  description: 'Number of the draft, as its owner reads it on their page',
  example: '1796004502636031203',
});

export const counterMemberSchema = pasted(z.string().regex(/^ID\d{1,12}$/), (text) => text.toUpperCase()).meta({
  description: 'User number of its owner',
  example: 'ID1538',
});

export const filingFormSchema = z
  .strictObject({
    userNumber: counterMemberSchema,
    orderNumber: counterOrderSchema,
    mandateId: z.uuid().toLowerCase().meta({ description: 'The signed 授权委托书 that was sent before' }),
    priceFen: z.int().min(0).max(MAX_PRICE_FEN).meta({ description: 'What it costs, as the owner was told' }),
  })
  .meta({ id: 'CounterFilingForm' });

export type FilingForm = z.output<typeof filingFormSchema>;

const ofOrder = {
  kind: z.enum(ORDER_KINDS),
  orderNumber: z.string(),
  userNumber: z.string(),
  title: z.string(),
};

export const draftToFileSchema = z
  .object({
    ...ofOrder,
    applicant: z.string().meta({ description: 'The verified name of its owner, masked' }),
    files: z.int(),
    priceFen: z.int(),
    discount: orderDiscountSchema.nullable(),
    isOwn: z.boolean().meta({ description: 'A draft of mine or of my organisation: somebody else files it' }),
  })
  .meta({ id: 'CounterDraft' });

export const counterFilingSchema = z
  .object({
    ...ofOrder,
    id: z.uuid(),
    state: z.string().meta({ description: 'Of the order' }),
    filedBy: z.string().meta({ description: 'User number' }),
    filedAt: z.iso.datetime(),
    hasMandate: z.boolean().meta({ description: 'False once the content of the order was erased' }),
  })
  .meta({ id: 'CounterFiling' });

export type CounterFilingView = z.output<typeof counterFilingSchema>;
