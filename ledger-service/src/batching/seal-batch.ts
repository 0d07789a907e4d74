// SPDX-License-Identifier: Apache-2.0
// Sealing: in one transaction, what is received gets contiguous numbers and statements, and the batch its root. Either
// all of it is committed or none; two sealers would take different entries, and the batch's unique number lets one win.
import { hash } from 'node:crypto';
import { buildTree, concatBytes, encodeStatement, leafHash, type Statement } from '@inkseal/verifier';
import type pg from 'pg';
import type { Header } from '../chain/index.ts';
import { withTransaction } from '../db/database.ts';
import type { Ledger } from '../ledger.ts';
import { textArray, uuidArray } from './binary-arrays.ts';
import { type ClaimedEntry, claimEntries } from './claim.ts';

export interface SealedBatch {
  readonly id: bigint;
  readonly firstNumber: bigint;
  readonly count: number;
  readonly root: Uint8Array;
}

export interface SealOptions {
  readonly maxSize: number;
  /** The newest final header known: the statements were written after it. */
  readonly notBefore: Header;
}

/** Seals the oldest received entries, at most `maxSize`; undefined if there are none. */
export async function sealBatch(ledger: Ledger, { maxSize, notBefore }: SealOptions): Promise<SealedBatch | undefined> {
  const batch = await withTransaction(ledger.pool, async (client) => {
    const { id, firstNumber } = await nextBatch(client, ledger.registry.firstNumber);
    const leaves: Uint8Array[] = [];
    let written: Promise<unknown> = Promise.resolve();
    let count = 0;
    // The statements of one chunk are encoded while PostgreSQL still writes those of the chunk before it.
    for await (const entries of claimEntries(client, maxSize)) {
      const start = firstNumber + BigInt(count);
      const statements = encodeStatements(ledger, notBefore, start, entries);
      leaves.push(hashLeaves(statements));
      count += entries.length;
      await written;
      written = writeNumbers(client, { batchId: id, start, entries, statements });
      written.catch(() => undefined);
    }
    if (count === 0) return undefined;
    ledger.onStage('claim');
    const tree = buildTree(concatBytes(leaves), nativeSha256);
    await written;
    const sealed = { id, firstNumber, count, root: tree.root };
    await insertBatch(client, { ...sealed, nodes: tree.nodes, notBefore });
    return sealed;
  });
  if (!batch) return undefined;
  ledger.onStage('seal');
  ledger.observer.batchSealed(batch.count);
  return batch;
}

const nativeSha256 = (message: Uint8Array): Uint8Array => hash('sha256', message, 'buffer');

async function nextBatch(client: pg.PoolClient, registryFirst: bigint): Promise<{ id: bigint; firstNumber: bigint }> {
  const { rows } = await client.query<{ id: string; next: string }>(
    'SELECT id, first_number + count AS next FROM batch ORDER BY id DESC LIMIT 1',
  );
  const [last] = rows;
  return last ? { id: BigInt(last.id) + 1n, firstNumber: BigInt(last.next) } : { id: 1n, firstNumber: registryFirst };
}

function encodeStatements(
  { registry }: Ledger,
  { number: block, hash: blockHash }: Header,
  start: bigint,
  entries: readonly ClaimedEntry[],
): Uint8Array[] {
  const shared = {
    v: 1,
    registry: { chainId: String(registry.chainId), contract: registry.address },
    notBefore: { block: String(block), hash: blockHash },
  } satisfies Partial<Statement>;
  return entries.map(({ kind, sha256, sm3, receivedAt }, index) =>
    encodeStatement({
      ...shared,
      number: String(start + BigInt(index)),
      kind,
      sha256,
      ...(sm3 === null ? {} : { sm3 }),
      receivedAt: receivedAt.toISOString(),
    }),
  );
}

function hashLeaves(statements: readonly Uint8Array[]): Uint8Array {
  const hashes = new Uint8Array(32 * statements.length);
  statements.forEach((statement, index) => {
    hashes.set(leafHash(statement, nativeSha256), 32 * index);
  });
  return hashes;
}

interface NumberedChunk {
  batchId: bigint;
  start: bigint;
  entries: readonly ClaimedEntry[];
  statements: readonly Uint8Array[];
}

async function writeNumbers(client: pg.PoolClient, { batchId, start, entries, statements }: NumberedChunk) {
  await client.query({
    name: 'write-numbers',
    text: `UPDATE entry AS e SET number = $1::bigint + c.position - 1, batch_id = $2, statement = c.statement
      FROM unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS c (id, statement, position) WHERE e.id = c.id`,
    values: [start, batchId, uuidArray(entries.map(({ id }) => id)), textArray(statements)],
  });
}

async function insertBatch(client: pg.PoolClient, batch: SealedBatch & { nodes: Uint8Array; notBefore: Header }) {
  const { id, firstNumber, count, root, nodes, notBefore } = batch;
  await client.query(
    `INSERT INTO batch (id, first_number, count, root, state, not_before_block, not_before_hash, not_before_header, sealed_at)
     VALUES ($1, $2, $3, $4, 'sealed', $5, decode($6, 'hex'), $7, clock_timestamp())`,
    [id, firstNumber, count, root, notBefore.number, notBefore.hash.slice(2), notBefore.rlp],
  );
  await client.query('INSERT INTO batch_tree (batch_id, nodes) VALUES ($1, $2)', [id, nodes]);
}
