// The node behind --rpc: three questions of Ethereum's JSON-RPC, each with a time-out and a bounded answer.
import type { NodePort } from '../src/index.ts';
import { InputError } from './input-error.ts';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_SIZE = 4 * 2 ** 20;
/** Characters of a hash: 0x and 64 hex digits. */
const HASH_LENGTH = 66;

/** An answer that does not have the form that the question asks for. */
class RpcError extends Error {
  override readonly name = 'RpcError';
}

/** A node at an http or https address. Throws InputError for another address. */
export function rpcNode(address: string): NodePort {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new InputError('no-node-address', address);
  // It could not be called; and what it says would stand in every report.
  if (url.username || url.password) throw new InputError('password-in-address');
  const call = (method: string, params: readonly unknown[]) => callNode(url, method, params);
  return {
    chainId: async () => BigInt(requireHex(await call('eth_chainId', []))),
    blockHash: async (number) => blockHashIn(await call('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])),
    storageAt: async (contract, slot) => requireHex(await call('eth_getStorageAt', [contract, slot, 'latest'])),
  };
}

async function callNode(url: URL, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  });
  if (!response.ok) throw new RpcError(`HTTP ${response.status}`);
  const answer: unknown = JSON.parse(await readAnswer(response));
  if (!isObject(answer) || !('result' in answer)) throw new RpcError(`no result of ${method}`);
  // Some nodes write `"result": null` beside an error: that is no word on the block.
  if ('error' in answer && answer.error !== null) throw new RpcError(`an error instead of ${method}`);
  return answer.result;
}

async function readAnswer(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_SIZE) throw new RpcError('an answer that is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function blockHashIn(block: unknown): string | undefined {
  if (block === null) return undefined;
  if (!isObject(block) || !('hash' in block)) throw new RpcError('no block');
  const hash = requireHex(block.hash);
  if (hash.length !== HASH_LENGTH) throw new RpcError('a hash of another length');
  return hash;
}

function requireHex(value: unknown): string {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{1,64}$/.test(value))
    throw new RpcError('an answer that is not hex');
  return value;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
