// SPDX-License-Identifier: Apache-2.0
// The publish form. A draft may be anything that has the right shape; what goes to the archive is complete.
import { z } from 'zod';
import { dayInChina } from '../china-time.ts';
import { UploadState } from '../generated/prisma/enums.ts';
import { pageQuery } from '../http/cursor.ts';
import { cleanLine, cleanParagraphs } from '../http/text.ts';
import { code, pasted } from '../http/validation.ts';
import { MAX_DISPLAY, MAX_FILES } from './file-rules.ts';
import { CREATOR_NATURES, PUBLISH_CATEGORIES, WORK_TYPES } from './work-kinds.ts';

const MAX_TITLE = 100;
const MAX_INTRO = 2_000;
const MAX_TAGS = 10;
const MAX_TAG = 20;

/** One line. */
export const line = (max: number) =>
  z
    .string()
    .max(max * 4)
    .transform(cleanLine)
    .pipe(z.string().max(max))
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), code('malformed'));

export const paragraphs = (max: number) =>
  z
    .string()
    .max(max * 4)
    .transform(cleanParagraphs)
    .pipe(z.string().max(max))
    .refine((text) => !/[^\P{Cc}\n\t]|\p{Cs}/u.test(text), code('malformed'));

const DAY = { format: 'date', description: 'A day of the calendar', example: '2025-06-01' };

export const anyDaySchema = pasted(z.iso.date()).meta(DAY);

export const daySchema = pasted(
  z.iso
    .date()
    .refine((day) => day >= '1000-01-01', code('out-of-range'))
    .refine((day) => day <= dayInChina(), code('in-future')),
).meta(DAY);

export const tagsSchema = z
  .array(line(MAX_TAG).refine((tag) => tag !== '', code('too-short')))
  .max(MAX_TAGS)
  .refine((tags) => new Set(tags).size === tags.length, code('duplicate'))
  .default([]);

const formFields = z.strictObject({
  title: line(MAX_TITLE).default(''),
  intro: paragraphs(MAX_INTRO).default(''),
  creatorNature: z.enum(CREATOR_NATURES).nullable().default(null),
  publishCategory: z.enum(PUBLISH_CATEGORIES).nullable().default(null),
  workType: z.enum(WORK_TYPES).nullable().default(null).meta({ description: 'Usual for the category unless given' }),
  tags: tagsSchema,
  completedOn: daySchema.nullable().default(null),
  files: z
    .array(z.strictObject({ uploadId: z.uuid() }))
    .max(MAX_FILES)
    .default([]),
  cover: z.uuid().nullable().default(null),
  display: z
    .array(z.strictObject({ uploadId: z.uuid(), derivedFrom: z.uuid().optional() }))
    .max(MAX_DISPLAY)
    .default([]),
  state: z.enum(['DRAFT', 'ARCHIVED']).meta({ description: 'ARCHIVED demands a complete form' }),
});

export type WorkForm = z.output<typeof formFields>;

/** What the archive demands and a draft may lack. */
const DEMANDED = [
  'title',
  'intro',
  'creatorNature',
  'publishCategory',
  'tags',
  'completedOn',
  'files',
  'cover',
  'display',
] as const;

/** Refined one by one, and although other fields are wrong: a form error names every wrong field at once. */
function demandingCompleteArchive<S extends z.ZodType<Partial<WorkForm>>>(form: S): S {
  return DEMANDED.reduce(
    (schema, field) =>
      schema.refine((work) => work.state !== 'ARCHIVED' || !isEmpty(work[field]), {
        path: [field],
        ...code('missing'),
        when: () => true,
      }),
    form,
  );
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

export const workCreationSchema = demandingCompleteArchive(
  formFields.extend({
    id: z
      .uuid()
      .optional()
      .meta({ description: 'Chosen by the page: sent again with the same id, a request makes no second work' }),
  }),
).meta({ id: 'WorkForm' });

export const workUpdateSchema = demandingCompleteArchive(
  formFields.extend({ version: z.int().min(1).meta({ description: 'The version that was edited' }) }),
).meta({ id: 'WorkUpdate' });

export const fileSchema = z
  .object({
    uploadId: z.uuid(),
    name: z.string(),
    size: z.string().meta({ description: 'Bytes, in decimal digits' }),
    mediaType: z.string().nullable(),
    state: z.enum(UploadState),
    sha256: z.string().nullable(),
    sm3: z.string().nullable(),
    derivedFrom: z.uuid().optional(),
  })
  .meta({ id: 'WorkFile' });

const summary = {
  id: z.uuid(),
  serial: z.int().meta({ description: 'The N of 来自平台N号作品' }),
  version: z.int(),
  state: z.enum(['DRAFT', 'ARCHIVED']),
  title: z.string(),
  publishCategory: z.enum(PUBLISH_CATEGORIES).nullable(),
  workType: z.enum(WORK_TYPES).nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** The newest order for this work. */
  attestation: z.object({ id: z.uuid(), state: z.string() }).nullable(),
  /** The newest registration of it. */
  registration: z.object({ id: z.uuid(), state: z.string() }).nullable(),
};

export const workSummarySchema = z
  .object({ ...summary, coverUploadId: z.uuid().nullable(), displayUploadIds: z.array(z.uuid()) })
  .meta({ id: 'WorkSummary' });

export const workSchema = z
  .object({
    ...summary,
    intro: z.string(),
    creatorNature: z.enum(CREATOR_NATURES).nullable(),
    tags: z.array(z.string()),
    completedOn: z.iso.date().nullable(),
    isEditable: z.boolean().meta({ description: 'False while an order is submitted or under review' }),
    files: z.array(fileSchema),
    cover: fileSchema.nullable(),
    display: z.array(fileSchema),
  })
  .meta({ id: 'Work' });

export type Work = z.output<typeof workSchema>;
export type WorkSummary = z.output<typeof workSummarySchema>;
export type WorkFile = z.output<typeof fileSchema>;

export const WORK_SORTS = ['createdAt', '-createdAt', 'updatedAt', '-updatedAt', 'title', '-title'] as const;

export const workListQuerySchema = z.strictObject({
  search: line(MAX_TITLE).optional(),
  state: z.enum(['DRAFT', 'ARCHIVED']).optional(),
  sort: z.enum(WORK_SORTS).default('-createdAt'),
  ...pageQuery,
});

export type WorkListQuery = z.output<typeof workListQuerySchema>;
