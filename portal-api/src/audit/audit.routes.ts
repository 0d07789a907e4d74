// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { Response } from 'express';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Audit, AuditHead } from '../generated/prisma/client.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, memberOf } from '../http/members.ts';
import { proofTypeOf } from '../http/proof-media.ts';
import { type AuditFilters, auditApi } from './audit.api.ts';
import { type CheckParts, checkAudit, dayText, type LastCheck, lastCheck } from './audit-check.ts';
import { EXPORT_MEDIA, exportHead, exportLine } from './audit-export.ts';
import { allAudit, listAudit, numbersOf } from './audit-log.ts';

export function auditEndpoints(parts: CheckParts): Endpoint[] {
  const { db } = parts;
  return [
    endpoint(auditApi.list, async ({ query: { cursor, limit, ...filters } }) => {
      const before = cursor === undefined ? undefined : BigInt(cursor);
      const { rows, next } = await listAudit(db, filters, { before, limit });
      const numbers = await numbersOf(db, rows);
      return { items: rows.map((row) => ({ ...entryOf(row), actorNumber: numbers.get(row.actor) ?? null })), next };
    }),
    endpoint(auditApi.head, () => headOf(db)),
    endpoint(auditApi.readProof, async ({ params: { day }, res }) => {
      const head = await db.prisma.auditHead.findUnique({ where: { day: new Date(day) } });
      if (!head?.proof) throw new DomainError('audit-head-not-found');
      res.set('Content-Type', proofTypeOf(head.proof)).set('Cache-Control', 'no-store');
      res.set('Content-Disposition', `attachment; filename="audit-head-${day}.proof.json"`);
      res.end(head.proof);
      return undefined;
    }),
    endpoint(auditApi.verify, async ({ req }) => {
      const { rows, head, brokenAt = null } = await checkAudit(parts, new Date());
      await db.transaction(async (tx) => {
        const found = { rows, head, brokenAt };
        tx.record({ actor: actorOf(memberOf(req).owner), action: 'audit.verify', subject: 'audit', detail: found });
      });
      return { rows, head, brokenAt };
    }),
    endpoint(auditApi.export, async ({ body: { format, ...filters }, req, res }) => {
      const actor = actorOf(memberOf(req).owner);
      await db.transaction(async (tx) => {
        tx.record({ actor, action: 'audit.export', subject: 'audit', detail: { format, ...filters } });
      });
      const name = `audit-${new Date().toISOString().slice(0, 10)}.${format}`;
      res.set('Cache-Control', 'no-store').set('Content-Disposition', `attachment; filename="${name}"`);
      await sendAll(db, res, { format, filters });
      return undefined;
    }),
  ];
}

async function headOf({ prisma }: Pick<Database, 'prisma'>) {
  const newest = await prisma.audit.findFirst({ orderBy: { seq: 'desc' } });
  const check = await lastCheck(prisma);
  const latest = await prisma.auditHead.findFirst({ orderBy: { day: 'desc' } });
  const proven = await prisma.auditHead.findFirst({ where: { proof: { not: null } }, orderBy: { day: 'desc' } });
  return {
    newest: newest && { seq: String(newest.seq), at: newest.at.toISOString(), digest: hex(newest.digest) },
    check: check && checkView(check),
    proven: proven && headView(proven),
    pending: latest && !latest.proof ? headView(latest) : null,
  };
}

async function sendAll(
  db: Database,
  res: Response,
  { format, filters }: { format: keyof typeof EXPORT_MEDIA; filters: AuditFilters },
): Promise<void> {
  res.set('Content-Type', EXPORT_MEDIA[format]);
  res.write(exportHead(format));
  for await (const rows of allAudit(db, filters)) {
    const isRoom = res.write(rows.map((row) => exportLine(format, row)).join(''));
    if (res.destroyed) return;
    // A reader that goes away ends the wait as well.
    if (!isRoom) await Promise.race([once(res, 'drain'), once(res, 'close')]);
  }
  res.end();
}

function entryOf({ seq, at, actor, action, subject, detail, digest }: Audit) {
  return { seq: String(seq), at: at.toISOString(), actor, action, subject, detail, digest: hex(digest) };
}

function checkView({ checkedAt, rows, head, brokenAt }: LastCheck) {
  return {
    checkedAt: checkedAt.toISOString(),
    rows: String(rows),
    head: hex(head),
    brokenAt: brokenAt === null ? null : String(brokenAt),
  };
}

function headView({ day, seq, digest, number, provenAt }: AuditHead) {
  return {
    day: dayText(day),
    seq: String(seq),
    digest: hex(digest),
    number: number === null ? null : String(number),
    provenAt: provenAt?.toISOString() ?? null,
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
