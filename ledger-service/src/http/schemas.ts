// SPDX-License-Identifier: Apache-2.0
// The shapes that travel over HTTP, once: types, OpenAPI document and query parsing all come from here.
import { z } from 'zod';
import { ERROR_CODES } from '../errors.ts';

export const ENTRY_KINDS = ['attestation', 'registration', 'submission', 'audit-head'] as const;
export const ENTRY_STATES = ['received', 'sequenced', 'anchored', 'final', 'revoked'] as const;
/** In the order of the contract's codes, from 1. */
export const REVOCATION_REASONS = [
  'holder-request',
  'facts-untrue',
  'unlawful-content',
  'duplicate',
  'court-order',
  'issued-in-error',
  'key-compromise',
] as const;

/** Most entries in one request. */
export const MAX_ENTRIES = 10_000;
/** Visible ASCII, so that a reference is the same text in a URL, a log and a database of any collation. */
export const REFERENCE_PATTERN = /^[\x21-\x7e]{1,200}$/;
const NUMBER_PATTERN = /^[1-9]\d{0,18}$/;

export const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: '64 lower-case hex digits', example: 'ab'.repeat(32) });
const decimal = z
  .string()
  .regex(/^(0|[1-9]\d{0,19})$/)
  .meta({ description: 'A 64-bit number in decimal digits' });
const instant = z.iso.datetime({ precision: 3 }).meta({ description: 'UTC with milliseconds' });
const count = z.int().min(0);
const chainHash = z.string().regex(/^0x[0-9a-f]{64}$/);

export const certificateNumber = z
  .string()
  .regex(NUMBER_PATTERN, { abort: true })
  .refine((text) => BigInt(text) < 2n ** 63n)
  .meta({
    id: 'CertificateNumber',
    description: 'From 1 to 2^63 − 1, in decimal digits',
    example: '100000000000000123',
  });

export const reference = z
  .string()
  .regex(REFERENCE_PATTERN)
  .meta({
    description:
      "The client's own name for it: 1 to 200 visible ASCII characters. Anything else is refused and never cleaned: a cleaned " +
      'reference could be another entry of the same client, and the client would not find its entry under the name that it sent.',
    example: 'order-1001',
  });

export const entryInputSchema = z
  .strictObject({
    reference,
    kind: z.enum(ENTRY_KINDS),
    sha256: digest,
    sm3: digest.optional(),
  })
  .meta({ id: 'EntryInput' });

export const entrySchema = z
  .object({
    id: z.uuid(),
    reference: z.string(),
    kind: z.enum(ENTRY_KINDS),
    sha256: digest,
    sm3: digest.optional(),
    state: z.enum(ENTRY_STATES),
    receivedAt: instant,
    number: certificateNumber.optional(),
    batch: decimal.optional(),
    links: z.object({ self: z.string(), batch: z.string().optional(), proof: z.string().optional() }),
  })
  .meta({ id: 'Entry' });

export const batchSchema = z
  .object({
    id: decimal,
    firstNumber: decimal,
    count: z.int().min(1),
    root: digest,
    state: z.enum(['closed', 'signed', 'sent', 'mined', 'final']),
    notBefore: z.object({ block: decimal, hash: chainHash }),
    closedAt: instant,
    anchoredAt: decimal.optional().meta({ description: 'Block time, seconds' }),
    block: decimal.optional(),
    blockHash: chainHash.optional(),
    transaction: chainHash.optional(),
    finalAt: instant.optional(),
  })
  .meta({ id: 'Batch' });

export const registryFiguresSchema = z
  .object({
    batches: z.object({ total: count, final: count }),
    entries: count.meta({ description: 'Numbers given out, burned ones included' }),
    revocations: count,
    finality: z
      .object({ batches: count, p50Ms: count, p99Ms: count })
      .optional()
      .meta({ description: 'From closing a batch to its proof, over the newest final ones; absent before the first' }),
    witnesses: z.array(
      z.object({ authority: z.string(), tokens: count, missing: count, lastTokenAt: instant.optional() }),
    ),
    newest: z.array(batchSchema).meta({ description: 'The newest first' }),
    burned: z
      .object({
        batches: count,
        numbers: count,
        ranges: z.array(z.object({ firstNumber: decimal, count, acceptedAt: instant })),
      })
      .meta({
        description:
          'Numbers whose roots are on the chain, and whose entries were lost in a restore; by the time at which that was accepted, the newest first',
      }),
  })
  .meta({ id: 'RegistryFigures' });

export const burnedNumberSchema = z
  .object({
    number: decimal,
    batch: decimal.meta({ description: 'Id on the chain' }),
    root: z.string(),
    anchoredAt: decimal.meta({ description: 'Block time, seconds' }),
    acceptedAt: instant.meta({ description: 'When the operator accepted the loss' }),
  })
  .meta({ id: 'BurnedNumber' });

export const revocationInputSchema = z
  .strictObject({ reason: z.enum(REVOCATION_REASONS) })
  .meta({ id: 'RevocationInput' });

export const revocationSchema = z
  .object({
    number: decimal,
    reason: z.enum(REVOCATION_REASONS),
    state: z.enum(['pending', 'signed', 'sent', 'mined', 'final']),
    requestedAt: instant,
    revokedAt: decimal.optional().meta({ description: 'Block time, seconds' }),
  })
  .meta({ id: 'Revocation' });

const partSchema = z.object({ ok: z.boolean(), code: z.enum(ERROR_CODES).optional(), detail: z.string().optional() });

export const readinessSchema = z
  .object({
    ready: z.boolean(),
    parts: z.object({
      database: partSchema,
      disk: partSchema.meta({
        description: "`store-unavailable`: the database's disk is full, as far as this process has met it",
      }),
      chain: partSchema.meta({
        description:
          '`chain-unavailable`: no node answers; `chain-stalled`: no new final block for 30 s while transactions wait, or for 2 minutes',
      }),
      queue: partSchema,
      ledger: partSchema.meta({
        description:
          '`ledger-behind-chain`: the chain holds numbers this database does not know; `chain-behind-ledger`: it lost final ones; `clock-ahead-of-chain`: entries wait until the chain reaches their time',
      }),
      anchoring: partSchema.meta({
        description:
          '`anchoring-halted`: a batch was refused for good; `transactions-refused`: every node refuses the oldest transaction of a key',
      }),
      proofs: partSchema.meta({
        description: '`proof-missing`: a mined batch could not be proven within 30 s after its block became final',
      }),
    }),
  })
  .meta({ id: 'Readiness' });

export const entryListSchema = z.object({ entries: z.array(entrySchema) }).meta({ id: 'EntryList' });
export const entryPageSchema = pageOf(entrySchema).meta({ id: 'EntryPage' });
export const batchPageSchema = pageOf(batchSchema).meta({ id: 'BatchPage' });
export const healthSchema = z.object({ ok: z.literal(true) });

const afterSchema = z.string().min(1).max(200).optional().meta({ description: 'A `next` of an earlier page' });
const limitOf = (most: string, pattern: RegExp) =>
  z
    .string()
    .regex(pattern)
    .default('100')
    .transform(Number)
    .meta({ description: `From 1 to ${most}`, example: '100' });

export const batchPageQuery = z.object({ after: afterSchema, limit: limitOf('100', /^(100|[1-9]\d?)$/) });
/** Whoever follows the list keeps up with the fastest intake. */
export const entryPageQuery = z.object({ after: afterSchema, limit: limitOf('1000', /^(1000|[1-9]\d{0,2})$/) });

function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().optional().meta({ description: 'Goes on after this page, at once or whenever there may be more' }),
    more: z.boolean().meta({ description: 'True when the next page is not empty' }),
  });
}

export type EntryInput = Readonly<z.infer<typeof entryInputSchema>>;
export type Entry = z.infer<typeof entrySchema>;
export type Batch = z.infer<typeof batchSchema>;
export type RegistryFigures = z.infer<typeof registryFiguresSchema>;
export type BurnedNumber = z.infer<typeof burnedNumberSchema>;
export type Revocation = z.infer<typeof revocationSchema>;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];
export type Readiness = z.infer<typeof readinessSchema>;
export type ReadinessPart = keyof Readiness['parts'];
/** `next` goes on after this page, at once or whenever there may be more; absent only while the list is empty. */
export interface Page<T> {
  items: T[];
  next?: string;
  more: boolean;
}
