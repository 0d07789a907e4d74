// SPDX-License-Identifier: Apache-2.0
// Why staff returns or refuses an order: each defect with its place in the form, so that all are told at once.
import { z } from 'zod';
import { code } from '../http/validation.ts';
import { paragraphs } from '../works/index.ts';

const MAX_REASON = 500;

export const REASON_CODES = [
  'unclear',
  'incomplete',
  'inconsistent',
  'wrong-category',
  'not-a-work',
  'rights-doubtful',
  'prohibited',
  'other',
] as const;

export const reasonSchema = z
  .strictObject({
    field: z
      .string()
      .max(60)
      .regex(/^[a-zA-Z]+(\.(\d{1,2}|[a-zA-Z_]+)){0,2}$/)
      .meta({ description: 'Path in the form: `title`, `files.0`', example: 'files.0' }),
    code: z.enum(REASON_CODES),
    text: paragraphs(MAX_REASON).refine((text) => text !== '', code('missing')),
  })
  .meta({ id: 'Reason' });
