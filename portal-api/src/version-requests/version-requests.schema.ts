// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { code } from '../http/validation.ts';
import { changeSchema } from '../orders/index.ts';
import { approvalSchema, reviewQuery } from '../staff-reviews/index.ts';
import { daySchema, fileSchema, line, paragraphs } from '../works/index.ts';
import { VERSION_REQUEST_KINDS, VERSION_REQUEST_STATES } from './version-request.ts';

const MAX_TITLE = 100;
const MAX_INTRO = 2_000;
const MAX_WORDS = 500;
const MAX_DOCUMENTS = 10;

const instant = z.iso.datetime();
const words = paragraphs(MAX_WORDS);
const isGiven = (text: string) => text !== '';

const changesSchema = z
  .strictObject({
    title: line(MAX_TITLE).refine(isGiven, code('missing')).exactOptional(),
    intro: paragraphs(MAX_INTRO).refine(isGiven, code('missing')).exactOptional(),
    completedOn: daySchema.exactOptional(),
    renewsPeople: z.boolean().default(false).meta({
      description: 'Owners, authors, applicants and agent as their verified data names them now',
    }),
  })
  .meta({ description: 'Whatever is left out stays. Files, kind of work and rights cannot be amended' });

export type Changes = z.output<typeof changesSchema>;

const common = {
  reason: words.refine(isGiven, code('missing')),
  documents: z.array(z.uuid()).max(MAX_DOCUMENTS).default([]).meta({
    description: 'Uploads that prove it: PDF, DOCX, JPEG or PNG. An amendment demands one',
  }),
};

export const askSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('REISSUE'), ...common }),
    z.strictObject({ kind: z.literal('AMENDMENT'), ...common, changes: changesSchema }),
  ])
  .meta({ id: 'VersionRequestForm' });

export type VersionRequestForm = z.output<typeof askSchema>;

const shared = {
  id: z.uuid(),
  requestNumber: z.string().meta({ description: '补发变更申请编号' }),
  kind: z.enum(VERSION_REQUEST_KINDS),
  state: z.enum(VERSION_REQUEST_STATES),
  reason: z.string(),
  changes: z.array(changeSchema).meta({ description: 'Of an amendment: what of the certificate would change' }),
  documents: z.array(fileSchema),
  createdAt: instant,
};

export const versionRequestSchema = z
  .object({
    ...shared,
    stateAt: instant,
    answer: z.string().nullable().meta({ description: 'What staff says with its decision' }),
    version: z.int().nullable().meta({ description: 'Of the certificate, once it is approved' }),
    number: z.string().nullable().meta({ description: 'Of the certificate, once it is issued' }),
  })
  .meta({ id: 'VersionRequest' });

export type VersionRequestView = z.output<typeof versionRequestSchema>;

export const versionRequestsSchema = z
  .object({
    canAsk: z.boolean().meta({ description: 'It is registered, and no request is open' }),
    items: z.array(versionRequestSchema).meta({ description: 'The newest first' }),
  })
  .meta({ id: 'VersionRequests' });

export const decisionSchema = approvalSchema(words, 'VersionDecision');

export type VersionDecision = z.output<typeof decisionSchema>;

export const staffListQuerySchema = reviewQuery(VERSION_REQUEST_STATES);

export type StaffListQuery = z.output<typeof staffListQuerySchema>;

const summary = {
  id: shared.id,
  requestNumber: shared.requestNumber,
  kind: shared.kind,
  state: shared.state,
  registrationNumber: z.string(),
  title: z.string(),
  applicant: z.string().meta({ description: 'User number of whoever asked' }),
  waitingSince: instant.meta({ description: 'Since when it is in its state' }),
  isOwn: z.boolean().meta({ description: 'My own registration: I may not decide' }),
  hasDecided: z.boolean().meta({ description: 'I decided in the first review: somebody else has to' }),
};

export const staffSummarySchema = z.object(summary).meta({ id: 'StaffVersionRequestSummary' });

export const staffVersionRequestSchema = z
  .object({
    ...summary,
    ...shared,
    registrationId: z.uuid(),
    certificateNumber: z.string().meta({ description: 'Of the version that it would supersede, or has' }),
    version: z.int().nullable(),
    reviews: z.array(
      z.object({
        level: z.enum(['INITIAL', 'FINAL']),
        reviewer: z.string().meta({ description: 'User number' }),
        isApproved: z.boolean(),
        words: z.string(),
        decidedAt: instant,
      }),
    ),
  })
  .meta({ id: 'StaffVersionRequest' });

export type StaffVersionRequest = z.output<typeof staffVersionRequestSchema>;
export type StaffSummary = z.output<typeof staffSummarySchema>;
