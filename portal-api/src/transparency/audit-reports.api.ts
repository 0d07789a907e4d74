// SPDX-License-Identifier: Apache-2.0
import { AUDIT_MEDIA_TYPE } from '@inkseal/verifier/audit';
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { pasted } from '../http/validation.ts';
import { auditSummarySchema, MAX_REPORT_BYTES } from './audit-report.schema.ts';

const access = { staff: ['auditor', 'security-admin'] } as const;
const path = '/staff/audit-reports';

const sha256 = z.string().meta({ description: 'Of the file, 64 hex digits' });

export const publishedAuditSchema = auditSummarySchema
  .extend({
    sha256,
    publishedAt: z.iso.datetime(),
    isOld: z.boolean().meta({ description: 'The audit ended more than 30 days ago' }),
  })
  .meta({ id: 'PublishedAudit' });

export type PublishedAudit = z.output<typeof publishedAuditSchema>;

const listedSchema = publishedAuditSchema
  .extend({ publishedBy: z.string().meta({ description: 'User number' }) })
  .meta({ id: 'StaffPublishedAudit' });

export type StaffPublishedAudit = z.output<typeof listedSchema>;

export const staffAuditReportApi = {
  list: operation({
    method: 'get',
    path,
    summary: 'The audits of the registry that were published, the newest audit first',
    access,
    answer: z.object({ items: z.array(listedSchema) }),
  }),
  publish: operation({
    method: 'post',
    path,
    summary: 'Publish the report of an audit of this registry, for good; the same file again is the same report',
    access,
    limit: 'staff-export',
    bytes: { mediaTypes: ['application/json'], limitBytes: MAX_REPORT_BYTES },
    status: 201,
    answer: listedSchema,
    errors: ['invalid-request', 'malformed-json', 'audit-report-foreign', 'ledger-unavailable'],
  }),
};

export const auditReportApi = {
  read: operation({
    method: 'get',
    path: '/transparency/audit-reports/{sha256}',
    summary: 'The file of an audit report, as it was published',
    access: 'anyone',
    limit: 'lookup',
    params: z.strictObject({ sha256: pasted(z.string().regex(/^[0-9a-f]{64}$/)).meta({ example: 'ab'.repeat(32) }) }),
    media: [AUDIT_MEDIA_TYPE],
    errors: ['audit-report-not-found'],
  }),
};
