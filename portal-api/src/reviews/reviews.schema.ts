// SPDX-License-Identifier: Apache-2.0
import { REVOCATION_REASONS } from '@inkseal/verifier';
import { z } from 'zod';
import { attestationFields, attestationStateSchema, summaryFields } from '../attestations/index.ts';
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

const likenessSchema = z.object({
  uploadId: z.string(),
  likeness: z.enum(['identical', 'alike']).meta({ description: '`identical`: the same bytes' }),
  distance: z.int().meta({ description: 'Bits of 64 in which the perceptual hashes differ; at most 10' }),
  isMirrored: z.boolean(),
  kind: z.enum(['attestation']),
  id: z.string(),
  orderNumber: z.string(),
  certificateNumber: z.string().nullable(),
  state: attestationStateSchema,
  submittedAt: z.iso.datetime(),
  userNumber: z.string(),
  ownerName: z.string().meta({ description: 'Masked' }),
  isSameOwner: z.boolean().meta({ description: 'The other order belongs to the owner of this one' }),
});

export const comparedFileSchema = z
  .object({
    uploadId: z.string(),
    picture: z.enum(['compared', 'pending', 'none']).meta({
      description:
        '`none`: only the bytes can be compared. It is not a picture, or one that cannot be decoded or is too plain',
    }),
    likenesses: z.array(likenessSchema).meta({ description: 'At most 20: identical files first, then the most alike' }),
  })
  .meta({ id: 'ComparedFile' });

export type ComparedFileView = z.output<typeof comparedFileSchema>;

export const revocationSchema = z.strictObject({ reason: z.enum(REVOCATION_REASONS) });
