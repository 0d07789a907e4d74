// SPDX-License-Identifier: Apache-2.0
// The ledger's rows against the chain: each batch of either beside the other's, each row beside its statement, each tree, each proof.
import type { Database } from '../../ledger-service/src/db/database.ts';
import type { Batch, BurnedBatch } from '../../ledger-service/src/generated/prisma/client.ts';
import type { AuditContext, ListedBatch } from '../../verifier/src/audit/index.ts';
import { toHex } from '../../verifier/src/index.ts';
import { auditEntries } from './ledger-entries.ts';
import { auditBatchProof } from './ledger-proof.ts';
import type { AuditedRecords } from './record-stage.ts';

export function ledgerRecords(database: Database): AuditedRecords {
  return {
    name: 'ledger',
    together: 32,
    /** Of the batches that either has, contiguous from 1. */
    async keys({ scope }, after, take) {
      const newest = await database.prisma.batch.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
      const last = newest && newest.id > scope.batchCount ? newest.id : scope.batchCount;
      const first = BigInt(after ?? 0) + 1n;
      const length = last < first ? 0 : Math.min(take, Number(last - first) + 1);
      return Array.from({ length }, (_, index) => String(first + BigInt(index)));
    },
    async judge(context, { keys, chosen }) {
      const rows = await database.prisma.batch.findMany({ where: { id: { in: keys.map(BigInt) } } });
      const byId = new Map(rows.map((row) => [row.id, row]));
      for (const key of keys) {
        const id = BigInt(key);
        const beside = { context, database, row: byId.get(id), listed: listedOf(context, id) };
        await auditBatch(beside, chosen.includes(key));
      }
    },
  };
}

/** Ids are contiguous from 1; where the log leaves one out, that was found already. */
function listedOf({ log }: AuditContext, id: bigint): ListedBatch | undefined {
  const { batches } = log;
  const place = Number(id) - 1;
  const guess = place < batches.length ? batches.at(place) : undefined;
  return guess?.id === id ? guess : undefined;
}

interface Beside {
  readonly context: AuditContext;
  readonly database: Database;
  readonly row: Batch | undefined;
  readonly listed: ListedBatch | undefined;
}

async function auditBatch({ context, database, row, listed }: Beside, isChosen: boolean): Promise<void> {
  const { findings, scope } = context;
  if (!row && listed) {
    const burned = await database.prisma.burnedBatch.findUnique({ where: { id: listed.id } });
    if (burned) compareBurned(context, burned, listed);
    else findings.add({ code: 'batch-from-outside', subject: `batch ${listed.id}`, found: describe(listed) });
    return;
  }
  if (!row) return;
  context.count('ledger-batches');
  if (!listed) {
    const isOlder = row.minedBlock !== null && row.minedBlock <= scope.throughBlock;
    if (row.state === 'final' && isOlder)
      findings.add({ code: 'batch-not-anchored', subject: `batch ${row.id}`, expected: describe(row) });
    return;
  }
  const [expected, found] = [describe(listed), describe(row)];
  if (expected !== found) {
    findings.add({ code: 'batch-differs', subject: `batch ${row.id}`, expected, found });
    return;
  }
  if (!isChosen) return;
  await auditEntries(context, database, row);
  if (row.state === 'final') await auditBatchProof(context, database, row);
}

/** A known loss is no fault: the chain's batch is the one whose loss was accepted. */
function compareBurned({ findings, count }: AuditContext, burned: BurnedBatch, listed: ListedBatch): void {
  const [expected, found] = [describe(listed), describe(burned)];
  if (expected === found) count('burned-numbers', listed.count);
  else findings.add({ code: 'batch-differs', subject: `burned batch ${burned.id}`, expected, found });
}

const describe = ({ root, firstNumber, count }: Pick<ListedBatch, 'root' | 'firstNumber' | 'count'>): string =>
  `root ${toHex(root)}, ${count} numbers from ${firstNumber}`;
