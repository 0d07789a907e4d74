// SPDX-License-Identifier: Apache-2.0
import { REVOCATION_REASONS } from '@inkseal/verifier';
import { z } from 'zod';
import { attestationFields, DECISIONS, reasonSchema, summaryFields } from '../attestations/index.ts';
import { code } from '../http/validation.ts';

const MAX_REASONS = 50;

export const staffSummarySchema = z
  .object({
    ...summaryFields,
    applicant: z.string().meta({ description: 'User number' }),
    round: z.int(),
    waitingSince: z.iso.datetime(),
    isOwn: z.boolean().meta({ description: 'Reviewers cannot decide on their own order' }),
  })
  .meta({ id: 'StaffAttestationSummary' });

const CHANGE_KINDS = ['changed', 'added', 'removed', 'renamed', 'replaced', 'reordered'] as const;

const fileSideSchema = z.object({
  uploadId: z.uuid(),
  size: z.string(),
  sha256: z.string(),
  mediaType: z.string().nullable(),
});

const changeSchema = z
  .object({
    field: z.string(),
    kind: z.enum(CHANGE_KINDS).meta({ description: 'Other than `changed`: of one entry of a list, or of its order' }),
    before: z.string().nullable().meta({ description: 'The value, the entry, or the name of the file' }),
    after: z.string().nullable(),
    files: z
      .object({ before: fileSideSchema.nullable(), after: fileSideSchema.nullable() })
      .nullable()
      .meta({ description: 'Of files and display images' }),
  })
  .meta({ id: 'Change' });

export type Change = z.output<typeof changeSchema>;

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

export const revocationSchema = z.strictObject({ reason: z.enum(REVOCATION_REASONS) });
