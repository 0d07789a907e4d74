// SPDX-License-Identifier: Apache-2.0
// The nightly check of the audit chain. If the chain is whole, its head goes to the ledger, once a day: from then on a
// rewrite of earlier rows is detected, even one by the owner of the database.
import type { Logger } from 'pino';
import { dayInChina } from '../china-time.ts';
import type { Database, Db } from '../db/database.ts';
import { HEAD_TOPIC } from './anchor-head.ts';
import { type AuditReport, type KnownHead, verifyAuditChain } from './audit-chain.ts';

/** Few people are at work. */
const STARTS_AT_MS = 3 * 3_600_000;

export interface CheckParts {
  db: Database;
  logger: Logger;
}

/** Does nothing when the chain was checked, or began, since three in the morning. */
export async function checkNightly(parts: CheckParts, now: Date): Promise<void> {
  const { prisma } = parts.db;
  const last = await lastCheck(prisma);
  const first = last ? undefined : await prisma.audit.findFirst({ orderBy: { seq: 'asc' }, select: { at: true } });
  const since = last?.checkedAt ?? first?.at ?? now;
  if (nightOf(since) !== nightOf(now)) await checkAudit(parts, now);
}

export async function checkAudit({ db, logger }: CheckParts, now: Date): Promise<AuditReport> {
  const report = await verifyAuditChain(db, await knownHeads(db.prisma));
  const { rows, head, brokenAt } = report;
  if (brokenAt !== undefined)
    logger.error({ alert: 'audit-chain', brokenAt }, 'the audit log was changed: a row is missing or not as it was');
  const check = {
    checkedAt: now,
    rows: BigInt(rows),
    head: Buffer.from(head, 'hex'),
    brokenAt: brokenAt === undefined ? null : BigInt(brokenAt),
  };
  await db.transaction(async (tx) => {
    await tx.prisma.auditCheck.upsert({ where: { id: 1 }, update: check, create: check });
    if (brokenAt !== undefined || rows === 0) return;
    const day = nightOf(now);
    const anchored = { day: new Date(day), seq: check.rows, digest: check.head };
    const { count } = await tx.prisma.auditHead.createMany({ data: [anchored], skipDuplicates: true });
    if (count === 0) return;
    tx.enqueue(HEAD_TOPIC, { day });
    tx.record({
      actor: 'system',
      action: 'audit.anchor-head',
      subject: `audit-head:${day}`,
      detail: { seq: `${rows}` },
    });
  });
  return report;
}

export interface LastCheck {
  checkedAt: Date;
  rows: bigint;
  head: Uint8Array;
  brokenAt: bigint | null;
}

export function lastCheck(db: Db): Promise<LastCheck | null> {
  return db.auditCheck.findUnique({ where: { id: 1 } });
}

export function knownHeads(db: Db): Promise<KnownHead[]> {
  return db.auditHead.findMany({ select: { seq: true, digest: true }, orderBy: { seq: 'asc' } });
}

export interface ProvenHead {
  day: string;
  seq: string;
  number: string;
  proof: Uint8Array;
}

export async function newestProof(db: Db): Promise<ProvenHead | undefined> {
  const head = await db.auditHead.findFirst({ where: { proof: { not: null } }, orderBy: { day: 'desc' } });
  if (!head?.proof) return undefined;
  return { day: dayText(head.day), seq: String(head.seq), number: String(head.number), proof: head.proof };
}

export const dayText = (day: Date): string => day.toISOString().slice(0, 10);

/** The day in Beijing to whose night a time belongs, such as 2026-11-28. */
function nightOf(time: Date): string {
  return dayInChina(new Date(time.getTime() - STARTS_AT_MS));
}
