// SPDX-License-Identifier: Apache-2.0
// The acceptance receipts that the ledger gave: each is ours, and its number stands for what it promises.
import type { Database } from '../../ledger-service/src/db/database.ts';
import {
  type AuditContext,
  type AuditStage,
  chooseSample,
  decideReceipt,
  isOurReceipt,
  readReceipt,
  settleReceipt,
} from '../../verifier/src/audit/index.ts';
import { toHex } from '../../verifier/src/index.ts';
import { pagesOf } from './pages.ts';

export function receiptStage(database: Database): AuditStage {
  const numbers = (after: string | undefined) =>
    pagesOf(after, async (last, take) => {
      const where = { number: { gt: BigInt(last ?? 0) } };
      const rows = await database.prisma.receipt.findMany({
        where,
        orderBy: { number: 'asc' },
        take,
        select: { number: true },
      });
      return rows.map(({ number }) => String(number));
    });
  return {
    name: 'receipts',
    async *run(context, after) {
      const isChosen = await chooseSample(numbers(undefined), context.sample);
      for await (const number of numbers(after)) {
        if (isChosen(number)) await auditReceipt(context, database, BigInt(number));
        yield [number];
      }
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
