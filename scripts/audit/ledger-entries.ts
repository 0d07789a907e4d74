// SPDX-License-Identifier: Apache-2.0
// The entries of a batch: every number has its row, every row says what its statement says, and the statements lead to the root
// on the chain. With that every inclusion proof is shown, for each is cut from the tree that is compared here.
import { hash } from 'node:crypto';
import type { Database } from '../../ledger-service/src/db/database.ts';
import type { Batch, Entry } from '../../ledger-service/src/generated/prisma/client.ts';
import type { AuditContext } from '../../verifier/src/audit/index.ts';
import {
  buildTree,
  encodeStatement,
  equalBytes,
  HASH_SIZE,
  leafHash,
  toHex,
  toHex0x,
  treeLayout,
} from '../../verifier/src/index.ts';
import { readTree } from './ledger-tree.sql.ts';

const PAGE = 4_096;
const sha256 = (message: Uint8Array): Uint8Array => hash('sha256', message, 'buffer');

export async function auditEntries(context: AuditContext, database: Database, batch: Batch): Promise<void> {
  const { findings } = context;
  const read = await readLeaves(context, database, batch);
  const stored = await readTree(database.prisma, batch.id, treeLayout(batch.count).byteLength);
  if (!read.isWhole) return;
  const { nodes, root } = buildTree(read.leaves, sha256);
  const subject = `batch ${batch.id}`;
  if (!equalBytes(root, batch.root)) {
    const number = firstDifference(batch, { computed: read.leaves, stored });
    const about = number === undefined ? subject : `number ${number}`;
    const roots = { expected: toHex(batch.root), found: toHex(root) };
    findings.add({ code: 'entry-differs', cause: 'root-mismatch', subject: about, ...roots });
  } else if (!stored || Buffer.compare(stored, nodes) !== 0) findings.add({ code: 'tree-differs', subject });
}

interface Leaves {
  readonly leaves: Uint8Array;
  /** Whether every number has a row with a statement. */
  readonly isWhole: boolean;
}

async function readLeaves(context: AuditContext, { prisma }: Database, batch: Batch): Promise<Leaves> {
  const leaves = new Uint8Array(batch.count * HASH_SIZE);
  const end = batch.firstNumber + BigInt(batch.count);
  let next = batch.firstNumber;
  let isWhole = true;
  while (next < end) {
    const to = next + BigInt(PAGE) < end ? next + BigInt(PAGE) : end;
    const rows = await prisma.entry.findMany({
      where: { number: { gte: next, lt: to } },
      orderBy: { number: 'asc' },
    });
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    for (; next < to; next += 1n) {
      const row = byNumber.get(next);
      if (row?.statement) leaves.set(leafOf(row.statement), Number(next - batch.firstNumber) * HASH_SIZE);
      else isWhole = false;
      compareRow(context, { batch, row, number: next });
    }
    context.count('entries', rows.length);
  }
  return { leaves, isWhole };
}

const leafOf = (statement: string): Uint8Array => leafHash(Buffer.from(statement), sha256);

interface Numbered {
  readonly batch: Batch;
  readonly row: Entry | undefined;
  readonly number: bigint;
}

function compareRow({ findings, target }: AuditContext, { batch, row, number }: Numbered): void {
  const subject = `number ${number}`;
  if (!row?.statement) {
    findings.add({ code: 'entry-missing', subject });
    return;
  }
  const expected = encodeStatement({
    v: 1,
    registry: { chainId: target.network.chainId, contract: target.registry.address },
    number: String(number),
    kind: row.kind === 'audit_head' ? 'audit-head' : row.kind,
    sha256: toHex(row.sha256),
    ...(row.sm3 && { sm3: toHex(row.sm3) }),
    receivedAt: row.receivedAt.toISOString(),
    notBefore: { block: String(batch.notBeforeBlock), hash: toHex0x(batch.notBeforeHash) },
  });
  if (row.batchId === batch.id && Buffer.from(expected).toString() === row.statement) return;
  findings.add({ code: 'entry-differs', subject, expected: row.statement, found: Buffer.from(expected).toString() });
}

/** The number whose statement is no longer the one that the stored tree was built of. */
function firstDifference(
  batch: Batch,
  { computed, stored }: { readonly computed: Uint8Array; readonly stored: Uint8Array | undefined },
): bigint | undefined {
  if (!stored) return undefined;
  for (let index = 0; index < batch.count; index += 1) {
    const [start, end] = [index * HASH_SIZE, (index + 1) * HASH_SIZE];
    if (!equalBytes(computed.subarray(start, end), stored.subarray(start, end)))
      return batch.firstNumber + BigInt(index);
  }
  return undefined;
}
