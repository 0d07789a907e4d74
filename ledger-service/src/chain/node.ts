// SPDX-License-Identifier: Apache-2.0
// One JSON-RPC node: a thin client over fetch. No cache, no polling, no retries: what a node did not say is unknown.

/** A selector and what follows it. */
const REVERT_DATA = /^0x[0-9a-f]{8}([0-9a-f]{2})*$/i;
/** Characters of a node's own words that are kept. */
const MAX_MESSAGE = 300;

/** What a node answered instead of a result. The transport worked. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  /** Revert data of a call, where the node gives it. */
  readonly data: string | undefined;

  constructor(code: number, message: string, data?: string) {
    super(message);
    this.code = code;
    this.data = data;
  }

  /** The contract refused the call, so every node would say the same. */
  get isRevert(): boolean {
    return this.code === 3 || /revert/i.test(this.message);
  }
}

/** The node gave no answer: refused, timed out, or not JSON-RPC. */
export class NodeUnreachableError extends Error {
  override readonly name = 'NodeUnreachableError';
}

export interface RpcNode {
  readonly url: string;
  /** Highest block it told us of. */
  head: bigint;
  /** Milliseconds since the epoch until which the others are asked first; 0 when it is well. */
  avoidUntil: number;
  call(method: string, params: readonly unknown[]): Promise<unknown>;
}

export function createNode(url: string, timeoutMs: number): RpcNode {
  let lastId = 0;
  return {
    url,
    head: 0n,
    avoidUntil: 0,
    call: (method, params) => post(url, { jsonrpc: '2.0', id: ++lastId, method, params }, timeoutMs),
  };
}

async function post(
  url: string,
  request: { jsonrpc: string; id: number; method: string; params: readonly unknown[] },
  timeoutMs: number,
): Promise<unknown> {
  const answer = await exchange(url, JSON.stringify(request), timeoutMs);
  if (!isRecord(answer)) throw new NodeUnreachableError(`${request.method}: the answer is not JSON-RPC`);
  // A null id marks an error that the node found before it could read ours.
  if (answer.id !== request.id && answer.id !== null)
    throw new NodeUnreachableError(`${request.method}: the answer is for another request`);
  if (isRecord(answer.error)) throw readError(answer.error);
  if (!('result' in answer)) throw new NodeUnreachableError(`${request.method}: the answer has no result`);
  return answer.result;
}

async function exchange(url: string, body: string, timeoutMs: number): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return await response.json();
  } catch (cause) {
    throw new NodeUnreachableError(`the node does not answer (${reasonOf(cause)})`, { cause });
  }
}

/** What fetch says of a failure is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

function readError(error: Record<string, unknown>): RpcError {
  const code = typeof error.code === 'number' ? error.code : 0;
  const data = typeof error.data === 'string' && REVERT_DATA.test(error.data) ? error.data : undefined;
  return new RpcError(code, String(error.message ?? 'an error without a message').slice(0, MAX_MESSAGE), data);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
