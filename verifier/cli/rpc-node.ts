// The node behind --rpc: three questions.
import type { NodePort } from '../src/index.ts';
import { isObject, jsonRpc, RpcError, requireHex } from './json-rpc.ts';

/** Characters of a hash: 0x and 64 hex digits. */
const HASH_LENGTH = 66;

/** A node at an http or https address. Throws InputError for another address. */
export function rpcNode(address: string): NodePort {
  const call = jsonRpc(address);
  return {
    chainId: async () => BigInt(requireHex(await call('eth_chainId', []))),
    blockHash: async (number) => blockHashIn(await call('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])),
    storageAt: async (contract, slot) => requireHex(await call('eth_getStorageAt', [contract, slot, 'latest'])),
  };
}

function blockHashIn(block: unknown): string | undefined {
  if (block === null) return undefined;
  if (!isObject(block) || !('hash' in block)) throw new RpcError('no block');
  const hash = requireHex(block.hash);
  if (hash.length !== HASH_LENGTH) throw new RpcError('a hash of another length');
  return hash;
}
