// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageQuery } from '../http/cursor.ts';
import { code, pasted } from '../http/validation.ts';
import { line, paragraphs } from '../works/index.ts';
import {
  GROUNDS,
  MODERATION_DECISIONS,
  type ModerationDecision,
  PUBLICATION_STATES,
  REPORT_STATES,
} from './publication.ts';

const MAX_AUTHOR = 50;
const MAX_KEYWORD = 100;
const MAX_TEXT = 500;

const categoryCode = pasted(z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/)).meta({ example: 'DESIGN' });
const someText = paragraphs(MAX_TEXT).refine((text) => text !== '', code('missing'));
const optionalText = paragraphs(MAX_TEXT).default('');

export const submissionSchema = z
  .strictObject({
    workVersion: z.int().min(1).meta({ description: 'The version of the work that the owner saw' }),
    category: categoryCode.meta({ description: 'One of the categories of GET /settings' }),
    author: line(MAX_AUTHOR)
      .refine((name) => name !== '', code('missing'))
      .meta({ description: 'As they wish to be named in public' }),
    consent: z
      .boolean()
      .refine((isGiven) => isGiven, code('consent-missing'))
      .meta({
        description:
          'Title, introduction, category, tags, cover, display images, author and certificate numbers may be shown to anybody; originals never are',
      }),
  })
  .meta({ id: 'PublicationForm' });

export type PublicationForm = z.output<typeof submissionSchema>;

export const appealSchema = z.strictObject({ text: someText });

/** One page of words is enough for all we show: what a picture holds is asked for apart. */
const shown = {
  id: z.uuid(),
  title: z.string(),
  category: z.string(),
  author: z.string(),
};

export const publicSummarySchema = z
  .object({
    ...shown,
    imageId: z.uuid().nullable().meta({ description: 'The first display image' }),
    publishedAt: z.iso.datetime(),
  })
  .meta({ id: 'PublicWorkSummary' });

const imageSchema = z.object({ id: z.uuid(), width: z.int(), height: z.int() });

const certificateSchema = z.object({
  number: z.string(),
  status: z.enum(['final', 'revoked']),
  certifiedAt: z.iso.datetime().nullable(),
});

export const publicWorkSchema = z
  .object({
    ...shown,
    intro: z.string(),
    tags: z.array(z.string()),
    images: z.array(imageSchema),
    certificates: z.array(certificateSchema),
    publishedAt: z.iso.datetime(),
  })
  .meta({ id: 'PublicWork' });

export type PublicWork = z.output<typeof publicWorkSchema>;

export const searchQuerySchema = z.strictObject({
  q: line(MAX_KEYWORD)
    .optional()
    .meta({ description: 'Words of title, introduction, tags or author; all must be there' }),
  category: categoryCode.optional(),
  author: line(MAX_AUTHOR).optional(),
  ...pageQuery,
});

export type PublicSearch = z.output<typeof searchQuerySchema>;

const decisionView = z.object({
  decision: z.enum(MODERATION_DECISIONS),
  round: z.int(),
  ground: z.enum(GROUNDS).nullable(),
  text: z.string(),
  decidedAt: z.iso.datetime(),
});

/** What the owner sees. */
export const publicationSchema = z
  .object({
    ...shown,
    state: z.enum(PUBLICATION_STATES),
    stateAt: z.iso.datetime(),
    round: z.int(),
    intro: z.string(),
    tags: z.array(z.string()),
    consentAt: z.iso.datetime(),
    appeal: z.string().nullable(),
    decisions: z.array(decisionView).meta({ description: 'Newest first' }),
  })
  .meta({ id: 'Publication' });

export type PublicationView = z.output<typeof publicationSchema>;

export const reportFormSchema = z.strictObject({
  ground: z.enum(GROUNDS),
  text: optionalText,
  contact: line(100).default('').meta({ description: 'How staff may reach the reporter; kept encrypted' }),
});

export const STAFF_VIEWS = ['waiting', 'reported', 'public', 'ended'] as const;

export const staffListQuerySchema = z.strictObject({ view: z.enum(STAFF_VIEWS).default('waiting'), ...pageQuery });

export const staffPublicationSummarySchema = z
  .object({
    ...shown,
    state: z.enum(PUBLICATION_STATES),
    stateAt: z.iso.datetime(),
    round: z.int(),
    isOwn: z.boolean(),
    openReports: z.int(),
    imageId: z.uuid().nullable(),
  })
  .meta({ id: 'StaffPublicationSummary' });

const staffReportSchema = z.object({
  id: z.uuid(),
  state: z.enum(REPORT_STATES),
  ground: z.enum(GROUNDS),
  text: z.string(),
  contact: z.string(),
  reportedAt: z.iso.datetime(),
});

export const staffPublicationSchema = publicationSchema
  .extend({
    isOwn: z.boolean(),
    mayDecideAppeal: z.boolean().meta({ description: 'False for whoever took it down' }),
    images: z.array(imageSchema),
    reports: z.array(staffReportSchema),
  })
  .meta({ id: 'StaffPublication' });

const always = { when: () => true };

export const moderationSchema = z
  .strictObject({
    round: z.int().min(1).meta({ description: 'The submission that was looked at' }),
    decision: z.enum(MODERATION_DECISIONS),
    ground: z.enum(GROUNDS).nullable().default(null),
    text: optionalText,
  })
  .refine(({ decision, ground }) => !needsReason(decision) || ground, {
    path: ['ground'],
    ...code('missing'),
    ...always,
  })
  .refine(({ decision, text }) => !needsReason(decision) || text, { path: ['text'], ...code('missing'), ...always })
  .meta({ id: 'ModerationDecision' });

export type Moderation = z.output<typeof moderationSchema>;

const needsReason = (decision: ModerationDecision) => decision !== 'APPROVE' && decision !== 'RESTORE';
