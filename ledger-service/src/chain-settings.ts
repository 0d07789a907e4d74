// SPDX-License-Identifier: Apache-2.0
// The settings of the chain, with what its profile says where they say nothing.
import { StartError } from './errors.ts';

export type Finality = { kind: 'instant' } | { kind: 'durable-copy'; file: string } | { kind: 'depth'; blocks: number };
export type Consensus = 'qbft' | 'none';

interface ChainVariables {
  CHAIN_PROFILE: 'embedded' | 'permissioned' | 'evm';
  CHAIN_RPC_URL: string[];
  CHAIN_ID?: bigint | undefined;
  CHAIN_FINALITY?: string | undefined;
  CHAIN_CONSENSUS?: Consensus | undefined;
  CHAIN_DURABLE_FILE?: string | undefined;
}

export function chainOf(env: ChainVariables) {
  const byProfile: Consensus = env.CHAIN_PROFILE === 'permissioned' ? 'qbft' : 'none';
  return Object.freeze({
    profile: env.CHAIN_PROFILE,
    rpcUrls: Object.freeze(env.CHAIN_RPC_URL),
    chainId: env.CHAIN_ID,
    finality: finalityOf(env),
    consensus: env.CHAIN_CONSENSUS ?? byProfile,
  });
}

const FINALITY_BY_PROFILE = { embedded: 'durable-copy', permissioned: 'instant', evm: 'depth:12' } as const;

function finalityOf(env: ChainVariables): Finality {
  const text = env.CHAIN_FINALITY ?? FINALITY_BY_PROFILE[env.CHAIN_PROFILE];
  if (text === 'instant') return { kind: 'instant' };
  if (text.startsWith('depth:')) return depthOf(text);
  if (!env.CHAIN_DURABLE_FILE) throw new StartError('config-invalid', 'durable-copy needs CHAIN_DURABLE_FILE');
  return { kind: 'durable-copy', file: env.CHAIN_DURABLE_FILE };
}

export const depthOf = (text: string): { kind: 'depth'; blocks: number } => ({
  kind: 'depth',
  blocks: Number(text.slice('depth:'.length)),
});
