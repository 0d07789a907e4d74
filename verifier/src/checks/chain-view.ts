// What the caller knows of the chain that a file names: the trust file's network and registry, or a node of their choice.

import type { StateProof } from '../bundle/bundle.ts';
import { blockHash, type Consensus, type Header, parseHeader } from '../chain/header.ts';
import { LAYOUT_V1, type RegistryLayout } from '../chain/registry.ts';
import { verifySeals } from '../chain/seals.ts';
import { type Account, verifyAccountProof } from '../chain/state-proof.ts';
import { fromHex, toHex0x } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { formatSeconds } from '../report.ts';
import type { RegistryName } from '../statement/statement.ts';
import {
  findTrusted,
  type TrustedNetwork,
  type TrustedRegistry,
  type TrustFile,
  validatorSetAt,
} from '../trust/trust-file.ts';
import { type Captured, capture, NotRun, requireEqual, unwrap } from './run.ts';
import type { Sealers, SharedChecks } from './shared.ts';

/** A node that the caller chooses to believe. A call that rejects means that the node could not be asked. */
export interface NodePort {
  chainId(): Promise<bigint>;
  /** The hash (0x) of the block of that number, undefined if the node has none. */
  blockHash(number: bigint): Promise<string | undefined>;
  /** A storage word (0x) at the newest block. */
  storageAt(address: string, slot: string): Promise<string>;
}

export interface ChainView {
  readonly name: RegistryName;
  readonly trust: TrustFile | undefined;
  /** Both or neither are of use: without the registry, the network's word is not taken either. */
  readonly trusted: { readonly network: TrustedNetwork; readonly registry: TrustedRegistry } | undefined;
  readonly consensus: Consensus | undefined;
  readonly layout: RegistryLayout;
  readonly node: NodePort | undefined;
  readonly shared: SharedChecks | undefined;
}

/** What the caller brings to a view. */
export interface Sources {
  readonly trust: TrustFile | undefined;
  readonly node?: NodePort | undefined;
  readonly shared?: SharedChecks | undefined;
}

export function viewOf(name: RegistryName, { trust, node, shared }: Sources): ChainView {
  const { network, registry } = findTrusted(trust, name);
  const trusted = network && registry ? { network, registry } : undefined;
  return { name, trust, trusted, consensus: trusted?.network.consensus, layout: registry ?? LAYOUT_V1, node, shared };
}

/** A header and the registry's account under it, read once for all checks that need them. */
export interface State {
  readonly headerRlp: Uint8Array;
  readonly header: Captured<Header>;
  readonly account: Captured<Account>;
  readonly storageProof: readonly Uint8Array[];
}

export function readState(view: ChainView, proof: StateProof): State {
  const headerRlp = fromHex(proof.headerRlp);
  const header = readHeader(view, proof.headerRlp);
  const account = readAccount(view, proof, header);
  return { headerRlp, header, account, storageProof: proof.storageProof.map(fromHex) };
}

/** A header under the view's consensus, `hex` being its RLP. */
export function readHeader({ name, consensus, shared }: ChainView, hex: string): Captured<Header> {
  const judge = () => capture(() => parseHeader(fromHex(hex), consensus));
  // A header does not name its chain: what one network's rules make of it must not pass for another's.
  return shared ? shared.header(`${name.chainId} ${hex}`, judge) : judge();
}

function readAccount({ name, shared }: ChainView, proof: StateProof, header: Captured<Header>): Captured<Account> {
  const judge = () =>
    capture(() => {
      const { stateRoot } = unwrap(header);
      return verifyAccountProof({
        stateRoot,
        address: fromHex(name.contract),
        nodes: proof.accountProof.map(fromHex),
      });
    });
  const key = [name.chainId, proof.headerRlp, name.contract, ...proof.accountProof].join();
  return shared ? shared.account(key, judge) : judge();
}

/** The sealers of a header under the validator set of the view's network. Throws VerificationError with the codes of seals. */
export function sealersOf(network: TrustedNetwork, header: Header, shared: SharedChecks | undefined): Sealers {
  const judge = () => capture(() => recoverSealers(network, header));
  return unwrap(shared ? shared.sealers(header, judge) : judge());
}

function recoverSealers(network: TrustedNetwork, header: Header): Sealers {
  const set = validatorSetAt(network, header.number);
  if (!set) {
    const detail = `the trust file names no validators for block ${header.number}`;
    throw new VerificationError('validator-set-unknown', detail, {
      expected: `a validator set for block ${header.number}`,
      found: 'none',
    });
  }
  const validators = set.validators.map(({ address }) => address);
  return { set, sealers: verifySeals(header, validators) };
}

/** The hashes that a header may go by: one where the consensus is known, else one for each rule that fits it. */
export function possibleHashes(headerRlp: Uint8Array, consensus: Consensus | undefined): string[] {
  if (consensus) return [toHex0x(blockHash(headerRlp, consensus))];
  const qbft = capture(() => blockHash(headerRlp, 'qbft'));
  const plain = toHex0x(blockHash(headerRlp, 'none'));
  return 'value' in qbft ? [plain, toHex0x(qbft.value)] : [plain];
}

/** Throws `header-not-on-chain` unless the node has this very header at its number. */
export async function requireOnChain(
  node: NodePort,
  view: ChainView,
  headerRlp: Uint8Array,
  header: Header,
): Promise<void> {
  const hashes = possibleHashes(headerRlp, view.consensus);
  const found = (await ask(() => node.blockHash(header.number)))?.toLowerCase();
  if (found !== undefined && hashes.includes(found)) return;
  throw new VerificationError('header-not-on-chain', `the node has another block ${header.number}`, {
    expected: hashes.join(' or '),
    found: found ?? 'no such block',
  });
}

/** By how much the clocks of the chain and of the verifier may differ. */
export const CLOCK_TOLERANCE_SECONDS = 300;

/** Throws `code` where a block is later than the time of verification: nobody can have seen it. */
export function requirePast(code: 'header-in-future' | 'status-in-future', header: Header, now: Date): void {
  const latest = Math.floor(now.getTime() / 1000) + CLOCK_TOLERANCE_SECONDS;
  if (header.timestamp <= BigInt(latest)) return;
  throw new VerificationError(code, 'the block is later than the time of verification', {
    expected: `at most ${formatSeconds(BigInt(Math.max(0, latest)))}`,
    found: formatSeconds(header.timestamp),
  });
}

/** Throws `header-before-registry` unless the trust file has the registry from this block on. */
export function requireFromBlock({ fromBlock }: TrustedRegistry, header: Header): void {
  if (header.number >= BigInt(fromBlock)) return;
  throw new VerificationError('header-before-registry', 'the block is older than the registry', {
    expected: `block ${fromBlock} or later`,
    found: `block ${header.number}`,
  });
}

/** Throws `code-mismatch` unless the account runs the code that the trust file names. */
export function requireCode({ codeHash }: TrustedRegistry, account: Account): void {
  const detail = 'the contract has other code than the registry';
  requireEqual('code-mismatch', detail, { expected: codeHash, found: toHex0x(account.codeHash) });
}

/** A node's answer; a node that does not give one is a reason for a check not to run, and never a success. */
export async function ask<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw new NotRun(
      'node-unreachable',
      `the node did not answer: ${error instanceof Error ? error.message : 'unknown'}`,
    );
  }
}
