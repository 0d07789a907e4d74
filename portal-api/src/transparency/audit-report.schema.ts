// SPDX-License-Identifier: Apache-2.0
// The report of an audit as `npm run audit` and `inkseal-audit` write it (docs/audit.md), and what of it visitors read. Nobody
// signs it: the shape is strict and its parts must agree, so that nothing else is published in its place.
import { AUDIT_CODES, AUDIT_MEDIA_TYPE, AUDIT_VERDICTS, type AuditCode, TALLY_NAMES } from '@inkseal/verifier/audit';
import { z } from 'zod';
import { code } from '../http/validation.ts';

/** More than a thousand faults, at their longest, take. */
export const MAX_REPORT_BYTES = 4 * 1024 * 1024;
const MAX_LISTED = 1_000;
const MAX_SAMPLE = 999_999;
const MAX_SEED = 1_000;
/** Characters of a subject or a value, with the sign that says it was cut. */
const MAX_TEXT = 513;
const MAX_NAME = 200;
/** By which clocks may differ. */
const CLOCK_MS = 300_000;

const count = z.int().min(0);
const decimal = z.string().regex(/^(?:0|[1-9]\d{0,77})$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime();
/** Control and direction characters could make a name read as something else on the page. */
const shown = z.string().regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);
const name = shown.min(1).max(MAX_NAME);
const text = z.string().max(MAX_TEXT);

const summaryMembers = {
  verdict: z.enum(AUDIT_VERDICTS),
  registry: z.strictObject({ chainId: decimal, contract: z.string().regex(/^0x[0-9a-f]{40}$/) }),
  trustFile: z.strictObject({ name, sha256: digest }),
  backing: z.enum(['seals', 'node']).meta({ description: 'Who stands behind the blocks' }),
  chain: z.strictObject({
    throughBlock: decimal,
    throughTime: instant,
    batches: decimal,
    firstNumber: decimal,
    nextNumber: decimal,
    revocations: count,
  }),
  sample: z.strictObject({ size: z.int().min(1).max(MAX_SAMPLE), seed: shown.max(MAX_SEED) }).optional(),
  tally: z.partialRecord(z.enum(TALLY_NAMES), count),
  counts: z.partialRecord(z.enum(AUDIT_CODES), z.int().min(1)),
  run: z.strictObject({ startedAt: instant, endedAt: instant, program: name, version: name }),
};

/** What the portal keeps of a report beside the file. */
export const auditSummarySchema = z.object(summaryMembers);
export type AuditSummary = z.output<typeof auditSummarySchema>;

const findingSchema = z.strictObject({
  code: z.enum(AUDIT_CODES),
  cause: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .optional(),
  subject: text,
  expected: text.optional(),
  found: text.optional(),
});

export const auditReportSchema = z
  .strictObject({
    ...summaryMembers,
    mediaType: z.literal(AUDIT_MEDIA_TYPE),
    exitCode: z.literal([0, 1]),
    listed: z.array(findingSchema).max(MAX_LISTED),
  })
  .refine(({ verdict, counts }) => (verdict === 'sound') === (totalOf(counts) === 0), wrong('verdict'))
  .refine(({ verdict, exitCode }) => exitCode === (verdict === 'sound' ? 0 : 1), wrong('exitCode'))
  .refine(hasListed, wrong('listed'))
  .refine(({ run }) => Date.parse(run.startedAt) <= Date.parse(run.endedAt), late('startedAt'))
  .refine(({ run }) => Date.parse(run.endedAt) <= Date.now() + CLOCK_MS, late('endedAt'));

export type CheckedReport = z.output<typeof auditReportSchema>;

function wrong(field: string) {
  return { path: [field], ...code('malformed') };
}

function late(field: string) {
  return { path: ['run', field], ...code('out-of-range') };
}

/** All faults are counted, and the first thousand of them listed. */
function hasListed({ counts, listed }: { counts: AuditSummary['counts']; listed: readonly { code: AuditCode }[] }) {
  const isCounted = Object.entries(counts).every(
    ([each, counted]) => listed.filter((finding) => finding.code === each).length <= counted,
  );
  const isKnown = listed.every((finding) => counts[finding.code] !== undefined);
  return isCounted && isKnown && listed.length === Math.min(totalOf(counts), MAX_LISTED);
}

export function totalOf(counts: AuditSummary['counts']): number {
  return Object.values(counts).reduce((sum, counted) => sum + counted, 0);
}
