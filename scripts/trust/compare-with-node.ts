// SPDX-License-Identifier: Apache-2.0
// Before an organisation signs what the operator's ledger says, it asks a node of its own: the same chain, the same contract code,
// the same validators now.
import { decodeRlp, JsonRpcProvider, keccak256 } from 'ethers';
import type { TrustedNetwork, TrustFile } from '../../verifier/src/index.ts';
import { Failure } from '../processes/failure.ts';

/** What a node says of its chain. */
export interface NodeView {
  chainId: string;
  /** Keccak-256 of the code at an address; of nothing where there is no contract. */
  codeHashOf(address: string): Promise<string>;
  /** The validators that the newest header lists. */
  validators(): Promise<string[]>;
}

/** A sentence for each thing in which the trust file differs from the node; none when they agree. */
export async function differencesFromNode({ networks }: TrustFile, node: NodeView): Promise<string[]> {
  const network = networks.find(({ chainId }) => chainId === node.chainId);
  if (!network) return [`the node is on chain ${node.chainId}, which the trust file does not name`];
  return [...(await codeDifferences(network, node)), ...(await validatorDifferences(network, node))];
}

async function codeDifferences({ registries }: TrustedNetwork, node: NodeView): Promise<string[]> {
  const found = [];
  for (const { address, codeHash } of registries) {
    const own = await node.codeHashOf(address);
    if (own !== codeHash) found.push(`the code of ${address} has the hash ${own} at the node, ${codeHash} in the file`);
  }
  return found;
}

async function validatorDifferences({ consensus, validatorSets }: TrustedNetwork, node: NodeView): Promise<string[]> {
  if (consensus === 'none') return [];
  const named =
    validatorSets
      .at(-1)
      ?.validators.map(({ address }) => address)
      .toSorted() ?? [];
  const own = (await node.validators()).toSorted();
  if (String(own) === String(named)) return [];
  return [`the newest block at the node lists the validators ${own.join(' ')}, the file ${named.join(' ')}`];
}

/** The view of the node at an address. Throws Failure when it does not answer. */
export async function askNode<Answer>(url: string, ask: (node: NodeView) => Promise<Answer>): Promise<Answer> {
  const provider = new JsonRpcProvider(url, undefined, { staticNetwork: true, batchMaxCount: 1 });
  try {
    return await ask({
      chainId: String((await provider.getNetwork()).chainId),
      codeHashOf: async (address) => keccak256(await provider.getCode(address)),
      validators: async () => validatorsIn(await provider.send('eth_getBlockByNumber', ['latest', false])),
    });
  } catch (error) {
    throw new Failure(
      `the node at ${url} does not answer as one does: ${error instanceof Error ? error.message : error}`,
    );
  } finally {
    provider.destroy();
  }
}

/** A QBFT header's extra data is `[vanity, validators, vote, round, seals]` in RLP. */
export function validatorsIn(block: { extraData: string } | null): string[] {
  const extra = decodeRlp(block?.extraData ?? '0x');
  const validators = Array.isArray(extra) ? extra[1] : undefined;
  if (!Array.isArray(validators)) throw new Failure('its newest block lists no validators');
  return validators.map((address) => String(address).toLowerCase());
}
