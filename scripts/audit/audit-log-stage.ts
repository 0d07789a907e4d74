// SPDX-License-Identifier: Apache-2.0
// The audit log: its chain is whole, and the heads that went on record are those that the ledger's proofs show.
import { verifyAuditChain } from '../../portal-api/src/audit/index.ts';
import type { Database } from '../../portal-api/src/db/database.ts';
import { type AuditContext, type AuditStage, judgeStoredProof } from '../../verifier/src/audit/index.ts';
import { toHex } from '../../verifier/src/index.ts';

export function auditLogStage(db: Database): AuditStage {
  return {
    name: 'audit-log',
    async *run(context, after) {
      if (after !== undefined) return;
      const heads = await db.prisma.auditHead.findMany({ orderBy: { day: 'asc' } });
      const { rows, brokenAt } = await verifyAuditChain(db, heads);
      context.count('audit-rows', rows);
      if (brokenAt !== undefined) context.findings.add({ code: 'audit-log-changed', subject: `row ${brokenAt}` });
      for (const head of heads) await auditHead(context, head);
      yield ['log'];
    },
  };
}

interface Head {
  readonly day: Date;
  readonly digest: Uint8Array;
  readonly number: bigint | null;
  readonly proof: Uint8Array | null;
}

/** One without a proof waits for the ledger. */
async function auditHead(context: AuditContext, { day, digest, number, proof }: Head): Promise<void> {
  if (!proof) return;
  context.count('audit-heads');
  const subject = `audit head of ${day.toISOString().slice(0, 10)}`;
  const bundle = await judgeStoredProof(context, subject, proof);
  if (!bundle) return;
  const { kind, sha256, number: proven } = bundle.statement;
  const expected = `audit-head ${toHex(digest)}, number ${number}`;
  const found = `${kind} ${sha256}, number ${proven}`;
  if (found !== expected) context.findings.add({ code: 'audit-head-differs', subject, expected, found });
}
