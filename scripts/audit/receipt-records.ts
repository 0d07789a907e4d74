// SPDX-License-Identifier: Apache-2.0
// The acceptance receipts that the ledger gave: each is ours, and its number stands for what it promises.
import type { Database } from '../../ledger-service/src/db/database.ts';
import {
  type AuditContext,
  decideReceipt,
  isOurReceipt,
  readReceipt,
  settleReceipt,
} from '../../verifier/src/audit/index.ts';
import { toHex } from '../../verifier/src/index.ts';
import type { AuditedRecords } from './record-stage.ts';

export function receiptRecords(database: Database): AuditedRecords {
  return {
    name: 'receipts',
    together: 32,
    async keys(_, after, take) {
      const where = { number: { gt: BigInt(after ?? 0) } };
      const page = { orderBy: { number: 'asc' }, take, select: { number: true } } as const;
      return (await database.prisma.receipt.findMany({ where, ...page })).map(({ number }) => String(number));
    },
    async judge(context, { chosen }) {
      for (const number of chosen) await auditReceipt(context, database, BigInt(number));
    },
  };
}

async function auditReceipt(context: AuditContext, { prisma }: Database, number: bigint): Promise<void> {
  const row = await prisma.receipt.findUnique({ where: { number } });
  if (!row) return;
  const name = `receipt of number ${number}`;
  context.count('receipts');
  const receipt = readReceipt(row.bytes);
  if (!receipt || receipt.number !== String(number)) {
    context.findings.add({ code: 'receipt-not-verified', subject: name, found: 'unreadable, or of another number' });
    return;
  }
  if (!(await isOurReceipt(context, name, row.bytes))) return;
  // Each row was compared with its statement, and that with the chain.
  const entry = await prisma.entry.findUnique({ where: { number } });
  const isIssued = number < context.scope.nextNumber;
  if (!entry || !isIssued) {
    settleReceipt(context, { name, receipt });
    return;
  }
  const kind = entry.kind === 'audit_head' ? 'audit-head' : entry.kind;
  await decideReceipt(context, { name, receipt }, { number: receipt.number, kind, sha256: toHex(entry.sha256) });
}
