// SPDX-License-Identifier: Apache-2.0
// The attestation form and what the API says of an order. A draft may be anything that has the right shape; what is
// submitted is complete (completeness.ts).
import { z } from 'zod';
import { certificateViewSchema } from '../certificates/index.ts';
import { MAX_PRICE_FEN } from '../config.ts';
import { orderDiscountSchema } from '../discounts/index.ts';
import { pageQuery } from '../http/cursor.ts';
import { receiptViewSchema } from '../manifests/index.ts';
import { DECISIONS, reasonSchema } from '../orders/index.ts';
import { authorChoiceSchema, sharingChoiceSchema } from '../parties/index.ts';
import { paymentSchema, REFUND_STATES, waitingOfflineSchema } from '../payments/index.ts';
import {
  anyDaySchema,
  CREATION_NATURES,
  daySchema,
  fileSchema,
  line,
  MAX_DISPLAY,
  MAX_FILES,
  paragraphs,
  tagsSchema,
  WORK_TYPES,
} from '../works/index.ts';
import { ATTESTATION_STATES } from './attestation.ts';

const MAX_TITLE = 100;
const MAX_INTRO = 2_000;
const MAX_NOTE = 200;
const MAX_PARTIES = 10;

const chosenFile = z.strictObject({ uploadId: z.uuid() });

const termSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('PERMANENT') }),
  z.strictObject({
    kind: z.literal('FIXED'),
    from: anyDaySchema.nullable().default(null),
    to: anyDaySchema.nullable().default(null),
  }),
]);

const formFields = {
  title: line(MAX_TITLE).default(''),
  intro: paragraphs(MAX_INTRO).default(''),
  depositors: z
    .array(sharingChoiceSchema)
    .max(MAX_PARTIES)
    .default([])
    .meta({ description: 'Who deposits: the member, and right holders of theirs' }),
  authors: z.array(authorChoiceSchema).max(MAX_PARTIES).default([]),
  creationNature: z.enum(CREATION_NATURES).nullable().default(null),
  creationNote: paragraphs(MAX_NOTE).default('').meta({ description: 'Demanded unless ORIGINAL' }),
  workType: z.enum(WORK_TYPES).nullable().default(null),
  workTypeNote: line(MAX_TITLE).default('').meta({ description: 'Demanded for OTHER' }),
  tags: tagsSchema,
  acquisition: z.enum(['ORIGINAL', 'DERIVATIVE']).nullable().default(null),
  term: termSchema.nullable().default(null),
  completedOn: daySchema.nullable().default(null),
  files: z.array(chosenFile).max(MAX_FILES).default([]),
  display: z.array(chosenFile).max(MAX_DISPLAY).default([]),
};

export const attestationFormSchema = z.strictObject(formFields).meta({ id: 'AttestationForm' });

export type AttestationForm = z.output<typeof attestationFormSchema>;

/** What the work itself does not say, for staff who file at the counter. */
export const orderChoicesSchema = attestationFormSchema.pick({
  depositors: true,
  authors: true,
  creationNature: true,
  creationNote: true,
  acquisition: true,
});

const version = z.int().min(1).meta({ description: 'The version that was seen' });

export const attestationUpdateSchema = z.strictObject({ ...formFields, version }).meta({ id: 'AttestationUpdate' });

export const submissionSchema = z.strictObject({
  version,
  priceFen: z
    .int()
    .min(0)
    .max(MAX_PRICE_FEN)
    .meta({ description: 'The price that was shown; refused when it is another one by now' }),
});
export const resubmissionSchema = z.strictObject({ version });
export const fileLookupSchema = z.strictObject({ isFoundByFile: z.boolean() });
export const creationSchema = z.strictObject({ workId: z.uuid() });

export const ACTIONS = ['edit', 'submit', 'pay', 'cancel', 'resubmit', 'delete', 'download'] as const;

const instant = z.iso.datetime();

export const reviewSchema = z
  .object({
    decision: z.enum(DECISIONS),
    reasons: z.array(reasonSchema),
    decidedAt: instant,
    deadline: instant
      .nullable()
      .meta({ description: 'A returned order that is not submitted again by then is withdrawn' }),
  })
  .meta({ id: 'Review' });

/** In the order in which they can follow each other. */
export const HISTORY_STEPS = [
  'created',
  'submitted',
  'paid',
  'received',
  'approved',
  'returned',
  'rejected',
  'certified',
  'revoked',
  'withdrawn',
  'cancelled',
  'closed',
  'refunded',
] as const;

const historySchema = z
  .array(
    z
      .object({
        at: instant,
        step: z.enum(HISTORY_STEPS).meta({ description: '`received`: the submission is on record at the ledger' }),
        round: z.int().nullable().meta({ description: 'Null for what belongs to no round' }),
        filedBy: z
          .string()
          .nullable()
          .meta({ description: '窗口代办: user number of staff who filed it for its owner' }),
        reviewer: z.string().nullable().meta({ description: 'User number, for staff alone' }),
        reasons: z.array(reasonSchema),
      })
      .meta({ id: 'HistoryStep' }),
  )
  .meta({ description: 'Every step of every round, the earliest first' });

export type History = z.output<typeof historySchema>;

export const attestationFields = {
  id: z.uuid(),
  orderNumber: z.string().meta({ description: '确权存证编号, 19 digits' }),
  state: z.enum(ATTESTATION_STATES),
  stateAt: instant,
  round: z.int(),
  version: z.int(),
  workId: z.uuid(),
  workSerial: z.int().meta({ description: 'The N of 来自平台N号作品' }),
  form: attestationFormSchema,
  rightHolders: z
    .array(z.object({ rightHolderId: z.uuid(), name: z.string(), documentNumber: z.string() }))
    .meta({ description: 'Those whom the form names, as of the submission; names in full for the owner alone' }),
  files: z.array(fileSchema),
  display: z.array(fileSchema),
  allowed: z.array(z.enum(ACTIONS)),
  priceFen: z.int().nullable().meta({ description: 'What the owner agreed to; null for a draft' }),
  discount: orderDiscountSchema.nullable().meta({ description: 'By which that is less than the price of the day' }),
  payment: paymentSchema.nullable(),
  waitingOffline: waitingOfflineSchema
    .nullable()
    .meta({ description: 'An offline payment that finance entered, and a second person has not confirmed yet' }),
  review: reviewSchema.nullable(),
  submission: z.object({ number: z.string().nullable(), receivedAt: instant.nullable() }).nullable(),
  receipt: receiptViewSchema
    .nullable()
    .meta({ description: 'The newest acceptance receipt; null where the ledger gives none' }),
  certificate: certificateViewSchema.nullable(),
  isFoundByFile: z
    .boolean()
    .meta({ description: 'Whether whoever has one of its files finds the number of its certificate by it' }),
  createdAt: instant,
  submittedAt: instant.nullable().meta({ description: '申请时间: the first submission' }),
  paidAt: instant.nullable(),
  approvedAt: instant.nullable(),
  certifiedAt: instant.nullable(),
  history: historySchema,
};

export const attestationSchema = z.object(attestationFields).meta({ id: 'Attestation' });

export type AttestationView = z.output<typeof attestationSchema>;

export const summaryFields = {
  id: z.uuid(),
  orderNumber: z.string(),
  workId: z.uuid(),
  title: z.string(),
  displayUploadId: z.uuid().nullable(),
  state: z.enum(ATTESTATION_STATES),
  stateAt: instant,
  paymentNumber: z.string().nullable(),
  isPaid: z.boolean().meta({ description: 'Also when the money was given back since' }),
  refund: z
    .enum(REFUND_STATES)
    .nullable()
    .meta({ description: 'Of the payment that is named; null when nothing goes back' }),
  channel: z.string().nullable(),
  certificateNumber: z.string().nullable(),
  reasonCount: z.int(),
  createdAt: instant,
  submittedAt: instant.nullable().meta({ description: '申请时间: the first submission' }),
};

export const attestationSummarySchema = z.object(summaryFields).meta({ id: 'AttestationSummary' });

export type AttestationSummary = z.output<typeof attestationSummarySchema>;

const ATTESTATION_SORTS = [
  'submittedAt',
  '-submittedAt',
  'createdAt',
  '-createdAt',
  'stateAt',
  '-stateAt',
  'title',
  '-title',
] as const;

export const attestationListQuerySchema = z.strictObject({
  search: line(MAX_TITLE).optional().meta({ description: 'In the title, or the beginning of the order number' }),
  state: z.enum(ATTESTATION_STATES).optional(),
  sort: z
    .enum(ATTESTATION_SORTS)
    .default('-submittedAt')
    .meta({ description: 'By `submittedAt` a draft stands where it was created' }),
  ...pageQuery,
});

export type AttestationListQuery = z.output<typeof attestationListQuerySchema>;
