// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { code, pasted } from '../http/validation.ts';
import { OBJECTION_REASONS } from '../rights-events/index.ts';
import { reviewQuery } from '../staff-reviews/index.ts';
import { fileSchema, paragraphs } from '../works/index.ts';
import { OBJECTION_STATES } from './objection.ts';

const MAX_WORDS = 1_000;
const MAX_NUMBER = 60;
const MAX_DOCUMENTS = 10;

const instant = z.iso.datetime();
const words = paragraphs(MAX_WORDS).refine((text) => text !== '', code('missing'));

export const fileObjectionSchema = z
  .strictObject({
    number: pasted(z.string().min(1).max(MAX_NUMBER)).meta({ description: 'Of the certificate or registration' }),
    reason: z.enum(OBJECTION_REASONS),
    words: words.meta({ description: 'Read by the owner and by staff' }),
    documents: z.array(z.uuid()).max(MAX_DOCUMENTS).default([]).meta({
      description: 'Uploads: PDF, DOCX, JPEG or PNG, read by the owner and by staff',
    }),
  })
  .meta({ id: 'ObjectionForm' });

export type ObjectionForm = z.output<typeof fileObjectionSchema>;

export const answerSchema = z.strictObject({ words }).meta({ id: 'ObjectionAnswer' });

export const decisionSchema = z.strictObject({ isUpheld: z.boolean(), words }).meta({ id: 'ObjectionDecision' });

export type ObjectionDecision = z.output<typeof decisionSchema>;

const shared = {
  id: z.uuid(),
  objectionNumber: z.string().meta({ description: '异议编号' }),
  state: z.enum(OBJECTION_STATES),
  number: z.string().meta({ description: 'Of the certificate' }),
  reason: z.enum(OBJECTION_REASONS),
  words: z.string(),
  documents: z.array(fileSchema),
  filedAt: instant,
  answerUntil: instant,
  answer: z.object({ words: z.string(), at: instant }).nullable(),
  outcome: z.object({ isUpheld: z.boolean(), words: z.string(), at: instant }).nullable(),
};

export const objectionSchema = z
  .object({
    ...shared,
    isMine: z.boolean().meta({ description: 'I filed it; otherwise it is about a certificate of mine' }),
    canAnswer: z.boolean(),
    canWithdraw: z.boolean(),
  })
  .meta({ id: 'Objection' });

export type ObjectionView = z.output<typeof objectionSchema>;

export const objectionsSchema = z
  .object({ items: z.array(objectionSchema).meta({ description: 'Mine, and those about certificates of mine' }) })
  .meta({ id: 'Objections' });

export const staffListQuerySchema = reviewQuery(OBJECTION_STATES);

export type StaffListQuery = z.output<typeof staffListQuerySchema>;

export const staffObjectionSchema = z
  .object({
    ...shared,
    kind: z.enum(['attestation', 'registration']),
    orderId: z.uuid(),
    title: z.string(),
    filer: z.string().meta({ description: 'User number' }),
    owner: z.string().meta({ description: 'User number' }),
    waitingSince: instant,
    isDue: z.boolean().meta({ description: 'Answered, or the time for that is over: staff can decide' }),
    isOwn: z.boolean().meta({ description: 'I am one of the two sides: I may not decide' }),
  })
  .meta({ id: 'StaffObjection' });

export type StaffObjection = z.output<typeof staffObjectionSchema>;

export const publicObjectionSchema = z
  .object({
    state: z.enum(['OPEN', 'ANSWERED', 'UPHELD', 'DISMISSED']),
    filedAt: instant,
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'PublicObjection' });

export type PublicObjection = z.output<typeof publicObjectionSchema>;
