// Checks 4 to 9, which a bundle and an absence proof share: is the registry trusted, and what does its state say?
import type { BundleBatch } from '../bundle/bundle.ts';
import { batchSlot, decodeBatch, decodeNextNumber } from '../chain/registry.ts';
import { verifyStorageProof } from '../chain/state-proof.ts';
import { fromHex, toHex0x } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { type Finding, formatSeconds } from '../report.ts';
import { findTrusted } from '../trust/trust-file.ts';
import {
  ask,
  type ChainView,
  requireCode,
  requireFromBlock,
  requireOnChain,
  requirePast,
  type State,
  sealersOf,
} from './chain-view.ts';
import { type Captured, capture, NotRun, requireEqual, unwrap, unwrapEarlier } from './run.ts';

export function checkStatement({ name, trust }: ChainView, number: bigint): Finding {
  if (!trust) throw new NotRun('no-trust-file', 'no trust file names the registry');
  const { network, registry } = findTrusted(trust, name);
  const known = (holders: readonly string[], found: string) => ({ expected: holders.join(', '), found });
  if (!network) {
    const chains = trust.networks.map(({ chainId }) => chainId);
    throw new VerificationError(
      'chain-unknown',
      'the trust file does not name this chain',
      known(chains, name.chainId),
    );
  }
  if (!registry) {
    const registries = network.registries.map(({ address }) => address);
    const detail = 'the trust file does not name this registry';
    throw new VerificationError('registry-unknown', detail, known(registries, name.contract));
  }
  const { throughNumber } = registry;
  if (throughNumber !== undefined && number > BigInt(throughNumber)) {
    throw new VerificationError('number-retired', 'the registry was retired before this number', {
      expected: `at most ${throughNumber}`,
      found: String(number),
    });
  }
  const found = `${name.contract} on chain ${name.chainId}`;
  return { detail: 'the trust file names this registry', expected: found, found };
}

export function checkBatchSlot({ layout }: ChainView, state: State, batch: BundleBatch): Finding {
  const { storageRoot } = unwrapEarlier(state.account, "the registry's account");
  const slot = batchSlot(fromHex(batch.root), fromHex(layout.batchesSlot));
  const word = verifyStorageProof({ storageRoot, slot, nodes: state.storageProof });
  const { id, firstNumber, count, anchoredAt } = batch;
  const expected = describeBatch({ id, firstNumber, count: String(count), anchoredAt });
  if (word === 0n) {
    throw new VerificationError('batch-absent', 'the registry has no batch with this root', {
      expected,
      found: 'none',
    });
  }
  const record = decodeBatch(word);
  const found = record
    ? describeBatch({
        id: String(record.id),
        firstNumber: String(record.firstNumber),
        count: String(record.count),
        anchoredAt: String(record.anchoredAt),
      })
    : `0x${word.toString(16)}`;
  requireEqual('batch-mismatch', 'the registry has another batch under this root', { expected, found });
  return { detail: 'the registry has this batch', expected, found };
}

export function checkNextNumber({ layout }: ChainView, state: State, number: bigint): Finding {
  const { storageRoot } = unwrapEarlier(state.account, "the registry's account");
  const slot = fromHex(layout.nextNumberSlot);
  const next = decodeNextNumber(verifyStorageProof({ storageRoot, slot, nodes: state.storageProof }));
  const comparison = { expected: `next number at most ${number}`, found: String(next) };
  if (next === 0n) throw new VerificationError('registry-uninitialised', 'the registry has no next number', comparison);
  if (next > number) throw new VerificationError('number-issued', 'the next number was already above it', comparison);
  return { detail: 'the number had not been issued at this block', ...comparison };
}

export function checkAccount({ trusted }: ChainView, state: State): Finding {
  unwrapEarlier(state.header, 'the header');
  const account = unwrap(state.account);
  const found = toHex0x(account.codeHash);
  if (!trusted)
    throw new NotRun('no-trust-file', 'the account is proven, its code is compared with nothing', { found });
  requireCode(trusted.registry, account);
  return { detail: 'the contract runs the trusted code', expected: trusted.registry.codeHash, found };
}

export async function checkHeader(view: ChainView, state: State, now: Date): Promise<Finding> {
  const header = unwrap(state.header);
  const { trusted, node, name } = view;
  if (trusted) requireFromBlock(trusted.registry, header);
  requirePast('header-in-future', header, now);
  const found = `block ${header.number} of ${formatSeconds(header.timestamp)}`;
  if (!node) return { detail: 'the header is well formed', found };
  const chainId = String(await ask(() => node.chainId()));
  requireEqual('node-chain-mismatch', 'the node is on another chain', { expected: name.chainId, found: chainId });
  await requireOnChain(node, view, state.headerRlp, header);
  return { detail: 'the node has this block', found };
}

/** The anchor header's seals, tried once for the check and for the list of validators. */
export function captureSealers(
  { trusted, shared }: ChainView,
  state: State,
): Captured<ReturnType<typeof sealersOf>> | undefined {
  const { header } = state;
  if (trusted?.network.consensus !== 'qbft' || 'error' in header) return undefined;
  return capture(() => sealersOf(trusted.network, header.value, shared));
}

export function checkSeals({ trusted }: ChainView, seals: ReturnType<typeof captureSealers>): Finding {
  if (!trusted) throw new NotRun('no-trust-file', 'no trust file names the validators');
  if (trusted.network.consensus === 'none') throw new NotRun('consensus-none', 'blocks of this network carry no seals');
  if (!seals) throw new NotRun('earlier-failed', 'needs the header');
  const { sealers, set } = unwrap(seals);
  return {
    detail: `${sealers.length} of ${set.validators.length} trusted validators sealed the block`,
    found: sealers.join(', '),
  };
}

const describeBatch = (batch: { id: string; firstNumber: string; count: string; anchoredAt: string }): string =>
  `batch ${batch.id}: ${batch.count} numbers from ${batch.firstNumber}, anchored at ${formatSeconds(BigInt(batch.anchoredAt))}`;
