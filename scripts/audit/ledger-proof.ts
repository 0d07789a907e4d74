// SPDX-License-Identifier: Apache-2.0
// The stored proof of a batch, as a reader of its last number would get it, with the tokens of its witnesses.
import type { Database } from '../../ledger-service/src/db/database.ts';
import type { Batch } from '../../ledger-service/src/generated/prisma/client.ts';
import { readBundle } from '../../ledger-service/src/proofs/index.ts';
import { type AuditContext, judgeStoredProof } from '../../verifier/src/audit/index.ts';

export async function auditBatchProof(context: AuditContext, { prisma }: Database, batch: Batch): Promise<void> {
  const subject = `batch ${batch.id}`;
  const number = batch.firstNumber + BigInt(batch.count) - 1n;
  const proof = await prisma.batchProof.findUnique({ where: { batchId: batch.id }, select: { batchId: true } });
  const last = await prisma.entry.findUnique({ where: { number }, select: { statement: true } });
  // A row that is missing was found already.
  if (!last?.statement) return;
  if (!proof) {
    context.findings.add({ code: 'stored-proof-differs', subject, found: 'no stored proof' });
    return;
  }
  // What waits for its witnesses is given out to nobody yet.
  if (batch.finalSequence === null) return;
  await judgeStoredProof(context, subject, await readBundle(prisma, number, undefined));
}
