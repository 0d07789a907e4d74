// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { feedOperations } from '../http/feeds.ts';
import { operation } from '../http/operation.ts';
import { PROOF_TYPES } from '../http/proof-media.ts';
import { pasted } from '../http/validation.ts';
import { publishedAuditSchema } from './audit-reports.api.ts';

const count = z.int().min(0);
const decimal = z.string();
const instant = z.iso.datetime();

const batchSchema = z
  .object({
    id: decimal,
    firstNumber: decimal.meta({ description: 'Its numbers run on from here without gaps' }),
    count,
    root: z.string().meta({ description: 'SHA-256, 64 hex digits' }),
    closedAt: instant,
    isFinal: z.boolean(),
    finalAt: instant.nullable(),
    block: decimal.nullable(),
    blockHash: z.string().nullable(),
    transaction: z.string().nullable(),
  })
  .meta({ id: 'PublicBatch' });

const registrySchema = z
  .object({
    batches: z.object({ total: count, final: count }),
    entries: count.meta({ description: 'Numbers given out, of every kind of entry' }),
    revocations: count,
    finality: z
      .object({ batches: count, p50Ms: count, p99Ms: count })
      .nullable()
      .meta({ description: 'From closing a batch to its proof, over the newest final ones' }),
    witnesses: z.array(
      z.object({ authority: z.string(), tokens: count, missing: count, lastTokenAt: instant.nullable() }),
    ),
    proven: z
      .object({
        block: decimal,
        validators: z.array(
          z.object({ address: z.string(), organisation: z.string().nullable(), hasSigned: z.boolean() }),
        ),
      })
      .nullable()
      .meta({ description: 'The block that proves the newest final batch, and which of its validators signed it' }),
    burned: z
      .object({
        batches: count,
        numbers: count,
        ranges: z.array(z.object({ firstNumber: decimal, count, acceptedAt: instant })),
      })
      .meta({
        description:
          'Known losses: numbers whose roots are on the chain, and whose entries were lost in a restore; they are never given again',
      }),
    newest: z.array(batchSchema).meta({ description: 'The newest first' }),
  })
  .meta({ id: 'PublicRegistry' });

const transparencySchema = z
  .object({
    at: instant,
    certificates: z.object({
      issued: count,
      revoked: count,
      perDay: z
        .array(z.object({ day: z.iso.date(), attestations: count, registrations: count }))
        .meta({ description: 'The last 30 days in Beijing, today last' }),
    }),
    audit: z
      .object({
        checkedAt: instant,
        rows: count,
        isWhole: z.boolean(),
        head: z.object({ day: z.iso.date(), number: decimal }).nullable().meta({ description: 'Newest with a proof' }),
      })
      .nullable()
      .meta({ description: 'The last check of the audit log; null before the first night' }),
    lastAudit: publishedAuditSchema
      .nullable()
      .meta({ description: 'The newest audit of the registry whose report was published; null before the first' }),
    registry: registrySchema.nullable().meta({ description: 'Null while the ledger does not answer' }),
  })
  .meta({ id: 'Transparency' });

export type Transparency = z.output<typeof transparencySchema>;
export type PublicRegistry = z.output<typeof registrySchema>;
export type PublicBatch = z.output<typeof batchSchema>;

/** For anybody: no session stands behind these, and nothing personal is in them. */
export const transparencyApi = {
  read: operation({
    method: 'get',
    path: '/transparency',
    summary: '存证公示: what the registry and the centre have done, in figures; at most a minute old',
    access: 'anyone',
    limit: 'search',
    answer: transparencySchema,
  }),
  batchProof: operation({
    method: 'get',
    path: '/transparency/batches/{id}/proof',
    summary:
      'The proof of the first number of a final batch, without content: it shows the root, its block and the signatures of validators',
    access: 'anyone',
    limit: 'lookup',
    params: z.strictObject({ id: pasted(z.string().regex(/^[1-9]\d{0,17}$/)).meta({ example: '1' }) }),
    media: PROOF_TYPES,
    errors: ['number-not-found', 'ledger-unavailable'],
  }),
  auditProof: operation({
    method: 'get',
    path: '/transparency/audit-head/proof',
    summary: 'The proof of the newest head of the audit log; its statement names the digest',
    access: 'anyone',
    limit: 'lookup',
    media: PROOF_TYPES,
    errors: ['audit-head-not-found'],
  }),
  ...feedOperations('/transparency', 'The newest batches and published audits', ['ledger-unavailable']),
};
