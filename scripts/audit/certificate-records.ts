// SPDX-License-Identifier: Apache-2.0
// Every certificate that was issued: its stored proof, its PDF with what is attached and signed, its package built again, and
// whether the files that it lists are still held.
import type { AuditedCertificate, AuditedCertificates } from '../../portal-api/src/certificates/index.ts';
import type { Database } from '../../portal-api/src/db/database.ts';
import { type AuditContext, judgeItem, judgeStoredProof } from '../../verifier/src/audit/index.ts';
import { type Bundle, listedFilesOf, toHex } from '../../verifier/src/index.ts';
import { damageOf } from './damage.ts';
import type { AuditedRecords } from './record-stage.ts';

export interface CertificateParts {
  readonly db: Database;
  readonly certificates: AuditedCertificates;
}

export function certificateRecords(parts: CertificateParts): AuditedRecords {
  const { certificates } = parts;
  return {
    name: 'certificates',
    together: 16,
    keys: (_, after, take) => certificates.numbers(BigInt(after ?? 0), take),
    async judge(context, { chosen }) {
      for (const certificate of await certificates.read(chosen)) await auditCertificate(context, parts.db, certificate);
    },
  };
}

async function auditCertificate(context: AuditContext, db: Database, certificate: AuditedCertificate): Promise<void> {
  const subject = `certificate ${certificate.number}`;
  const bundle = await auditProof(context, subject, certificate);
  if (certificate.isErased) {
    context.count('erased');
    return;
  }
  await auditPdf(context, subject, certificate);
  await auditPackage(context, subject, certificate);
  if (bundle) await auditFiles(context, db, bundle);
}

async function auditProof(
  context: AuditContext,
  subject: string,
  { number, bundle }: AuditedCertificate,
): Promise<Bundle | undefined> {
  const bytes = await bundle().catch(damageOf);
  if (typeof bytes === 'string') {
    context.findings.add({ code: 'stored-proof-differs', subject, found: bytes });
    return undefined;
  }
  const proven = await judgeStoredProof(context, subject, bytes);
  if (!proven || proven.statement.number === number) return proven;
  const numbers = { expected: `number ${number}`, found: `number ${proven.statement.number}` };
  context.findings.add({ code: 'stored-proof-differs', subject, ...numbers });
  return undefined;
}

async function auditPdf(context: AuditContext, subject: string, { number, pdf }: AuditedCertificate): Promise<void> {
  context.count('certificate-pdfs');
  const bytes = await pdf().catch(damageOf);
  if (typeof bytes === 'string') {
    const code = bytes === 'digest' ? 'certificate-changed' : 'certificate-missing';
    context.findings.add({ code, subject, found: bytes });
    return;
  }
  const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
  const proven = await judgeItem(context, { name: `${subject}.pdf`, source: { size: bytes.length, read } });
  if (proven?.number === number) return;
  const found = proven ? `the proof of number ${proven.number}` : 'no proof that holds';
  context.findings.add({ code: 'certificate-changed', subject, expected: `the proof of number ${number}`, found });
}

async function auditPackage(
  context: AuditContext,
  subject: string,
  { packageDigests }: AuditedCertificate,
): Promise<void> {
  context.count('package-digests');
  const digests = await packageDigests().catch(damageOf);
  if (typeof digests === 'string') {
    context.findings.add({ code: 'package-changed', subject, found: digests });
  } else if (digests.built !== digests.issued) {
    const values = { expected: digests.issued ?? 'none', found: digests.built };
    context.findings.add({ code: 'package-changed', subject, ...values });
  }
}

/** An original whose row is gone would not be missed otherwise. */
async function auditFiles({ findings }: AuditContext, db: Database, bundle: Bundle): Promise<void> {
  const files = listedFilesOf(bundle) ?? [];
  const where = { sha256: { in: files.map(({ sha256 }) => Buffer.from(sha256, 'hex')) }, cid: { not: null } };
  const rows = await db.prisma.upload.findMany({ where, distinct: 'sha256', select: { sha256: true } });
  const held = new Set(rows.map(({ sha256 }) => sha256 && toHex(sha256)));
  for (const { sha256, name } of files) {
    if (held.has(sha256)) continue;
    const subject = `certificate ${bundle.statement.number}, file ${name}`;
    findings.add({ code: 'original-missing', subject, expected: sha256, found: 'no stored file' });
  }
}
