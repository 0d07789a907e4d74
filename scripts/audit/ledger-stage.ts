// SPDX-License-Identifier: Apache-2.0
// The ledger's rows against the chain: each batch of either beside the other's, each row beside its statement, each tree, each proof.
import type { Database } from '../../ledger-service/src/db/database.ts';
import type { Batch, BurnedBatch } from '../../ledger-service/src/generated/prisma/client.ts';
import { type AuditContext, type AuditStage, chooseSample, type ListedBatch } from '../../verifier/src/audit/index.ts';
import { toHex } from '../../verifier/src/index.ts';
import { auditEntries } from './ledger-entries.ts';
import { auditBatchProof } from './ledger-proof.ts';

const PAGE = 200;

export function ledgerStage(database: Database): AuditStage {
  return { name: 'ledger', run: (context, after) => auditLedger(context, database, after) };
}

async function* auditLedger(
  context: AuditContext,
  database: Database,
  after: string | undefined,
): AsyncGenerator<readonly string[]> {
  const isChosen = await chooseSample(idsOf(context), context.sample);
  let id = BigInt(after ?? 0);
  for (;;) {
    const rows = await database.prisma.batch.findMany({
      where: { id: { gt: id } },
      orderBy: { id: 'asc' },
      take: PAGE,
    });
    const isLast = rows.length < PAGE;
    const until = isLast ? lastId(context, rows) : (rows.at(-1)?.id ?? id);
    const byId = new Map(rows.map((row) => [row.id, row]));
    while (id < until) {
      id += 1n;
      await auditBatch({ context, database, row: byId.get(id), listed: listedOf(context, id) }, isChosen(String(id)));
      yield [String(id)];
    }
    if (isLast) return;
  }
}

async function* idsOf({ scope }: AuditContext): AsyncGenerator<string> {
  for (let id = 1n; id <= scope.batchCount; id += 1n) yield String(id);
}

const lastId = ({ scope }: AuditContext, rows: readonly Batch[]): bigint => {
  const last = rows.at(-1)?.id ?? 0n;
  return last > scope.batchCount ? last : scope.batchCount;
};

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
