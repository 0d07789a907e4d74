// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { cleanLine, cleanParagraphs } from '../http/text.ts';
import { code } from '../http/validation.ts';
import { PAGE_SLUGS } from './pages.ts';

const MAX_TITLE = 60;
const MAX_BODY = 50_000;
const MAX_NOTE = 200;

const filled = (max: number, clean: (text: string) => string) =>
  z
    .string()
    .max(2 * max)
    .transform(clean)
    .pipe(z.string().max(max))
    .refine((text) => text !== '', code('missing'));

const writtenText = z.strictObject({
  title: filled(MAX_TITLE, cleanLine),
  body: filled(MAX_BODY, cleanParagraphs).meta({ description: 'Markdown (CommonMark); HTML in it is shown as text' }),
});

export const pageFormSchema = z
  .strictObject({
    basedOn: z.int().min(1).meta({ description: 'The version that was edited; refused when there is a newer one' }),
    zh: writtenText,
    en: writtenText,
    note: filled(MAX_NOTE, cleanLine).meta({ description: 'What changed, for the history' }),
  })
  .meta({ id: 'PageForm' });

export type PageForm = z.output<typeof pageFormSchema>;

const text = z.object({ title: z.string(), body: z.string() });

export const pageFacts = {
  slug: z.enum(PAGE_SLUGS),
  version: z.int(),
  savedAt: z.iso.datetime(),
};

export const pageSummarySchema = z
  .object({ ...pageFacts, titles: z.object({ zh: z.string(), en: z.string() }) })
  .meta({ id: 'PageSummary' });

export const pageSchema = z
  .object({
    ...pageFacts,
    zh: text,
    en: text,
    versions: z
      .array(z.object({ version: z.int(), savedAt: z.iso.datetime() }))
      .meta({ description: 'Which can be read, the newest first: all of an agreement, else the newest alone' }),
  })
  .meta({ id: 'Page' });

const savedBy = z.string().nullable().meta({ description: 'User number; null for what came with the product' });

export const staffPageSummarySchema = z
  .object({ ...pageFacts, titles: z.object({ zh: z.string(), en: z.string() }), savedBy })
  .meta({ id: 'StaffPageSummary' });

export const staffPageSchema = z
  .object({
    ...pageFacts,
    zh: text,
    en: text,
    newest: z.int().meta({ description: 'The version that visitors see' }),
    history: z.array(z.object({ version: z.int(), savedAt: z.iso.datetime(), savedBy, note: z.string() })),
  })
  .meta({ id: 'StaffPage' });

export type PageSummary = z.output<typeof pageSummarySchema>;
export type Page = z.output<typeof pageSchema>;
export type StaffPage = z.output<typeof staffPageSchema>;
