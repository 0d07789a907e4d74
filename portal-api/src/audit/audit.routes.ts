// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { Response } from 'express';
import type { Database } from '../db/database.ts';
import type { Audit } from '../generated/prisma/client.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, memberOf } from '../http/members.ts';
import { type AuditFilters, auditApi } from './audit.api.ts';
import { verifyAuditChain } from './audit-chain.ts';
import { EXPORT_MEDIA, exportHead, exportLine } from './audit-export.ts';
import { allAudit, listAudit, numbersOf } from './audit-log.ts';

export function auditEndpoints(db: Database): Endpoint[] {
  return [
    endpoint(auditApi.list, async ({ query: { cursor, limit, ...filters } }) => {
      const before = cursor === undefined ? undefined : BigInt(cursor);
      const { rows, next } = await listAudit(db, filters, { before, limit });
      const numbers = await numbersOf(db, rows);
      return { items: rows.map((row) => ({ ...entryOf(row), actorNumber: numbers.get(row.actor) ?? null })), next };
    }),
    endpoint(auditApi.head, async () => {
      const newest = await db.prisma.audit.findFirst({ orderBy: { seq: 'desc' } });
      if (!newest) return { newest: null };
      const { seq, at, digest } = entryOf(newest);
      return { newest: { seq, at, digest } };
    }),
    endpoint(auditApi.verify, async ({ req }) => {
      const { rows, head, brokenAt = null } = await verifyAuditChain(db);
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
  return {
    seq: String(seq),
    at: at.toISOString(),
    actor,
    action,
    subject,
    detail,
    digest: Buffer.from(digest).toString('hex'),
  };
}
