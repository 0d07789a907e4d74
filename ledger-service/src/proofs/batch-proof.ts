// SPDX-License-Identifier: Apache-2.0
// What proves batches at a block: fetched from a node, put into a bundle, and verified as a stranger would verify it. What
// our own verifier does not accept is not a proof.
import { batchSlot, fromHex, type TrustFile, toHex0x, verifyBundle } from '@inkseal/verifier';
import { type Header, isAnswer } from '../chain/index.ts';
import { DomainError } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { REGISTRY_LAYOUT } from '../registry/index.ts';
import type { MinedBatch, ProofRow } from './proofs.sql.ts';
import { draftBundle } from './read-bundle.ts';

export interface BatchProof {
  readonly batch: MinedBatch;
  readonly header: Header;
  readonly account: readonly Uint8Array[];
  readonly storage: readonly Uint8Array[];
}

/** Why a batch has no proof yet. */
export interface Unproven {
  readonly batch: MinedBatch;
  readonly reason: unknown;
}

export interface Proving {
  readonly proven: readonly BatchProof[];
  readonly unproven: readonly Unproven[];
}

export interface Question {
  readonly trust: TrustFile;
  readonly header: Header;
  readonly batches: readonly MinedBatch[];
}

/** Asks for all batches in one request. Throws where no node answers; an answer that proves nothing is a reason. */
export async function proveAt(ledger: Ledger, { trust, header, batches }: Question): Promise<Proving> {
  const proven: BatchProof[] = [];
  const unproven: Unproven[] = [];
  try {
    for (const proof of await fetchProofs(ledger, header, batches)) {
      // What one batch's rows make fail is the reason of that batch alone.
      const reason = await reasonToDoubt(ledger, trust, proof).catch((error: unknown) => error);
      if (reason === undefined) proven.push(proof);
      else unproven.push({ batch: proof.batch, reason });
    }
    return { proven, unproven };
  } catch (reason) {
    if (!isAnswer(reason)) throw reason;
    return { proven: [], unproven: batches.map((batch) => ({ batch, reason })) };
  }
}

async function fetchProofs(ledger: Ledger, header: Header, batches: readonly MinedBatch[]): Promise<BatchProof[]> {
  const { chain, registry } = ledger;
  const slots = batches.map(({ root }) => toHex0x(batchSlot(root, fromHex(REGISTRY_LAYOUT.batchesSlot))));
  const { account, slots: nodes } = await chain.stateProof(registry.address, slots, header.number);
  return batches.map((batch, index) => ({ batch, header, account, storage: nodes[index] ?? [] }));
}

/** Undefined where a stranger with our trust file would accept the proof of the entry that was received last. */
async function reasonToDoubt(
  { database, chain }: Ledger,
  trust: TrustFile,
  proof: BatchProof,
): Promise<Error | undefined> {
  const { batch, header, account, storage } = proof;
  const row: ProofRow = {
    ...batch,
    header_rlp: header.rlp,
    account_proof: account,
    storage_proof: storage,
    tokens: [],
    renewals: [],
  };
  const report = await verifyBundle(await draftBundle(database.prisma, row, BigInt(batch.last_number)), { trust });
  // Without validators there are no seals, and nothing better than consistent.
  if (report.verdict === (chain.consensus === 'qbft' ? 'verified' : 'consistent')) return undefined;
  const failed = report.checks.find(({ outcome }) => outcome === 'failed');
  const code = failed?.outcome === 'failed' ? failed.code : (report.error?.code ?? report.verdict);
  return new DomainError('proof-missing', { batch: batch.batch_id, check: failed?.name ?? 'reading', code });
}
