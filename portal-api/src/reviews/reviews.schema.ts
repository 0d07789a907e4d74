// SPDX-License-Identifier: Apache-2.0
import { REVOCATION_REASONS } from '@inkseal/verifier';
import { z } from 'zod';
import { attestationFields, summaryFields } from '../attestations/index.ts';
import { changeSchema } from '../orders/index.ts';

export const staffSummarySchema = z
  .object({
    ...summaryFields,
    applicant: z.string().meta({ description: 'User number' }),
    round: z.int(),
    waitingSince: z.iso.datetime(),
    isOwn: z.boolean().meta({ description: 'Reviewers cannot decide on their own order' }),
  })
  .meta({ id: 'StaffAttestationSummary' });

export const staffAttestationSchema = z
  .object({
    ...attestationFields,
    applicant: z.object({
      userNumber: z.string(),
      name: z.string().meta({ description: 'Masked' }),
      idNumber: z.string().meta({ description: 'Masked' }),
    }),
    changes: z.array(changeSchema).meta({ description: 'Since the round that was returned' }),
    isOwn: z.boolean(),
  })
  .meta({ id: 'StaffAttestation' });

export type StaffAttestation = z.output<typeof staffAttestationSchema>;

export const revocationSchema = z.strictObject({ reason: z.enum(REVOCATION_REASONS) });
