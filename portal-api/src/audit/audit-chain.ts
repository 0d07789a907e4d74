// SPDX-License-Identifier: Apache-2.0
// Reads the audit chain again and says where it breaks. The rows are written by db/database.ts and chained by a
// trigger; this is the same rule, computed apart from the database.
import { createHash } from 'node:crypto';
import type { Database } from '../db/database.ts';

const PAGE_ROWS = 1_000;

export interface AuditReport {
  rows: number;
  /** Digest of the newest row, hex; 64 zeros for an empty chain. */
  head: string;
  /** First row that is missing, changed or out of place. */
  brokenAt?: string;
}

interface AuditRow {
  seq: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  prev_digest: Buffer;
  digest: Buffer;
}

export async function verifyAuditChain(db: Database): Promise<AuditReport> {
  let head: Buffer = Buffer.alloc(32);
  let seq = 0n;
  for (;;) {
    const rows = await db.query<AuditRow>('SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2', [seq, PAGE_ROWS]);
    for (const row of rows) {
      seq += 1n;
      if (BigInt(row.seq) !== seq || !row.prev_digest.equals(head) || !row.digest.equals(digestOf(row))) {
        return { rows: Number(seq - 1n), head: head.toString('hex'), brokenAt: seq.toString() };
      }
      head = row.digest;
    }
    if (rows.length < PAGE_ROWS) return { rows: Number(seq), head: head.toString('hex') };
  }
}

function digestOf({ seq, at, actor, action, subject, detail, prev_digest }: AuditRow): Buffer {
  const line = [seq, at.toISOString(), actor, action, subject, detail].join('\n');
  return createHash('sha256').update(prev_digest).update(line).digest();
}
