// SPDX-License-Identifier: Apache-2.0
// What staff decides on a round of an order.
import { z } from 'zod';
import { code } from '../http/validation.ts';
import { reasonSchema } from './reasons.ts';

const MAX_REASONS = 50;

export const DECISIONS = ['APPROVE', 'RETURN', 'REJECT'] as const;

/** The rules below run although other fields are wrong, so what they look at may have any shape. */
const countOf = (reasons: unknown): number => (Array.isArray(reasons) ? reasons.length : 0);

/** A refusal says why; an approval needs no reason. */
export const decisionSchema = z
  .strictObject({
    round: z.int().min(1).meta({ description: 'The round that was looked at' }),
    decision: z.enum(DECISIONS),
    reasons: z.array(reasonSchema).max(MAX_REASONS).default([]),
  })
  .refine(({ decision, reasons }) => decision === 'APPROVE' || countOf(reasons) > 0, {
    path: ['reasons'],
    ...code('missing'),
    when: () => true,
  })
  .refine(({ decision, reasons }) => decision !== 'APPROVE' || countOf(reasons) === 0, {
    path: ['reasons'],
    ...code('too-many'),
    when: () => true,
  })
  .meta({ id: 'Decision' });

export type Decision = z.output<typeof decisionSchema>;
