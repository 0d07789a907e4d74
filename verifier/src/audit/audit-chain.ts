// The registry against itself: each batch of its log against its state, and its time against the block that anchored it.
import { batchSlot, decodeBatch } from '../chain/registry.ts';
import type { Captured } from '../checks/run.ts';
import { fromHex, toHex, toHex0x } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import type { AuditNode } from './audit-node.ts';
import type { BatchTable, ListedBatch } from './batch-table.ts';
import type { FindingList } from './findings.ts';
import type { AuditTarget, ProvenState } from './proven-state.ts';
import type { AuditScope } from './read-log.ts';

const U64 = 2n ** 64n - 1n;
/** Slots that are proven by one answer. */
const SLOTS_AT_ONCE = 32;

/** The newest block, and what the registry says there of its numbers. Rejects with VerificationError, NodeFailure. */
export async function readScope(node: AuditNode, { registry }: AuditTarget, state: ProvenState): Promise<AuditScope> {
  const throughBlock = await node.newestBlock();
  const { timestamp } = await state.header(throughBlock);
  const [captured] = await state.words([registry.nextNumberSlot], throughBlock);
  if (!captured || 'error' in captured)
    throw captured?.error ?? new VerificationError('state-proof-invalid', 'no slot');
  // Layout version 1: next number, number of batches, first number.
  const { value } = captured;
  return {
    throughBlock,
    throughTime: timestamp,
    nextNumber: value & U64,
    batchCount: (value >> 64n) & U64,
    firstNumber: (value >> 128n) & U64,
  };
}

export interface ChainAudit {
  readonly node: AuditNode;
  readonly target: AuditTarget;
  readonly state: ProvenState;
  readonly batches: BatchTable;
  readonly findings: FindingList;
  /** How many batches an earlier run has audited. */
  readonly from: number;
}

/** Audits the batches in their order; yields how many are done, after each answer of the node. */
export async function* auditBatches(audit: ChainAudit): AsyncGenerator<number> {
  const { batches, from } = audit;
  for (let place = from; place < batches.length; place += SLOTS_AT_ONCE) {
    const end = Math.min(place + SLOTS_AT_ONCE, batches.length);
    await auditSome(
      audit,
      Array.from({ length: end - place }, (_, index) => batches.at(place + index)),
    );
    yield end;
  }
}

async function auditSome({ node, target, state, findings }: ChainAudit, some: readonly ListedBatch[]): Promise<void> {
  const slots = some.map(({ root }) => toHex0x(batchSlot(root, fromHex(target.registry.batchesSlot))));
  // The newest: nodes keep the state of few blocks.
  const block = await node.newestBlock();
  const words = await orFinding(findings, `block ${block}`, () => state.words(slots, block));
  const headers = await Promise.all(
    some.map((batch) => orFinding(findings, `block ${batch.block}`, () => state.header(batch.block))),
  );
  some.forEach((batch, place) => {
    const anchoredAt = words && compareState(batch, words[place], findings);
    const header = headers[place];
    if (anchoredAt !== undefined && header && header.timestamp !== anchoredAt) {
      const times = { expected: String(anchoredAt), found: String(header.timestamp) };
      findings.add({ code: 'batch-time-differs', subject: subjectOf(batch), ...times });
    }
    requireInService(batch, target, findings);
  });
}

/** What nobody backs is a finding, and whatever needs it is left out; a node that does not answer ends the audit. */
async function orFinding<T>(findings: FindingList, subject: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    findings.add({ code: 'block-not-proven', cause: error.code, subject, ...error.comparison });
    return undefined;
  }
}

/** When the state says that the batch was anchored; undefined where it does not have it. */
function compareState(batch: ListedBatch, word: Captured<bigint> | undefined, findings: FindingList) {
  const subject = subjectOf(batch);
  if (!word || 'error' in word) {
    findings.add({ code: 'batch-not-in-state', cause: word?.error.code ?? 'state-proof-invalid', subject });
    return undefined;
  }
  const record = decodeBatch(word.value);
  const expected = describe(batch);
  const found = record ? describe(record) : 'none';
  if (record && found === expected) return record.anchoredAt;
  findings.add({
    code: 'batch-not-in-state',
    cause: record ? 'batch-mismatch' : 'batch-absent',
    subject,
    expected,
    found,
  });
  return undefined;
}

function requireInService(batch: ListedBatch, { registry }: AuditTarget, findings: FindingList): void {
  const last = batch.firstNumber + BigInt(batch.count) - 1n;
  const { throughNumber } = registry;
  if (throughNumber === undefined || last <= BigInt(throughNumber)) return;
  const numbers = { expected: `at most ${throughNumber}`, found: String(last) };
  findings.add({ code: 'batch-retired', subject: subjectOf(batch), ...numbers });
}

export const subjectOf = ({ id, root }: Pick<ListedBatch, 'id' | 'root'>): string => `batch ${id}, root ${toHex(root)}`;

const describe = ({ id, firstNumber, count }: { id: bigint; firstNumber: bigint; count: number }): string =>
  `batch ${id}: ${count} numbers from ${firstNumber}`;
