// SPDX-License-Identifier: Apache-2.0
// The registration form and what the API says of a registration. A draft may be anything that has the right shape; what is
// submitted is complete (completeness.ts).
import { z } from 'zod';
import { certificateViewSchema } from '../certificates/index.ts';
import { MAX_PRICE_FEN } from '../config.ts';
import { orderDiscountSchema } from '../discounts/index.ts';
import { pageQuery } from '../http/cursor.ts';
import { cleanNumber } from '../http/text.ts';
import { code } from '../http/validation.ts';
import { receiptViewSchema } from '../manifests/index.ts';
import { DECISIONS, reasonSchema } from '../orders/index.ts';
import { authorChoiceSchema, knownChoiceSchema, sharingChoiceSchema } from '../parties/index.ts';
import { paymentSchema, REFUND_STATES, waitingOfflineSchema } from '../payments/index.ts';
import { ACQUISITION_MODES, DOCUMENT_KINDS, OWNERSHIP_MODES, SERVICE_KINDS } from '../registration-documents/index.ts';
import { CREATION_NATURES, daySchema, fileSchema, line, paragraphs, tagsSchema, WORK_TYPES } from '../works/index.ts';
import { ACTIONS, REGISTRATION_STATES } from './registration.ts';
import { RIGHTS } from './rights.ts';

const MAX_TITLE = 100;
const MAX_INTRO = 2_000;
const MAX_NOTE = 200;
const MAX_PLACE = 50;
const MAX_PARTIES = 10;
const MAX_COUNT = 9_999;
export const MAX_DOCUMENTS = 40;

export const ELECTRONIC_MEDIA = ['CD_ROM', 'PHOTO_CD', 'IC_CARD', 'DVD_ROM', 'OTHER'] as const;
export const PAPER_MEDIA = ['PRINTED_MATTER', 'PRINTOUT'] as const;

const publicationSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('UNPUBLISHED') }),
  z.strictObject({
    status: z.literal('PUBLISHED'),
    firstPublishedOn: daySchema.nullable().default(null),
    country: line(MAX_PLACE).default(''),
    city: line(MAX_PLACE).default(''),
  }),
]);

const medium = <Kinds extends readonly [string, ...string[]]>(kinds: Kinds) =>
  z
    .strictObject({
      kind: z.enum(kinds),
      count: z.int().min(1).max(MAX_COUNT).nullable().default(null),
      note: line(MAX_NOTE).default(''),
    })
    .nullable()
    .default(null);

const chosenDocument = z.strictObject({ kind: z.enum(DOCUMENT_KINDS), uploadId: z.uuid() });

const formFields = {
  title: line(MAX_TITLE).default(''),
  intro: paragraphs(MAX_INTRO).default(''),
  creationNature: z.enum(CREATION_NATURES).nullable().default(null),
  creationNote: paragraphs(MAX_NOTE).default('').meta({ description: 'Demanded unless ORIGINAL' }),
  workType: z.enum(WORK_TYPES).nullable().default(null).meta({ description: 'SOFTWARE is registered elsewhere' }),
  workTypeNote: line(MAX_TITLE).default('').meta({ description: 'Demanded for OTHER' }),
  tags: tagsSchema,
  completedOn: daySchema.nullable().default(null),
  publication: publicationSchema.nullable().default(null),
  owners: z.array(sharingChoiceSchema).max(MAX_PARTIES).default([]).meta({ description: '著作权人' }),
  authors: z.array(authorChoiceSchema).max(MAX_PARTIES).default([]).meta({ description: '作者' }),
  applicants: z
    .array(knownChoiceSchema)
    .max(MAX_PARTIES)
    .default([])
    .meta({ description: '申请人: one or more of the owners' }),
  selfRegion: z
    .string()
    .max(16)
    .overwrite(cleanNumber)
    .regex(/^\d{6}$/)
    .meta({ example: '370102' })
    .nullable()
    .default(null)
    .meta({
      description: 'Of the member or organisation where they are an owner themself: county, six digits of GB/T 2260',
    }),
  agent: authorChoiceSchema.nullable().default(null).meta({ description: '代理人, with a power of attorney' }),
  acquisition: z.enum(ACQUISITION_MODES).nullable().default(null).meta({ description: '权利取得方式' }),
  acquisitionNote: paragraphs(MAX_NOTE).default('').meta({ description: 'Demanded for OTHER' }),
  ownership: z.enum(OWNERSHIP_MODES).nullable().default(null).meta({ description: '权利归属方式' }),
  serviceKind: z.enum(SERVICE_KINDS).nullable().default(null).meta({ description: 'Demanded for SERVICE' }),
  isEmployed: z.boolean().nullable().default(null).meta({ description: 'Of the author; demanded for PERSONAL' }),
  rights: z
    .array(z.enum(RIGHTS))
    .max(RIGHTS.length)
    .refine((rights) => new Set(rights).size === rights.length, code('duplicate'))
    .default([])
    .meta({ description: '权利拥有状况: of the rights of article 10' }),
  rightsNote: paragraphs(MAX_NOTE).default('').meta({ description: '权利拥有方式说明; demanded with R17' }),
  electronic: medium(ELECTRONIC_MEDIA),
  paper: medium(PAPER_MEDIA),
  aiUse: z
    .strictObject({ isUsed: z.boolean(), note: paragraphs(MAX_NOTE).default('') })
    .nullable()
    .default(null)
    .meta({ description: 'Whether artificial intelligence helped to make the work, and how; demanded' }),
  documents: z.array(chosenDocument).max(MAX_DOCUMENTS).default([]),
};

export const registrationFormSchema = z.strictObject(formFields).meta({ id: 'RegistrationForm' });

export type RegistrationForm = z.output<typeof registrationFormSchema>;

const version = z.int().min(1).meta({ description: 'The version that was seen' });

export const registrationUpdateSchema = z.strictObject({ ...formFields, version }).meta({ id: 'RegistrationUpdate' });

export const submissionSchema = z.strictObject({
  version,
  priceFen: z
    .int()
    .min(0)
    .max(MAX_PRICE_FEN)
    .meta({ description: 'The price that was shown, 0 when it is free; refused when it is another one by now' }),
});
export const resubmissionSchema = z.strictObject({ version });
export const creationSchema = z.strictObject({ workId: z.uuid() });

const instant = z.iso.datetime();

export const LEVELS = ['INITIAL', 'FINAL'] as const;
export type Level = (typeof LEVELS)[number];

export const registrationReviewSchema = z
  .object({
    level: z.enum(LEVELS).meta({ description: '初审 or 复审' }),
    decision: z.enum(DECISIONS),
    reasons: z.array(reasonSchema),
    decidedAt: instant,
    deadline: instant.nullable().meta({ description: 'Of a return: not submitted again by then, it is withdrawn' }),
  })
  .meta({ id: 'RegistrationReview' });

export const HISTORY_STEPS = [
  'created',
  'submitted',
  'paid',
  'passed',
  'returned',
  'refused',
  'approved',
  'registered',
  'revoked',
  'withdrawn',
  'refunded',
] as const;

const historySchema = z
  .array(
    z
      .object({
        at: instant,
        step: z.enum(HISTORY_STEPS),
        level: z.enum(LEVELS).nullable(),
        round: z.int().nullable(),
        filedBy: z
          .string()
          .nullable()
          .meta({ description: '窗口代办: user number of staff who filed it for its owner' }),
        reviewer: z.string().nullable().meta({ description: 'User number, for staff alone' }),
        reasons: z.array(reasonSchema),
      })
      .meta({ id: 'RegistrationStep' }),
  )
  .meta({ description: 'Every step of every round, the earliest first' });

export type History = z.output<typeof historySchema>;

const feeSchema = z
  .object({
    priceFen: z.int(),
    discount: orderDiscountSchema.nullable().meta({ description: 'By which that is less than the price of the day' }),
    waivedBy: z.string().nullable().meta({ description: 'Number of the attestation whose payment makes it free' }),
    isWaiverGivenBack: z
      .boolean()
      .meta({ description: 'That payment was given back since; the registration stays free, and staff may ask why' }),
  })
  .meta({ id: 'RegistrationFee' });

export const registrationFields = {
  id: z.uuid(),
  orderNumber: z.string().meta({ description: '版权登记编号, 19 digits' }),
  registrationNumber: z.string().nullable().meta({ description: '登记号, given with the approval' }),
  state: z.enum(REGISTRATION_STATES),
  stateAt: instant,
  round: z.int(),
  version: z.int(),
  workId: z.uuid(),
  workSerial: z.int().meta({ description: 'The N of 来自平台N号作品' }),
  form: registrationFormSchema,
  demands: z
    .array(z.object({ kind: z.enum(DOCUMENT_KINDS), isRequired: z.boolean(), hasTemplate: z.boolean() }))
    .meta({ description: 'The documents that the form as it is calls for, in the order of the form' }),
  rightHolders: z
    .array(z.object({ rightHolderId: z.uuid(), name: z.string(), documentNumber: z.string() }))
    .meta({ description: 'Those whom the form names, as of the submission; names in full for the owner alone' }),
  documents: z.array(z.object({ kind: z.enum(DOCUMENT_KINDS), file: fileSchema })),
  allowed: z.array(z.enum(ACTIONS)),
  fee: feeSchema.meta({ description: 'As agreed to at the submission; of a draft, as of now' }),
  payment: paymentSchema.nullable(),
  waitingOffline: waitingOfflineSchema
    .nullable()
    .meta({ description: 'An offline payment that finance entered, and a second person has not confirmed yet' }),
  review: registrationReviewSchema.nullable(),
  receipt: receiptViewSchema
    .nullable()
    .meta({ description: 'The newest acceptance receipt; null where the ledger gives none' }),
  certificate: certificateViewSchema.nullable(),
  createdAt: instant,
  submittedAt: instant.nullable().meta({ description: '申请时间: the first submission' }),
  approvedAt: instant.nullable(),
  registeredAt: instant.nullable(),
  history: historySchema,
};

export const registrationSchema = z.object(registrationFields).meta({ id: 'Registration' });

export type RegistrationView = z.output<typeof registrationSchema>;

export const summaryFields = {
  id: z.uuid(),
  orderNumber: z.string(),
  registrationNumber: z.string().nullable(),
  workId: z.uuid(),
  workSerial: z.int(),
  title: z.string(),
  displayUploadId: z.uuid().nullable().meta({ description: 'The first display image of the work' }),
  state: z.enum(REGISTRATION_STATES),
  stateAt: instant,
  paymentNumber: z.string().nullable().meta({ description: '版权支付单号; null when it is free' }),
  isPaid: z.boolean(),
  isFree: z.boolean(),
  refund: z.enum(REFUND_STATES).nullable(),
  certificateNumber: z.string().nullable(),
  reasonCount: z.int(),
  createdAt: instant,
  submittedAt: instant.nullable(),
};

export const registrationSummarySchema = z.object(summaryFields).meta({ id: 'RegistrationSummary' });

export type RegistrationSummary = z.output<typeof registrationSummarySchema>;

const LIST_SORTS = ['createdAt', '-createdAt', 'stateAt', '-stateAt'] as const;

const listQuery = {
  search: line(MAX_TITLE)
    .optional()
    .meta({ description: 'In the title, or the whole order number or registration number' }),
  state: z.enum(REGISTRATION_STATES).optional(),
  ...pageQuery,
};

export const registrationListQuerySchema = z.strictObject({
  ...listQuery,
  sort: z.enum(LIST_SORTS).default('-createdAt'),
});

/** A draft has no day of acceptance: only what staff see can be sorted by it. */
export const staffListQuerySchema = z.strictObject({
  ...listQuery,
  sort: z.enum([...LIST_SORTS, 'acceptedAt']).default('-createdAt'),
});

export type RegistrationListQuery = z.output<typeof staffListQuerySchema>;
