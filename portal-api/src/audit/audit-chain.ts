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

/** A head that the chain had once. Whoever rewrites rows, and all digests after them, still breaks here. */
export interface KnownHead {
  seq: bigint;
  digest: Uint8Array;
}

export async function verifyAuditChain(
  { prisma }: Pick<Database, 'prisma'>,
  knownHeads: readonly KnownHead[] = [],
): Promise<AuditReport> {
  const known = new Map(knownHeads.map(({ seq, digest }) => [seq, Buffer.from(digest)]));
  const newestKnown = knownHeads.reduce((newest, { seq }) => (seq > newest ? seq : newest), 0n);
  let head: Buffer = Buffer.alloc(32);
  let seq = 0n;
  const broken = (): AuditReport => ({ rows: Number(seq - 1n), head: head.toString('hex'), brokenAt: seq.toString() });
  for (;;) {
    const page = { where: { seq: { gt: seq } }, orderBy: { seq: 'asc' }, take: PAGE_ROWS } as const;
    const rows = await prisma.audit.findMany(page);
    for (const row of rows) {
      seq += 1n;
      const isWhole = row.seq === seq && head.equals(row.prevDigest) && digestOf(row).equals(row.digest);
      if (!isWhole || !(known.get(seq)?.equals(row.digest) ?? true)) return broken();
      head = Buffer.from(row.digest);
    }
    if (rows.length === PAGE_ROWS) continue;
    if (newestKnown <= seq) return { rows: Number(seq), head: head.toString('hex') };
    // The end was cut off.
    seq += 1n;
    return broken();
  }
}

function digestOf({ seq, at, actor, action, subject, detail, prevDigest }: Audit): Buffer {
  const line = [seq, at.toISOString(), actor, action, subject, detail].join('\n');
  return createHash('sha256').update(prevDigest).update(line).digest();
}
