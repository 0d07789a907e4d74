// SPDX-License-Identifier: Apache-2.0
// What a reviewer decides, with a reason at each field that is returned.
import { z } from 'zod';
import { code } from '../http/validation.ts';

export const REVIEWERS = { staff: ['reviewer', 'senior-reviewer'] } as const;
export const REVIEW_READERS = { staff: ['reviewer', 'senior-reviewer', 'auditor'] } as const;

export interface Decision<Reason> {
  /** The version that was looked at. */
  version: number;
  decision: 'APPROVE' | 'REJECT';
  reasons: Reason[];
}

/** A rejection needs reasons, and an approval has none. */
export function decisionSchema<Reason extends z.ZodType>(reason: Reason, id: string) {
  return z
    .strictObject({
      version: z.int().min(1).meta({ description: 'The version that was looked at' }),
      decision: z.enum(['APPROVE', 'REJECT']),
      reasons: z.array(reason).max(20).default([]),
    })
    .superRefine(({ decision, reasons }, context) => {
      const isWrong = (decision === 'REJECT') === (reasons.length === 0);
      if (isWrong) {
        const fault = decision === 'REJECT' ? 'missing' : 'not-an-option';
        context.addIssue({ code: 'custom', path: ['reasons'], params: { code: fault } });
      }
    })
    .meta({ id });
}

/** Of a request that is approved or refused whole. A refusal needs words. */
export function approvalSchema(words: z.ZodType<string, string>, id: string) {
  return z
    .strictObject({ isApproved: z.boolean(), words })
    .refine(({ isApproved, words: said }) => isApproved !== false || said !== '', {
      path: ['words'],
      ...code('missing'),
      when: () => true,
    })
    .meta({ id });
}
