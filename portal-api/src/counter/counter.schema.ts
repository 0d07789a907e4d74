// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { orderChoicesSchema } from '../attestations/index.ts';
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

const filed = {
  userNumber: counterMemberSchema,
  mandateId: z.uuid().toLowerCase().meta({ description: 'The signed 授权委托书 that was sent before' }),
  priceFen: z.int().min(0).max(MAX_PRICE_FEN).meta({ description: 'What it costs, as the owner was told' }),
};

export const filingFormSchema = z
  .strictObject({ ...filed, orderNumber: counterOrderSchema })
  .meta({ id: 'CounterFilingForm' });

export type FilingForm = z.output<typeof filingFormSchema>;

export const counterOrderFormSchema = orderChoicesSchema
  .extend({ ...filed, workId: z.uuid() })
  .meta({ id: 'CounterOrderForm' });

export type CounterOrderForm = z.output<typeof counterOrderFormSchema>;

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

export const memberAtCounterSchema = z
  .object({
    userNumber: z.string(),
    applicant: z.string().meta({ description: 'The verified name, masked' }),
    priceFen: z.int(),
    discount: orderDiscountSchema.nullable(),
    isOwn: z.boolean().meta({ description: 'It is me: somebody else files for me' }),
    works: z
      .array(z.object({ id: z.uuid(), title: z.string(), workType: z.string().nullable(), files: z.int() }))
      .meta({ description: 'Saved works without a draft or an order under way, the newest first' }),
    holders: z
      .array(
        z.object({
          id: z.uuid(),
          roles: z.array(z.enum(['OWNER', 'AUTHOR'])),
          name: z.string(),
          documentNumber: z.string(),
          isExpired: z.boolean(),
        }),
      )
      .meta({ description: 'From 人员档案, masked' }),
  })
  .meta({ id: 'CounterMember' });

export const counterFilingSchema = z
  .object({
    ...ofOrder,
    id: z.uuid(),
    state: z.string().meta({ description: 'Of the order' }),
    isMadeHere: z
      .boolean()
      .meta({ description: 'Made of a work at the counter; false for a draft that its owner made' }),
    filedBy: z.string().meta({ description: 'User number' }),
    filedAt: z.iso.datetime(),
    hasMandate: z.boolean().meta({ description: 'False once the content of the order was erased' }),
  })
  .meta({ id: 'CounterFiling' });

export type CounterFilingView = z.output<typeof counterFilingSchema>;
