// SPDX-License-Identifier: Apache-2.0
// mined → final: once a batch's block is final, what proves it is fetched, verified as a stranger would, and stored. A batch
// that cannot be proven waits for its next try and holds up nobody, so batches may become final out of their order.
import { type TrustFile, toHex0x } from '@inkseal/verifier';
import { eachApart, type Failure, inParts } from '../apart.ts';
import { type Header, isAnswer, MalformedAnswerError } from '../chain/index.ts';
import { DomainError } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { MAX_IN_FLIGHT } from '../transactions/index.ts';
import { type BatchProof, type Proving, proveAt, type Unproven } from './batch-proof.ts';
import { finishBatches, postpone } from './finish-batches.ts';
import { findProvable, type MinedBatch } from './proofs.sql.ts';
import { readTrust } from './trust-file.ts';

/** Finishes the batches that the newest final header covers. Answers how many. */
export async function proveBatches(ledger: Ledger, final: Header): Promise<number> {
  const batches = await findProvable(ledger.database.prisma, final.number, MAX_IN_FLIGHT);
  if (batches.length === 0) return 0;
  const trust = await readTrust(ledger.database.prisma, {
    name: 'own',
    organisations: new Map(),
    consensus: ledger.chain.consensus,
  });
  if (!trust) throw new DomainError('not-ready');
  let finished = 0;
  await eachApart(ledger, {
    work: 'prove-batches',
    items: piecesOf(batches),
    idOf: (piece) => piece.map(({ batch_id }) => batch_id).join(),
    run: async (piece) => {
      const prove = () => provePiece(ledger, { trust, final, batches: piece });
      finished += await ledger.tracer.run({ name: 'prove batches', kind: 'internal' }, prove);
    },
  });
  return finished;
}

async function provePiece(ledger: Ledger, piece: Piece): Promise<number> {
  const { proven, unproven, failure } = await prove(ledger, piece);
  if (proven.length > 0) ledger.onStage('proof');
  await inParts(async (attempt) => {
    const failures = await attempt('finish-batches', () => finishBatches(ledger, proven));
    await attempt('postpone-proofs', () => postpone(ledger, [...unproven, ...unstored(proven, failures)]));
  });
  if (failure) throw failure;
  return proven.length;
}

/** A proof that cannot be stored is none, and its batch waits like the others. */
const unstored = (proofs: readonly BatchProof[], failures: readonly Failure[]): Unproven[] =>
  proofs.flatMap(({ batch }) => {
    const failure = failures.find(({ id }) => id === undefined || id === batch.batch_id);
    return failure ? [{ batch, reason: failure.error }] : [];
  });

/** Batches of one block share a header and one request; one that failed before is asked for alone. */
function piecesOf(batches: readonly MinedBatch[]): MinedBatch[][] {
  const key = ({ mined_block, batch_id, has_failed }: MinedBatch) => `${mined_block} ${has_failed ? batch_id : ''}`;
  return [...Map.groupBy(batches, key).values()];
}

interface Piece {
  readonly trust: TrustFile;
  readonly final: Header;
  /** Of one block. */
  readonly batches: readonly MinedBatch[];
}

/** `failure`: no node answers any more. */
async function prove(ledger: Ledger, piece: Piece): Promise<Proving & { failure?: unknown }> {
  try {
    return await proveAtEither(ledger, piece);
  } catch (reason) {
    const unproven = piece.batches.map((batch) => ({ batch, reason }));
    return { proven: [], unproven, ...(isAnswer(reason) ? {} : { failure: reason }) };
  }
}

/** At the batches' own block; where no node has that state any more, at the newest final one. */
async function proveAtEither(ledger: Ledger, { trust, final, batches }: Piece): Promise<Proving> {
  const own = await ownHeader(ledger, batches);
  const first = await proveAt(ledger, { trust, header: own, batches });
  if (first.unproven.length === 0) return first;
  const left = first.unproven.map(({ batch }) => batch);
  const second = await proveAt(ledger, { trust, header: final, batches: left });
  return { proven: [...first.proven, ...second.proven], unproven: second.unproven };
}

/** Where another block stands now, the batches were undone, and confirming will find out. */
async function ownHeader({ chain }: Ledger, batches: readonly MinedBatch[]): Promise<Header> {
  const [first] = batches;
  const header = first && (await chain.header(BigInt(first.mined_block)));
  if (!header || header.hash !== toHex0x(first.mined_block_hash))
    throw new MalformedAnswerError(`block ${first?.mined_block}: another hash than in the result`);
  return header;
}
