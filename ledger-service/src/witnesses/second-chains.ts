// SPDX-License-Identifier: Apache-2.0
// The second chains of the settings: each with the trust file of its network, which names the validators there and the contract.
import { readFileSync } from 'node:fs';
import { parseTrustFile, type TrustedNetwork, type TrustFile, TrustFileError } from '@inkseal/verifier';
import type { Wallet } from 'ethers';
import { type Chain, createChain } from '../chain/index.ts';
import type { Config } from '../config.ts';
import { StartError } from '../errors.ts';
import { loadKey } from '../registry/index.ts';

/** A registry on another chain, on which we record the roots of our batches. */
export interface SecondChain {
  readonly name: string;
  readonly chain: Chain;
  /** Holds the role to anchor there. */
  readonly wallet: Wallet;
  /** Names this network alone, and on it this contract alone. */
  readonly trust: TrustFile;
  readonly network: TrustedNetwork;
  readonly contract: string;
  /** Blocks without the seals of validators prove nothing: such a chain is a hint, and never counted. */
  readonly isCounted: boolean;
}

/** Throws StartError `config-invalid`, with the setting and the chain's name, or `key-file-unusable`. */
export function loadSecondChains({ chains, authorities, required }: Config['witnesses']): readonly SecondChain[] {
  const loaded = chains.map(loadOne);
  const repeated = loaded.find(({ network }, at) =>
    loaded.slice(0, at).some((one) => one.network.chainId === network.chainId),
  );
  if (repeated) throw invalid(repeated.name, 'is on the same chain as another one');
  const counted = authorities.length + loaded.filter(({ isCounted }) => isCounted).length;
  if (required > counted)
    throw new StartError(
      'config-invalid',
      'WITNESSES_REQUIRED is more than authorities and second chains of consensus qbft',
    );
  return loaded;
}

/** A chain is no witness of itself. Throws StartError `config-invalid`. */
export function requireOtherChains(chains: readonly SecondChain[], own: { readonly chainId: bigint }): void {
  const same = chains.find(({ network }) => network.chainId === String(own.chainId));
  if (same) throw invalid(same.name, 'is the chain on which the registry stands');
}

function loadOne({ name, rpcUrls, keyFile, trustFile, finality }: Config['witnesses']['chains'][number]): SecondChain {
  const trust = readTrust(name, trustFile);
  const [network, ...otherNetworks] = trust.networks;
  const [registry, ...otherRegistries] = network?.registries ?? [];
  if (!network || !registry || otherNetworks.length > 0 || otherRegistries.length > 0)
    throw invalid(name, 'trustFile must name one network with one registry');
  const isCounted = network.consensus === 'qbft';
  return {
    name,
    chain: createChain({ urls: rpcUrls, consensus: network.consensus, finality }),
    wallet: loadKey(keyFile),
    trust,
    network,
    contract: registry.address,
    isCounted,
  };
}

function readTrust(name: string, file: string): TrustFile {
  try {
    return parseTrustFile(readFileSync(file));
  } catch (cause) {
    const what = cause instanceof TrustFileError ? `is not a trust file: ${cause.message}` : 'cannot be read';
    throw invalid(name, `trustFile ${what}`, cause);
  }
}

const invalid = (name: string, what: string, cause?: unknown): StartError =>
  new StartError('config-invalid', `WITNESS_CHAINS: ${name}: ${what}`, cause);
