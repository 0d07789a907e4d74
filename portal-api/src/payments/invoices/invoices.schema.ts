// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { FieldCode } from '../../errors.ts';
import { pageQuery } from '../../http/cursor.ts';
import { cleanNumber } from '../../http/text.ts';
import { code, pasted } from '../../http/validation.ts';
import { creditCodeFault, emailSchema } from '../../identity/index.ts';
import { ORDER_KINDS } from '../../orders/index.ts';
import { line } from '../../works/index.ts';
import { PAYMENT_WAYS } from '../channel.ts';

const NATURES = ['PERSON', 'ORGANISATION'] as const;
const EXPORT_STATES = ['NEW', 'EXPORTED'] as const;
const MAX_NAME = 100;
const MAX_TEXT = 200;
const MAX_EXPORT = 100;

/** No payment is older. */
const EARLIEST_DAY = '2020-01-01';

const cleanCode = (text: string): string => cleanNumber(text).toUpperCase();
const instant = z.iso.datetime();

const fields = {
  nature: z.enum(NATURES),
  name: line(MAX_NAME)
    .refine((name) => name !== '', code('missing'))
    .meta({ description: '发票抬头' }),
  taxNumber: z.string().max(64).transform(cleanCode).nullable().default(null).meta({
    description: '税号: the credit code of an organisation (GB 32100-2015), or null of a person',
    example: '91370100MA3CX00113',
  }),
  isCodeConfirmed: z.boolean().default(false).meta({
    description: 'The check character is wrong, as in codes of the pilot years, and the licence really bears this code',
  }),
  email: emailSchema,
  address: line(MAX_TEXT).default(''),
  phone: line(40).default(''),
  bank: line(MAX_TEXT).default('').meta({ description: '开户行及账号' }),
};

/** Although other fields are wrong: a form error names every wrong field at once. */
const ofTaxNumber = (fault: FieldCode) => ({ path: ['taxNumber'], ...code(fault), when: () => true });

export const invoiceFormSchema = z
  .strictObject(fields)
  .refine((form) => taxNumberFault(form) !== 'missing', ofTaxNumber('missing'))
  .refine((form) => taxNumberFault(form) !== 'malformed', ofTaxNumber('malformed'))
  .refine((form) => taxNumberFault(form) !== 'checksum-wrong', ofTaxNumber('checksum-wrong'))
  .refine((form) => taxNumberFault(form) !== 'not-an-option', ofTaxNumber('not-an-option'))
  .meta({ id: 'InvoiceForm' });

export type InvoiceForm = z.output<typeof invoiceFormSchema>;

/** As it was kept: judged when it came. */
export const storedInvoiceSchema = z.object({
  ...{ nature: fields.nature, name: z.string(), taxNumber: z.string().nullable(), isCodeConfirmed: z.boolean() },
  ...{ email: z.string(), address: z.string(), phone: z.string(), bank: z.string() },
});

export const invoiceSchema = z
  .object({
    isOpen: z.boolean().meta({ description: 'The order is paid, and finance has not exported the details' }),
    details: storedInvoiceSchema.nullable(),
    exportedAt: instant.nullable(),
  })
  .meta({ id: 'InvoiceDetails' });

export type InvoiceView = z.output<typeof invoiceSchema>;

const day = pasted(z.iso.date().refine((asked) => asked >= EARLIEST_DAY, code('out-of-range'))).meta({
  format: 'date',
  example: '2026-11-28',
});

export const invoiceListQuerySchema = z.strictObject({
  state: z.enum(EXPORT_STATES).optional(),
  from: day.optional().meta({ description: 'The day in China on which it was paid' }),
  to: day.optional().meta({ description: 'That day counts too' }),
  ...pageQuery,
});

export type InvoiceListQuery = z.output<typeof invoiceListQuerySchema>;

const listed = {
  id: z.uuid(),
  orderKind: z.enum(ORDER_KINDS),
  orderNumber: z.string(),
  amountFen: z.int(),
  channel: z.enum(PAYMENT_WAYS),
  paidAt: instant,
  exportedAt: instant.nullable(),
};

export const invoiceListSchema = z
  .object({ items: z.array(z.object(listed)), next: z.string().nullable() })
  .meta({ id: 'StaffInvoiceDetails' });

export const exportRequestSchema = z
  .strictObject({
    ids: z
      .array(z.uuid().toLowerCase())
      .min(1)
      .max(MAX_EXPORT)
      .refine((ids) => new Set(ids).size === ids.length, code('duplicate')),
    again: z.boolean().default(false).meta({ description: 'Also what was exported before' }),
  })
  .meta({ id: 'InvoiceExportRequest' });

export type ExportRequest = z.output<typeof exportRequestSchema>;

export const invoiceExportSchema = z
  .object({ items: z.array(z.object({ ...listed, details: storedInvoiceSchema })) })
  .meta({ id: 'InvoiceExport' });

/** What comes may have any shape. */
function taxNumberFault({
  nature,
  taxNumber,
  isCodeConfirmed,
}: Record<'nature' | 'taxNumber' | 'isCodeConfirmed', unknown>) {
  const isGiven = typeof taxNumber === 'string' && taxNumber !== '';
  if (nature === 'PERSON') return isGiven ? 'not-an-option' : undefined;
  if (!isGiven) return 'missing';
  const fault = creditCodeFault(cleanCode(taxNumber));
  return fault === 'checksum-wrong' && isCodeConfirmed === true ? undefined : fault;
}
