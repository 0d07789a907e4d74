// SPDX-License-Identifier: Apache-2.0
// Reports of audits that the site shows. None is ever changed or removed; the audit log says who published which file.
import { createHash } from 'node:crypto';
import { parseTrustFile, type TrustFile } from '@inkseal/verifier';
import type { Database, Db } from '../db/database.ts';
import { jsonOf } from '../db/json.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { parseFields } from '../http/validation.ts';
import type { LedgerClient } from '../ledger/ledger-client.ts';
import { type AuditSummary, auditReportSchema, auditSummarySchema } from './audit-report.schema.ts';
import type { PublishedAudit, StaffPublishedAudit } from './audit-reports.api.ts';

/** More than a centre publishes in years. */
const MAX_LISTED = 200;
const OLD_AFTER_MS = 30 * 86_400_000;

const FACTS = {
  ...{ sha256: true, summary: true, publishedAt: true },
  publisher: { select: { userNumber: true } },
} as const;

type Row = Prisma.AuditReportGetPayload<{ select: typeof FACTS }>;

interface Published {
  staffId: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Throws `malformed-json`, `invalid-request` and `audit-report-foreign`. The same file again changes nothing. */
export async function publishReport(
  { db, ledger }: { db: Database; ledger: Pick<LedgerClient, 'trust'> },
  { staffId, bytes }: Published,
): Promise<StaffPublishedAudit> {
  const report = parseFields(auditReportSchema, jsonIn(bytes));
  const { registry, run, verdict } = report;
  if (!isOfRegistry(parseTrustFile(await ledger.trust()), registry)) throw new DomainError('audit-report-foreign');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const summary = jsonOf(auditSummarySchema.parse(report));
  return db.transaction(async (tx) => {
    const data = { sha256, content: bytes, summary, endedAt: new Date(run.endedAt), publishedBy: staffId };
    const { count } = await tx.prisma.auditReport.createMany({ data: [data], skipDuplicates: true });
    if (count > 0) {
      const detail = { sha256, verdict };
      tx.record({ actor: `account:${staffId}`, action: 'audit-report.publish', subject: 'audit-report', detail });
    }
    return staffView(await tx.prisma.auditReport.findUniqueOrThrow({ where: { sha256 }, select: FACTS }));
  });
}

/** The newest audit first, whenever its report was published. */
export async function listReports(db: Db, take = MAX_LISTED): Promise<StaffPublishedAudit[]> {
  const orderBy = [{ endedAt: 'desc' }, { publishedAt: 'desc' }] as const;
  const rows = await db.auditReport.findMany({ select: FACTS, orderBy: [...orderBy], take });
  return rows.map(staffView);
}

/** As visitors read them: without who published it. */
export async function publicReports(db: Db, take: number): Promise<PublishedAudit[]> {
  return (await listReports(db, take)).map(({ publishedBy: _, ...report }) => report);
}

/** The file; throws `audit-report-not-found`. */
export async function readReport(db: Db, sha256: string): Promise<Uint8Array> {
  const found = await db.auditReport.findUnique({ where: { sha256 }, select: { content: true } });
  if (!found) throw new DomainError('audit-report-not-found');
  return found.content;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new DomainError('malformed-json', {}, { cause: error });
  }
}

/** A retired registry is one of the past: its audit would read as that of what runs now. */
export function isOfRegistry({ networks }: TrustFile, { chainId, contract }: AuditSummary['registry']): boolean {
  return networks
    .filter((network) => network.chainId === chainId)
    .flatMap(({ registries }) => registries)
    .some(({ address, throughNumber }) => address === contract && throughNumber === undefined);
}

function staffView({ sha256, summary, publishedAt, publisher }: Row): StaffPublishedAudit {
  const facts = auditSummarySchema.parse(summary);
  return {
    ...facts,
    sha256,
    publishedAt: publishedAt.toISOString(),
    isOld: Date.now() - Date.parse(facts.run.endedAt) > OLD_AFTER_MS,
    publishedBy: `ID${publisher.userNumber}`,
  };
}
