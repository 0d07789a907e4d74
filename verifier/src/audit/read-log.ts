// The batches and revocations of a registry from its first block on, page by page, in pages as large as the node answers.
import { revocationSlot } from '../chain/registry.ts';
import { fromHex, toHex, toHex0x } from '../encoding/bytes.ts';
import { type AuditNode, NodeFailure } from './audit-node.ts';
import { type BatchTable, createBatchTable } from './batch-table.ts';
import type { FindingList } from './findings.ts';
import type { AuditTarget } from './proven-state.ts';
import { type LogEntry, type RegistryEvent, readEvent } from './registry-log.ts';

/** What the registry's state says at the block up to which an audit reads. */
export interface AuditScope {
  readonly throughBlock: bigint;
  /** Seconds since 1970. */
  readonly throughTime: bigint;
  readonly firstNumber: bigint;
  readonly nextNumber: bigint;
  readonly batchCount: bigint;
}

export interface RegistryLog {
  readonly batches: BatchTable;
  /** The word of each revocation, by its slot: what the node's storage holds, unless its log hides something. */
  readonly revocations: ReadonlyMap<string, bigint>;
}

/** Blocks: what Besu answers unless it is told otherwise. */
const LARGEST_PAGE = 5_000n;

interface Reading {
  readonly node: AuditNode;
  readonly target: AuditTarget;
  readonly scope: AuditScope;
  readonly findings: FindingList;
}

/** Reads the log and compares its order with the contract's rules. `onBlock` hears how far it is. */
export async function readRegistryLog(reading: Reading, onBlock: (block: bigint) => void): Promise<RegistryLog> {
  const { node, target, scope, findings } = reading;
  const order = orderOf(scope, findings);
  const revocations = new Map<string, bigint>();
  for await (const entry of entriesOf(node, BigInt(target.registry.fromBlock), scope.throughBlock, onBlock)) {
    const event = readEvent(entry);
    if (!event) findings.add({ code: 'log-unreadable', subject: `block ${entry.block}` });
    else if (event.name === 'anchored') order.take(event);
    else revocations.set(slotOf(event.number, target), event.revokedAt | (BigInt(event.reason) << 64n));
  }
  order.end();
  return { batches: order.batches, revocations };
}

async function* entriesOf(
  node: AuditNode,
  first: bigint,
  last: bigint,
  onBlock: (block: bigint) => void,
): AsyncGenerator<LogEntry> {
  let size = LARGEST_PAGE;
  for (let from = first; from <= last; ) {
    const to = from + size - 1n < last ? from + size - 1n : last;
    const entries = await node.logs({ from, to }).catch((error: unknown) => {
      if (error instanceof NodeFailure && error.isTooMuch && to > from) return undefined;
      throw error;
    });
    if (!entries) {
      size = (to - from + 1n) / 2n;
      continue;
    }
    yield* entries;
    onBlock(to);
    from = to + 1n;
    size = 2n * size < LARGEST_PAGE ? 2n * size : LARGEST_PAGE;
  }
}

type Anchored = Extract<RegistryEvent, { name: 'anchored' }>;

/** The contract gives ids and numbers without gaps, so any other order is a fault of what the node shows. */
function orderOf(scope: AuditScope, findings: FindingList) {
  const batches = createBatchTable();
  let nextId = 1n;
  let next = scope.firstNumber;

  function take({ id, root, firstNumber, count, block }: Anchored): void {
    const subject = `batch ${id}, root ${toHex(root)}`;
    if (id !== nextId) {
      findings.add({ code: 'batch-out-of-order', subject, expected: `batch ${nextId}`, found: `batch ${id}` });
    }
    if (firstNumber !== next || count === 0) {
      const found = `${count} from ${firstNumber}`;
      findings.add({ code: 'numbers-not-contiguous', subject, expected: `from ${next}`, found });
    }
    if (firstNumber < next || count === 0) return;
    batches.add({ id, root, firstNumber, count, block });
    nextId = id + 1n;
    next = firstNumber + BigInt(count);
  }

  function end(): void {
    const { nextNumber, batchCount, throughBlock } = scope;
    if (next === nextNumber && nextId === batchCount + 1n) return;
    findings.add({
      code: 'numbers-hidden',
      subject: `block ${throughBlock}`,
      expected: `${batchCount} batches, next number ${nextNumber}`,
      found: `${nextId - 1n} batches, next number ${next}`,
    });
  }

  return { batches, take, end };
}

const slotOf = (number: bigint, { registry }: AuditTarget): string =>
  toHex0x(revocationSlot(number, fromHex(registry.revocationsSlot)));
