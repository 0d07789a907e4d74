// SPDX-License-Identifier: Apache-2.0
// Reads the audit chain again and says where it breaks. The rows are written by db/database.ts and chained by a
// trigger; this is the same rule, computed apart from the database.
import { createHash } from 'node:crypto';
import type { Database } from '../db/database.ts';
import type { Audit } from '../generated/prisma/client.ts';

const PAGE_ROWS = 1_000;

export interface AuditReport {
  rows: number;
  /** Digest of the newest row, hex; 64 zeros for an empty chain. */
  head: string;
  /** First row that is missing, changed or out of place. */
  brokenAt?: string;
}

export async function verifyAuditChain({ prisma }: Pick<Database, 'prisma'>): Promise<AuditReport> {
  let head: Buffer = Buffer.alloc(32);
  let seq = 0n;
  for (;;) {
    const page = { where: { seq: { gt: seq } }, orderBy: { seq: 'asc' }, take: PAGE_ROWS } as const;
    const rows = await prisma.audit.findMany(page);
    for (const row of rows) {
      seq += 1n;
      if (row.seq !== seq || !head.equals(row.prevDigest) || !digestOf(row).equals(row.digest)) {
        return { rows: Number(seq - 1n), head: head.toString('hex'), brokenAt: seq.toString() };
      }
      head = Buffer.from(row.digest);
    }
    if (rows.length < PAGE_ROWS) return { rows: Number(seq), head: head.toString('hex') };
  }
}

function digestOf({ seq, at, actor, action, subject, detail, prevDigest }: Audit): Buffer {
  const line = [seq, at.toISOString(), actor, action, subject, detail].join('\n');
  return createHash('sha256').update(prevDigest).update(line).digest();
}
