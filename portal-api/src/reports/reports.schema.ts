// SPDX-License-Identifier: Apache-2.0
// 统计报表: the query, and the answer. Numbers alone: nothing in it names a person, an order or a work.
import { z } from 'zod';
import { dayInChina } from '../china-time.ts';
import { code, pasted } from '../http/validation.ts';
import { WORK_TYPES } from '../works/index.ts';
import { monthsOf } from './months.ts';

/** No order is older. */
const EARLIEST_MONTH = '2020-01';
const MAX_MONTHS = 36;

const month = pasted(
  z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { abort: true })
    .refine((asked) => asked >= EARLIEST_MONTH, { ...code('out-of-range'), abort: true })
    .refine((asked) => asked <= dayInChina().slice(0, 7), { ...code('in-future'), abort: true }),
).meta({ description: 'A month in China', example: '2026-11' });

export const reportQuerySchema = z
  .strictObject({ from: month, to: month.meta({ description: 'That month counts too', example: '2026-11' }) })
  .refine(({ from, to }) => from <= to, { path: ['to'], ...code('out-of-range') })
  .refine((period) => monthsOf(period).length <= MAX_MONTHS, { path: ['from'], ...code('out-of-range') });

const count = z.int();
const fen = z.int();

const figuresSchema = z
  .object({
    submitted: count.meta({ description: 'For the first time' }),
    completed: count.meta({ description: 'Certified, or registered' }),
    returned: count.meta({ description: 'Decisions to return; one order may have several' }),
    refused: count,
    payments: count,
    paidFen: fen.meta({ description: 'Paid in this time' }),
    returningFen: fen.meta({ description: 'Of it, on its way back or refused by the provider' }),
    givenBackFen: fen.meta({ description: 'Of it, given back since' }),
    incomeFen: fen.meta({ description: 'paidFen − givenBackFen' }),
    refunds: count.meta({ description: 'Made in this time, whenever it was paid' }),
    refundedFen: fen,
    discounts: count.meta({ description: 'Orders paid in this time that cost less by a discount' }),
    discountFen: fen.meta({ description: 'How much less' }),
  })
  .meta({ id: 'ReportFigures' });

export type Figures = z.output<typeof figuresSchema>;

const byKind = { attestation: figuresSchema, registration: figuresSchema };

const dutyTimesSchema = z
  .object({
    limitDays: z.int(),
    decided: count,
    inTime: count,
    medianDays: z.number().nullable().meta({ description: 'From acceptance, two decimals; null without decisions' }),
  })
  .meta({ id: 'ReportDutyTimes' });

export type DutyTimes = z.output<typeof dutyTimesSchema>;

const duties = {
  notice: dutyTimesSchema.meta({ description: 'Registrations: decisions of the first review' }),
  finish: dutyTimesSchema.meta({ description: 'Registrations: approved or refused for good' }),
};

const waitingSchema = z.object({ waiting: count, overdue: count });

export type Waiting = z.output<typeof waitingSchema>;

const groupsOf = (value: z.ZodType<string>, description: string) =>
  z
    .object({
      items: z.array(z.object({ value: value.nullable().meta({ description: 'Null: unknown' }), ...byKind })),
      rest: z
        .object({ groups: z.int(), ...byKind })
        .nullable()
        .meta({ description: 'Groups of fewer than five owners together, so that none of them can be told' }),
    })
    .meta({ description });

export const reportSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    total: z.object({ ...byKind, ...duties }),
    months: z
      .array(z.object({ month: z.string(), ...byKind, ...duties }))
      .meta({ description: 'Every one of the period' }),
    workTypes: groupsOf(z.enum(WORK_TYPES), 'By type of work, as it was submitted'),
    regions: groupsOf(
      z.string().regex(/^\d{2}(\d{2})?$/),
      'By GB/T 2260: cities of the home province, other provinces as a whole',
    ),
    now: z
      .object({ initial: waitingSchema, final: waitingSchema })
      .meta({ description: 'Registrations that await each review at this moment' }),
  })
  .meta({ id: 'CentreReport' });

export type CentreReport = z.output<typeof reportSchema>;
