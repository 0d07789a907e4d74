// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { code, pasted } from '../http/validation.ts';
import { reviewQuery } from '../staff-reviews/index.ts';
import { paragraphs } from '../works/index.ts';
import { LEGAL_HOLD_STATES } from './legal-hold.ts';

const MAX_WORDS = 500;
const MAX_NUMBER = 60;
const MAX_NUMBERS = 20;

const instant = z.iso.datetime();
const words = paragraphs(MAX_WORDS).refine((text) => text !== '', code('missing'));

export const placeSchema = z
  .strictObject({
    reason: words.meta({ description: 'Who demands it, and for which case' }),
    numbers: z
      .array(pasted(z.string().min(1).max(MAX_NUMBER)))
      .min(1)
      .max(MAX_NUMBERS)
      .meta({ description: 'Of certificates, orders or registrations that were submitted' }),
    caseId: z.uuid().nullable().default(null).meta({ description: 'The case of assistance that it comes from' }),
  })
  .meta({ id: 'LegalHoldForm' });

export type LegalHoldForm = z.output<typeof placeSchema>;

export const askLiftSchema = z.strictObject({ words }).meta({ id: 'LegalHoldLift' });

export const liftDecisionSchema = z.strictObject({ isLifted: z.boolean(), words }).meta({ id: 'LegalHoldDecision' });

export type LiftDecision = z.output<typeof liftDecisionSchema>;

export const listQuerySchema = reviewQuery(LEGAL_HOLD_STATES);

export type ListQuery = z.output<typeof listQuerySchema>;

const act = z.object({ by: z.string().meta({ description: 'User number' }), words: z.string(), at: instant });

export const legalHoldSchema = z
  .object({
    id: z.uuid(),
    holdNumber: z.string().meta({ description: '保全编号' }),
    state: z.enum(LEGAL_HOLD_STATES),
    reason: z.string(),
    orders: z.array(
      z.object({
        kind: z.enum(['attestation', 'registration']),
        orderId: z.uuid(),
        orderNumber: z.string(),
        certificateNumber: z.string().nullable(),
        registrationNumber: z.string().nullable(),
        title: z.string(),
        owner: z.string().meta({ description: 'User number' }),
      }),
    ),
    caseId: z.uuid().nullable(),
    placedBy: z.string().meta({ description: 'User number' }),
    createdAt: instant,
    waitingSince: instant.meta({ description: 'Since when it is in its state' }),
    liftAsked: act.nullable().meta({ description: 'The newest try to lift it' }),
    decision: act.extend({ isLifted: z.boolean() }).nullable(),
    askedByMe: z.boolean().meta({ description: 'I asked to lift it: somebody else has to decide' }),
    isOwn: z.boolean().meta({ description: 'It holds a record of mine: I may not lift it' }),
  })
  .meta({ id: 'LegalHold' });

export type LegalHoldView = z.output<typeof legalHoldSchema>;
