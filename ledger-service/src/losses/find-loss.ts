// SPDX-License-Identifier: Apache-2.0
// What the chain has and a restored database does not know: batches, whose numbers are burned, and revocations of numbers that we
// still have. Read from the node's log, and complete only when it leads to what the contract's state says.
import { equalBytes, toHex0x } from '@inkseal/verifier';
import { type RegistryEvent, readEvent } from '@inkseal/verifier/audit';
import type { Chain, LogEntry } from '../chain/index.ts';
import type { Database, Db } from '../db/database.ts';
import { DomainError, StartError } from '../errors.ts';
import { batchCount, batchOf, nextNumber, type Registry } from '../registry/index.ts';

export interface LostBatch {
  readonly id: bigint;
  readonly firstNumber: bigint;
  readonly count: number;
  readonly root: Uint8Array<ArrayBuffer>;
  readonly block: bigint;
  /** Block time, seconds. */
  readonly anchoredAt: bigint;
}

export interface LostRevocation {
  readonly number: bigint;
  readonly reason: number;
  /** Whose entry it is. */
  readonly clientId: string;
}

export interface Loss {
  readonly batches: readonly LostBatch[];
  /** How many numbers these batches hold. */
  readonly numbers: number;
  readonly revocations: readonly LostRevocation[];
}

export interface Bound {
  readonly database: Database;
  readonly chain: Chain;
  readonly registry: Registry;
}

/** Blocks: what Besu answers unless it is told otherwise. */
const LARGEST_PAGE = 5_000n;

/**
 * Throws StartError `loss-undecided` while the chain's newest batches are not final or the log is not whole, and `loss-conflict`
 * where a batch of ours has numbers that the chain gave to another one.
 */
export async function findLoss(bound: Bound): Promise<Loss> {
  const { prisma } = bound.database;
  const batches: LostBatch[] = [];
  const revocations: LostRevocation[] = [];
  const end = { id: 0n, next: 0n };
  for await (const event of eventsSince(bound, await lastKnownBlock(prisma))) {
    if (event.name === 'revoked') {
      const lost = await lostRevocation(prisma, event);
      if (lost) revocations.push(lost);
      continue;
    }
    Object.assign(end, { id: event.id, next: event.firstNumber + BigInt(event.count) });
    if (!(await isKnown(prisma, event))) batches.push(await readBatch(bound, event));
  }
  await requireWhole(bound, end);
  return { batches, numbers: batches.reduce((sum, { count }) => sum + count, 0), revocations };
}

/** Everything before the block of the last final batch is ours, or burned already. */
async function lastKnownBlock({ batch, burnedBatch, registry }: Db): Promise<bigint> {
  const [last, burned, bound] = await Promise.all([
    batch.findFirst({ where: { state: 'final' }, orderBy: { id: 'desc' }, select: { minedBlock: true } }),
    burnedBatch.findFirst({ orderBy: { id: 'desc' }, select: { block: true } }),
    registry.findFirst({ select: { deployedBlock: true } }),
  ]);
  const blocks = [last?.minedBlock, burned?.block, bound?.deployedBlock];
  return blocks.reduce<bigint>((highest, block) => (block && block > highest ? block : highest), 0n);
}

async function* eventsSince({ chain, registry }: Bound, first: bigint): AsyncGenerator<RegistryEvent> {
  const { number: last } = await chain.newestFinalHeader();
  let size = LARGEST_PAGE;
  for (let from = first; from <= last; ) {
    const to = from + size - 1n < last ? from + size - 1n : last;
    const entries = await readPage(chain, registry.address, { from, to });
    if (!entries) {
      size = (to - from + 1n) / 2n;
      continue;
    }
    yield* entries.map(eventOf);
    from = to + 1n;
  }
}

/** Undefined where a smaller page may be answered. */
async function readPage(chain: Chain, address: string, page: { from: bigint; to: bigint }) {
  try {
    return await chain.logs(address, page);
  } catch (error) {
    if (page.from === page.to) throw error;
    return undefined;
  }
}

function eventOf(entry: LogEntry): RegistryEvent {
  const event = readEvent(entry);
  if (!event)
    throw new StartError('loss-undecided', `the log of block ${entry.block} cannot be read; use another node`);
  return event;
}

type Anchored = Extract<RegistryEvent, { name: 'anchored' }>;
type Revoked = Extract<RegistryEvent, { name: 'revoked' }>;

async function isKnown({ batch, burnedBatch }: Db, { id, root }: Anchored): Promise<boolean> {
  const found = { where: { id }, select: { root: true } };
  const known = (await batch.findUnique(found)) ?? (await burnedBatch.findUnique(found));
  if (known && !equalBytes(known.root, root))
    throw new StartError(
      'loss-conflict',
      `batch ${id} was closed here with numbers that the chain has given to another one: restore the backup again, and accept the loss before the ledger starts`,
    );
  return known !== null;
}

/** As the contract has it, not as the log says. */
async function readBatch({ chain, registry }: Bound, event: Anchored): Promise<LostBatch> {
  const found = await batchOf(chain, registry.address, toHex0x(event.root));
  const isSame =
    found?.id === event.id && found.firstNumber === event.firstNumber && Number(found.count) === event.count;
  if (!isSame)
    throw new StartError('loss-undecided', `the log and the state differ on batch ${event.id}; use another node`);
  const { id, firstNumber, count, block } = event;
  return { id, firstNumber, count, block, root: new Uint8Array(event.root), anchoredAt: found.anchoredAt };
}

async function lostRevocation(db: Db, { number, reason }: Revoked): Promise<LostRevocation | undefined> {
  const [entry, known] = await Promise.all([
    db.entry.findUnique({ where: { number }, select: { clientId: true } }),
    db.revocation.findUnique({ where: { number }, select: { number: true } }),
  ]);
  return entry && !known ? { number, reason, clientId: entry.clientId } : undefined;
}

/** The log has to lead to the last batch of the contract. */
async function requireWhole({ chain, registry: { address, firstNumber } }: Bound, end: { id: bigint; next: bigint }) {
  const [count, next] = await Promise.all([batchCount(chain, address), nextNumber(chain, address)]);
  if (next === 0n) throw new DomainError('chain-unavailable', { contract: address });
  if (count === end.id && next === (count === 0n ? firstNumber : end.next)) return;
  throw new StartError(
    'loss-undecided',
    `the chain has ${count} batches, and its final blocks show ${end.id}: try again in a minute, or with a node that keeps the whole log`,
  );
}
