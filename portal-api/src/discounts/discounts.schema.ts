// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { dayInChina } from '../china-time.ts';
import { MAX_PRICE_FEN } from '../config.ts';
import { code, pasted } from '../http/validation.ts';
import { ORDER_KINDS } from '../orders/index.ts';
import { line } from '../works/index.ts';

const MAX_NAME = 30;
const MAX_NOTE = 200;
const MAX_PER_OWNER = 10_000;
export const DISCOUNT_UNITS = ['PERCENT', 'FEN'] as const;
const DISCOUNT_STATES = ['COMING', 'RUNNING', 'OVER', 'ENDED'] as const;

const fen = z.int();
const instant = z.iso.datetime();
const day = pasted(z.iso.date()).meta({ format: 'date', example: '2099-12-31' });
const filled = (max: number) => line(max).refine((text) => text !== '', code('missing'));

/** One of the two days before today would count for nobody. */
export const discountFormSchema = z
  .strictObject({
    name: filled(MAX_NAME).meta({ description: 'As owners of orders read it' }),
    kind: z.enum(ORDER_KINDS),
    unit: z.enum(DISCOUNT_UNITS),
    amount: z.int().min(1).max(MAX_PRICE_FEN).meta({ description: 'Per cent, rounded down to whole fen; or fen' }),
    from: day.meta({ description: 'The first day in China' }),
    to: day.refine((last) => last >= dayInChina(), code('out-of-range')).meta({ description: 'The last day in China' }),
    perOwner: z
      .int()
      .min(1)
      .max(MAX_PER_OWNER)
      .nullable()
      .meta({ description: 'Orders of one owner that it counts for at most; null for any number' }),
    note: filled(MAX_NOTE).meta({ description: 'Why, for the history' }),
  })
  .refine(({ unit, amount }) => unit !== 'PERCENT' || amount <= 100, { path: ['amount'], ...code('out-of-range') })
  .refine(({ from, to }) => from <= to, { path: ['from'], ...code('out-of-range') })
  .meta({ id: 'DiscountForm' });

export type DiscountForm = z.output<typeof discountFormSchema>;

export const discountSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(ORDER_KINDS),
    unit: z.enum(DISCOUNT_UNITS),
    amount: z.int(),
    from: z.iso.date(),
    to: z.iso.date(),
    perOwner: z.int().nullable(),
    state: z.enum(DISCOUNT_STATES),
    note: z.string(),
    orders: z.int().meta({ description: 'Submitted with it' }),
    discountFen: fen.meta({ description: 'What these orders cost less' }),
    madeBy: z.string().meta({ description: 'User number' }),
    madeAt: instant,
    endedBy: z.string().nullable(),
    endedAt: instant.nullable(),
  })
  .meta({ id: 'Discount' });

export type DiscountView = z.output<typeof discountSchema>;

/** 优惠, as an order has it. */
export const orderDiscountSchema = z
  .object({ name: z.string(), offFen: fen, listFen: fen.meta({ description: '原价' }) })
  .meta({ id: 'OrderDiscount' });

export type OrderDiscount = z.output<typeof orderDiscountSchema>;

const quoteSchema = z
  .object({
    listFen: fen.meta({ description: '原价' }),
    discount: z.object({ id: z.uuid(), name: z.string(), offFen: fen }).nullable(),
    priceFen: fen.meta({ description: '实付' }),
  })
  .meta({ id: 'Quote' });

export type Quote = z.output<typeof quoteSchema>;

export const quotesSchema = z
  .object({
    attestation: quoteSchema,
    registration: quoteSchema.meta({ description: 'Of a work whose attestation was not paid' }),
  })
  .meta({ id: 'Quotes' });
