// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { code, pasted } from '../http/validation.ts';
import { approvalSchema, reviewQuery } from '../staff-reviews/index.ts';
import { anyDaySchema, fileSchema, line, paragraphs } from '../works/index.ts';
import { ASSISTANCE_PARTS, ASSISTANCE_STATES } from './assistance-case.ts';

const MAX_NAME = 100;
const MAX_CONTACT = 200;
const MAX_REASON = 200;
const MAX_WORDS = 500;
const MAX_NUMBER = 60;
const MAX_NUMBERS = 20;
const MAX_LETTERS = 10;
const MAX_DAYS = 30;

const instant = z.iso.datetime();
const isGiven = (text: string) => text !== '';
const name = line(MAX_NAME).refine(isGiven, code('missing'));
const words = paragraphs(MAX_WORDS);
const isDistinct = (values: readonly unknown[]) => new Set(values).size === values.length;

const partsSchema = z
  .array(z.enum(ASSISTANCE_PARTS))
  .min(1)
  .max(ASSISTANCE_PARTS.length)
  .refine(isDistinct, code('duplicate'))
  .meta({ description: 'NAMES: full names. CONTENTS: the other sections. ORIGINALS: files. PACKAGE: the whole' });

const secrecySchema = z
  .strictObject({
    reason: line(MAX_REASON).refine(isGiven, code('missing')).meta({ description: 'As the letter gives it' }),
    until: anyDaySchema.meta({ description: 'The last day on which the owners are not told; at most two years ahead' }),
  })
  .meta({ id: 'AssistanceSecrecy' });

export const openSchema = z
  .strictObject({
    authority: name.meta({ description: 'The court or other authority' }),
    fileNumber: name.meta({ description: 'Its number of the case' }),
    contact: line(MAX_CONTACT).refine(isGiven, code('missing')).meta({ description: 'Whom to answer; kept encrypted' }),
    request: words.refine(isGiven, code('missing')).meta({ description: 'What the letter asks for' }),
    letters: z
      .array(z.strictObject({ id: z.uuid(), name }))
      .min(1)
      .max(MAX_LETTERS)
      .refine((letters) => isDistinct(letters.map(({ id }) => id)), code('duplicate')),
    numbers: z
      .array(pasted(z.string().min(1).max(MAX_NUMBER)))
      .min(1)
      .max(MAX_NUMBERS)
      .meta({ description: 'Of certificates, orders or registrations that are certified' }),
    parts: partsSchema,
    days: z.int().min(1).max(MAX_DAYS).meta({ description: 'How long downloads are open after the approval' }),
    secrecy: secrecySchema.nullable().default(null),
  })
  .meta({ id: 'AssistanceForm' });

export type AssistanceForm = z.output<typeof openSchema>;

export const decisionSchema = approvalSchema(words, 'AssistanceDecision');

export type AssistanceDecision = z.output<typeof decisionSchema>;

export const staffListQuerySchema = reviewQuery(ASSISTANCE_STATES);

export type StaffListQuery = z.output<typeof staffListQuerySchema>;

const summary = {
  id: z.uuid(),
  caseNumber: z.string().meta({ description: '协查编号' }),
  state: z.enum(ASSISTANCE_STATES),
  authority: z.string(),
  fileNumber: z.string(),
  orders: z.int().meta({ description: 'How many certificates it concerns' }),
  isSecret: z.boolean().meta({ description: 'The owners are not told yet, as the letter demands' }),
  waitingSince: instant.meta({ description: 'Since when it is in its state' }),
  openedByMe: z.boolean().meta({ description: 'Somebody else has to decide' }),
};

export const staffSummarySchema = z.object(summary).meta({ id: 'StaffAssistanceSummary' });
export type StaffSummary = z.output<typeof staffSummarySchema>;

const disclosureSchema = z
  .object({
    part: z.enum(ASSISTANCE_PARTS),
    fileName: z.string().nullable().meta({ description: 'Of an original; null once it was erased' }),
    at: instant,
  })
  .meta({ id: 'AssistanceDisclosure' });

const concernedSchema = z
  .object({
    id: z.uuid().meta({ description: 'Of its place in the case' }),
    kind: z.enum(['attestation', 'registration']),
    orderId: z.uuid(),
    certificateNumber: z.string(),
    registrationNumber: z.string().nullable(),
    title: z.string(),
    owner: z.string().meta({ description: 'User number' }),
    files: z.array(fileSchema).meta({ description: 'Originals that can be downloaded now' }),
    disclosures: z.array(disclosureSchema.extend({ by: z.string().meta({ description: 'User number' }) })),
  })
  .meta({ id: 'AssistanceOrder' });

export type ConcernedOrder = z.output<typeof concernedSchema>;

export const staffCaseSchema = z
  .object({
    ...summary,
    contact: z.string(),
    request: z.string(),
    parts: partsSchema,
    days: z.int(),
    secrecy: z.object({ reason: z.string(), until: instant }).nullable(),
    toldAt: instant.nullable().meta({ description: 'When the owners were told' }),
    letters: z.array(z.object({ id: z.uuid(), name: z.string(), mediaType: z.string(), size: z.int() })),
    concerned: z.array(concernedSchema),
    openedBy: z.string().meta({ description: 'User number' }),
    createdAt: instant,
    isOwn: z.boolean().meta({ description: 'It concerns a record of mine: I may neither decide nor download' }),
    decision: z.object({ by: z.string(), isApproved: z.boolean(), words: z.string(), at: instant }).nullable(),
    openUntil: instant.nullable().meta({ description: 'The end of the downloads, of a case that was approved' }),
    isOpen: z.boolean().meta({ description: 'What was approved can be downloaded now' }),
  })
  .meta({ id: 'StaffAssistanceCase' });

export type StaffCase = z.output<typeof staffCaseSchema>;

export const ownDisclosuresSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.uuid(),
          caseNumber: z.string().meta({ description: '协查编号' }),
          authority: z.string(),
          fileNumber: z.string(),
          kind: z.enum(['attestation', 'registration']),
          orderId: z.uuid(),
          certificateNumber: z.string(),
          title: z.string(),
          parts: partsSchema,
          grantedAt: instant,
          openUntil: instant,
          wasSecret: z.boolean().meta({ description: 'The letter demanded that the owner is told later' }),
          toldAt: instant,
          disclosures: z.array(disclosureSchema).meta({ description: 'What was handed over, the earliest first' }),
        })
        .meta({ id: 'OwnDisclosure' }),
    ),
  })
  .meta({ id: 'OwnDisclosures' });

export type OwnDisclosure = z.output<typeof ownDisclosuresSchema>['items'][number];
