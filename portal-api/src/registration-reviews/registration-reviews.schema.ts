// SPDX-License-Identifier: Apache-2.0
import { REVOCATION_REASONS } from '@inkseal/verifier';
import { z } from 'zod';
import { changeSchema } from '../orders/index.ts';
import { registrationFields, summaryFields } from '../registrations/index.ts';
import { WORK_TYPES } from '../works/index.ts';

export const staffRegistrationSummarySchema = z
  .object({
    ...summaryFields,
    applicant: z.string().meta({ description: 'User number' }),
    workType: z.enum(WORK_TYPES).nullable(),
    round: z.int(),
    waitingSince: z.iso.datetime(),
    acceptedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Of this round; the 7 days to tell of defects and the 30 to finish count from it' }),
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
