// SPDX-License-Identifier: Apache-2.0
import { REVOCATION_REASONS } from '@inkseal/verifier';
import { z } from 'zod';
import { changeSchema } from '../orders/index.ts';
import { registrationFields, summaryFields } from '../registrations/index.ts';
import { WORK_TYPES } from '../works/index.ts';
import { STANDINGS } from './duty.ts';

const dutySchema = z
  .object({
    ageDays: z.int().meta({ description: 'Whole days since this round was accepted' }),
    limitDays: z.int().meta({ description: 'Of the law: 7 to tell of all defects, 30 to finish' }),
    dueAt: z.iso.datetime(),
    standing: z.enum(STANDINGS),
  })
  .meta({ id: 'ReviewDuty' });

export const staffRegistrationSummarySchema = z
  .object({
    ...summaryFields,
    applicant: z.string().meta({ description: 'User number' }),
    workType: z.enum(WORK_TYPES).nullable(),
    round: z.int(),
    waitingSince: z.iso.datetime(),
    duty: dutySchema.nullable().meta({ description: 'Null where no review is awaited' }),
    isOwn: z.boolean().meta({ description: 'Reviewers cannot decide on their own registration' }),
  })
  .meta({ id: 'StaffRegistrationSummary' });

export const staffRegistrationSchema = z
  .object({
    ...registrationFields,
    applicant: z.object({ userNumber: z.string(), name: z.string(), idNumber: z.string() }),
    changes: z
      .array(changeSchema)
      .meta({ description: 'What the applicant changed since the round that was returned' }),
    isOwn: z.boolean(),
    hasPassedInitial: z
      .boolean()
      .meta({ description: 'The reader decided in a first review of it, and so not in the second' }),
  })
  .meta({ id: 'StaffRegistration' });

export type StaffRegistration = z.output<typeof staffRegistrationSchema>;

export const registrationRevocationSchema = z.strictObject({ reason: z.enum(REVOCATION_REASONS) });
