// SPDX-License-Identifier: Apache-2.0
// mined → final: once a batch's block is final, what proves it is fetched, verified as a stranger would, and stored.
// Batches become final strictly in their order, so a list by number misses nobody.
import {
  batchSlot,
  decodeBatch,
  equalBytes,
  fromHex,
  parseHeader,
  toHex0x,
  VerificationError,
  verifyAccountProof,
  verifyStorageProof,
} from '@inkseal/verifier';
import { type Header, RpcError } from '../chain/index.ts';
import { withTransaction } from '../db/database.ts';
import type { Ledger } from '../ledger.ts';
import { REGISTRY_LAYOUT } from '../registry/index.ts';
import { MAX_IN_FLIGHT, settle } from '../transactions/index.ts';

interface MinedBatch {
  id: string;
  first_number: string;
  count: number;
  root: Buffer;
  anchored_at: string;
  mined_block: string;
  mined_block_hash: Buffer;
  transaction_hash: Buffer | null;
  sealed_at: Date;
}

interface BatchProof {
  readonly header: Header;
  readonly account: readonly Uint8Array[];
  readonly storage: readonly Uint8Array[];
}

/** Finishes the batches that the newest final header covers. Answers how many. */
export async function proveBatches(ledger: Ledger, final: Header): Promise<number> {
  const batches = await provable(ledger, final);
  let proven = 0;
  for (const group of byBlock(batches)) {
    const proofs = await proveGroup(ledger, final, group);
    if (!proofs) break;
    ledger.onStage('proof');
    await store(ledger, group, proofs);
    proven += group.length;
  }
  return proven;
}

/** From the oldest batch that is not final, as far as all are mined in final blocks. */
async function provable({ pool }: Ledger, final: Header): Promise<MinedBatch[]> {
  const { rows } = await pool.query<MinedBatch & { state: string }>(
    `SELECT id, first_number, count, root, anchored_at, mined_block, mined_block_hash, transaction_hash, sealed_at, state
     FROM batch WHERE state <> 'final' ORDER BY id LIMIT $1`,
    [MAX_IN_FLIGHT],
  );
  const end = rows.findIndex(({ state, mined_block }) => state !== 'mined' || BigInt(mined_block) > final.number);
  return end < 0 ? rows : rows.slice(0, end);
}

/** Batches of one block share a header and one request. */
function byBlock(batches: readonly MinedBatch[]): MinedBatch[][] {
  const groups: MinedBatch[][] = [];
  for (const batch of batches) {
    const last = groups.at(-1);
    if (last?.[0]?.mined_block === batch.mined_block) last.push(batch);
    else groups.push([batch]);
  }
  return groups;
}

/** At the batches' own block; where no node has that state any more, at the newest final one. */
async function proveGroup(
  ledger: Ledger,
  final: Header,
  group: readonly MinedBatch[],
): Promise<BatchProof[] | undefined> {
  const [first] = group;
  if (!first) return undefined;
  const own = await ledger.chain.header(BigInt(first.mined_block));
  // Another block stands there now: the batch was undone, and confirming will find out.
  if (own?.hash !== toHex0x(first.mined_block_hash)) return undefined;
  for (const header of [own, final]) {
    const proofs = await attempt(ledger, header, group);
    if (proofs) return proofs;
  }
  return undefined;
}

async function attempt(
  ledger: Ledger,
  header: Header,
  group: readonly MinedBatch[],
): Promise<BatchProof[] | undefined> {
  const { chain, registry, validators, log } = ledger;
  const slots = group.map(({ root }) => batchSlot(root, fromHex(REGISTRY_LAYOUT.batchesSlot)));
  try {
    validators.verify(header);
    const { account, slots: nodes } = await chain.stateProof(registry.address, slots.map(toHex0x), header.number);
    return group.map((batch, index) => {
      const proof = { header, account, storage: nodes[index] ?? [] };
      verifyProof(ledger, batch, proof, slots[index] ?? new Uint8Array());
      return proof;
    });
  } catch (error) {
    if (!(error instanceof RpcError) && !(error instanceof VerificationError)) throw error;
    log.warn({ err: error, block: String(header.number) }, 'no proof at this block');
    return undefined;
  }
}

/** The checks that a verifier will make; what does not pass them is not stored. */
function verifyProof({ registry, chain }: Ledger, batch: MinedBatch, proof: BatchProof, slot: Uint8Array): void {
  const { stateRoot } = parseHeader(proof.header.rlp, chain.consensus);
  const account = verifyAccountProof({ stateRoot, address: fromHex(registry.address), nodes: proof.account });
  if (!equalBytes(account.codeHash, fromHex(registry.codeHash))) throw new VerificationError('code-mismatch', 'code');
  const word = verifyStorageProof({ storageRoot: account.storageRoot, slot, nodes: proof.storage });
  const found = decodeBatch(word);
  if (!found) throw new VerificationError('batch-absent', `batch ${batch.id}`);
  const isSame =
    String(found.id) === batch.id &&
    String(found.firstNumber) === batch.first_number &&
    found.count === batch.count &&
    String(found.anchoredAt) === batch.anchored_at;
  if (!isSame) throw new VerificationError('batch-mismatch', `batch ${batch.id}`);
}

async function store(ledger: Ledger, group: readonly MinedBatch[], proofs: readonly BatchProof[]): Promise<void> {
  await withTransaction(ledger.pool, async (client) => {
    for (const [index, { id, transaction_hash }] of group.entries()) {
      const proof = proofs[index];
      if (!proof) continue;
      await client.query(
        `INSERT INTO batch_proof (batch_id, block, header_rlp, account_proof, storage_proof)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [id, proof.header.number, proof.header.rlp, proof.account, proof.storage],
      );
      await client.query(`UPDATE batch SET state = 'final', final_at = now() WHERE id = $1 AND state = 'mined'`, [id]);
      if (transaction_hash) await settle(client, toHex0x(transaction_hash));
    }
  });
  for (const { sealed_at } of group) ledger.observer.anchorTook((Date.now() - sealed_at.getTime()) / 1000);
}
