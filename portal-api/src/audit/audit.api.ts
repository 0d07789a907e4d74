// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageQuery } from '../http/cursor.ts';
import { operation } from '../http/operation.ts';
import { PROOF_TYPES } from '../http/proof-media.ts';
import { pasted } from '../http/validation.ts';

const access = { staff: ['auditor', 'security-admin'] } as const;

/** `ID1001`, `account:<id>`, `system` or any other exact name. */
const party = pasted(z.string().min(1).max(100));

const filters = {
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  actor: party.optional().meta({ description: 'A user number, or as the log writes it', example: 'ID1001' }),
  action: pasted(z.string().min(1).max(100)).optional().meta({ example: 'account.grant-role' }),
  subject: party.optional().meta({ description: 'A user number, or as the log writes it' }),
};

const entrySchema = z
  .object({
    seq: z.string(),
    at: z.iso.datetime(),
    actor: z.string(),
    actorNumber: z.string().nullable().meta({ description: 'User number of an account' }),
    action: z.string(),
    subject: z.string(),
    detail: z.string().meta({ description: 'JSON, exactly as it was hashed' }),
    digest: z.string().meta({ description: 'Of this row and all before it, hex' }),
  })
  .meta({ id: 'AuditEntry' });

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.iso.date();

const anchoredHeadSchema = z
  .object({
    day,
    seq: z.string().meta({ description: 'Its row in the audit log' }),
    digest,
    number: z.string().nullable().meta({ description: 'In the ledger; null until the ledger has the proof' }),
    provenAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AnchoredAuditHead' });

const checkSchema = z
  .object({
    checkedAt: z.iso.datetime(),
    rows: z.string(),
    head: digest.meta({ description: 'Of the last row that was verified, hex' }),
    brokenAt: z.string().nullable().meta({ description: 'First row that is missing, changed or out of place' }),
  })
  .meta({ id: 'AuditCheck' });

export const auditFiltersSchema = z.strictObject(filters);
export type AuditFilters = z.output<typeof auditFiltersSchema>;

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;

export const auditApi = {
  list: operation({
    method: 'get',
    path: '/staff/audit',
    summary: 'The audit log, newest first',
    access,
    query: z.strictObject({
      ...filters,
      ...pageQuery,
      cursor: pasted(z.string().regex(/^\d{1,18}$/))
        .meta({ example: '12' })
        .optional(),
    }),
    answer: z.object({ items: z.array(entrySchema), next: z.string().nullable() }),
  }),
  head: operation({
    method: 'get',
    path: '/staff/audit/head',
    summary: 'The newest row, the last check, the newest head with a proof, and a newer one that waits for its proof',
    access,
    answer: z
      .object({
        newest: z.object({ seq: z.string(), at: z.iso.datetime(), digest }).nullable(),
        check: checkSchema.nullable(),
        proven: anchoredHeadSchema.nullable(),
        pending: anchoredHeadSchema.nullable(),
      })
      .meta({ id: 'AuditHead' }),
  }),
  verify: operation({
    method: 'post',
    path: '/staff/audit-verifications',
    summary: 'Compute the whole chain again; who asked and what was found is a row of the log itself',
    access,
    limit: 'staff-export',
    status: 201,
    answer: z.object({
      rows: z.int(),
      head: z.string().meta({ description: 'Digest of the last row that was verified, hex' }),
      brokenAt: z.string().nullable().meta({ description: 'First row that is missing, changed or out of place' }),
    }),
  }),
  export: operation({
    method: 'post',
    path: '/staff/audit-exports',
    summary: 'All rows that the filters find, oldest first; the export is a row of the log itself',
    access,
    limit: 'staff-export',
    body: auditFiltersSchema.extend({ format: z.enum(EXPORT_FORMATS) }),
    media: ['text/csv', 'application/x-ndjson'],
  }),
  readProof: operation({
    method: 'get',
    path: '/staff/audit-heads/{day}/proof',
    summary: 'The proof bundle of the head of a day; `inkseal-verify` checks it, and its statement names the digest',
    access,
    params: z.object({ day }),
    media: PROOF_TYPES,
    errors: ['audit-head-not-found'],
  }),
};
