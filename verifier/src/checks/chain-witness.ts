// A second chain as witness: its registry has a batch of this root, in a block that the chain's own validators sealed.
import type { BundleBatch, ChainWitness } from '../bundle/bundle.ts';
import { batchSlot, decodeBatch } from '../chain/registry.ts';
import { verifyStorageProof } from '../chain/state-proof.ts';
import { fromHex } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import type { RegistryName } from '../statement/statement.ts';
import { findTrusted, type TrustFile } from '../trust/trust-file.ts';
import { readState, requireCode, requireFromBlock, type Sources, sealersOf, viewOf } from './chain-view.ts';
import { unwrap } from './run.ts';

export interface ChainWitnessQuestion {
  readonly registry: RegistryName;
  readonly batch: BundleBatch;
  readonly sources: Sources;
}

/** What another chain shows: the time of its block in seconds since 1970, or why it is no more than a hint. */
export type JudgedChain =
  | { readonly standing: 'sealed'; readonly seconds: bigint }
  | { readonly standing: 'unnamed' | 'own-chain' };

/**
 * Judges a second chain. Throws VerificationError with the codes of headers, seals and state proofs, or `witness-mismatch`, but
 * only under a sealed network of the trust file: what nobody trusts cannot make a proof fail.
 */
export function judgeChain(witness: ChainWitness, { registry, batch, sources }: ChainWitnessQuestion): JudgedChain {
  if (witness.chainId === registry.chainId) return { standing: 'own-chain' };
  if (findTrusted(sources.trust, witness).network?.consensus !== 'qbft') return { standing: 'unnamed' };
  const seconds = secondsOf(witness, batch, sources);
  return seconds === undefined ? { standing: 'unnamed' } : { standing: 'sealed', seconds };
}

/**
 * The time of a second chain's block, in seconds since 1970, if it shows the batch under this trust file; without seals where the
 * network has none, which no reader counts. Throws VerificationError as `judgeChain` does, and `registry-unknown`.
 */
export function verifyChainWitness(
  witness: ChainWitness,
  batch: Pick<BundleBatch, 'root' | 'count'>,
  trust: TrustFile,
): bigint {
  const seconds = secondsOf(witness, batch, { trust });
  if (seconds !== undefined) return seconds;
  throw new VerificationError('registry-unknown', 'the trust file does not name this registry');
}

/** Undefined where the trust file does not name the registry. */
function secondsOf(
  { chainId, contract, ...proof }: ChainWitness,
  batch: Pick<BundleBatch, 'root' | 'count'>,
  sources: Sources,
): bigint | undefined {
  const view = viewOf({ chainId, contract }, sources);
  const { trusted, layout, shared } = view;
  if (!trusted) return undefined;
  const state = readState(view, proof);
  const header = unwrap(state.header);
  requireFromBlock(trusted.registry, header);
  if (trusted.network.consensus === 'qbft') sealersOf(trusted.network, header, shared);
  const account = unwrap(state.account);
  requireCode(trusted.registry, account);
  const slot = batchSlot(fromHex(batch.root), fromHex(layout.batchesSlot));
  const { storageRoot } = account;
  requireBatch(verifyStorageProof({ storageRoot, slot, nodes: state.storageProof }), batch);
  return header.timestamp;
}

// Ids, numbers and times of that registry are its own; with the count, its `verifyInclusion` takes the path of the bundle.
function requireBatch(word: bigint, { count }: Pick<BundleBatch, 'count'>): void {
  const found = decodeBatch(word)?.count;
  if (found === count) return;
  throw new VerificationError('witness-mismatch', 'the other chain has no such batch under the root', {
    expected: `a batch of ${count} under the root`,
    found: found === undefined ? 'none' : `a batch of ${found} under the root`,
  });
}
