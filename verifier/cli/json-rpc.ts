// A node behind an address: one question of Ethereum's JSON-RPC at a time, with a time-out and a bounded answer.
import { InputError } from './input-error.ts';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_SIZE = 4 * 2 ** 20;

/** An answer that does not have the form that the question asks for. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  /** The node said that it will not answer this, or the answer is too long: a smaller question may do. */
  readonly isRefusal: boolean;

  constructor(message: string, isRefusal = false) {
    super(message);
    this.isRefusal = isRefusal;
  }
}

export type Call = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** Asks the node at an http or https address. Throws InputError for another address. */
export function jsonRpc(address: string, timeoutMs = TIMEOUT_MS): Call {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new InputError('no-node-address', address);
  // It could not be called; and what it says would stand in every report.
  if (url.username || url.password) throw new InputError('password-in-address');
  return (method, params) => callNode({ url, timeoutMs }, method, params);
}

export function requireHex(value: unknown): string {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{1,64}$/.test(value))
    throw new RpcError('an answer that is not hex');
  return value;
}

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

interface Node {
  readonly url: URL;
  readonly timeoutMs: number;
}

async function callNode({ url, timeoutMs }: Node, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
  if (!response.ok) throw new RpcError(`HTTP ${response.status}`, response.status === 413);
  const answer: unknown = JSON.parse(await readAnswer(response));
  // Some nodes write `"result": null` beside an error: that is no word on the block.
  if (isObject(answer) && 'error' in answer && answer.error !== null)
    throw new RpcError(`an error instead of ${method}`, true);
  if (!isObject(answer) || !('result' in answer)) throw new RpcError(`no result of ${method}`);
  return answer.result;
}

async function readAnswer(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_SIZE) throw new RpcError('an answer that is too long', true);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
