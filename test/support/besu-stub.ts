// SPDX-License-Identifier: Apache-2.0
// A real chain that answers as Hyperledger Besu does: an HTTP proxy that rewrites the answers of the node behind it. What
// it rewrites was seen on Besu 26.2.0 (ledger-service/src/chain/fixtures/besu-rpc.json). Tests add their own faults.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestNetwork } from './pipeline.ts';

/** Blocks whose state Besu keeps with Bonsai. */
const KEPT_STATES = 512;

export interface RpcRequest {
  readonly id: unknown;
  readonly method: string;
  readonly params: readonly unknown[];
}

export type RpcAnswer =
  | { result: unknown; error?: undefined }
  | { result?: undefined; error: { code: number; message: string; data?: unknown } };

export interface BesuFaults {
  /** Account permissioning: nobody may send. */
  refusesSenders: boolean;
  /** States of older blocks are gone. */
  keptStates: number;
  /** Changes an answer after it was made Besu's; what it returns is sent. */
  tamper?: ((request: RpcRequest, answer: RpcAnswer) => RpcAnswer | Promise<RpcAnswer>) | undefined;
}

export interface BesuStub {
  readonly url: string;
  readonly faults: BesuFaults;
  close(): Promise<void>;
}

/** The network through one stub for each of its nodes; stopping it stops the network too. `faults` holds for all of them. */
export async function besuLike(
  network: TestNetwork,
  options: Partial<BesuFaults> = {},
): Promise<TestNetwork & { readonly faults: BesuFaults }> {
  const faults: BesuFaults = { refusesSenders: false, keptStates: KEPT_STATES, ...options };
  const stubs = await Promise.all(network.urls.map((url) => startBesuStub(url, faults)));
  const urls = stubs.map(({ url }) => url);
  return {
    ...network,
    urls,
    faults,
    settings: { ...network.settings, CHAIN_RPC_URL: urls.join(',') },
    stop: async () => {
      await Promise.all(stubs.map((stub) => stub.close()));
      await network.stop();
    },
  };
}

/** In front of one node. */
export async function startBesuStub(target: string, faults: BesuFaults): Promise<BesuStub> {
  let head = 0n;
  const { url, close } = await startRelay(async (request) => {
    const refusal = refuse(request, head, faults);
    const answer = refusal ?? asBesu(request, await forward(target, request));
    if (request.method === 'eth_blockNumber' && typeof answer.result === 'string') head = BigInt(answer.result);
    return faults.tamper ? faults.tamper(request, answer) : answer;
  });
  return { url, faults, close };
}

/** A hop that changes nothing: what the stub costs only because it stands between the ledger and its node. */
export const startPlainRelay = (target: string) => startRelay((request) => forward(target, request));

type Answer = (request: RpcRequest) => Promise<RpcAnswer>;

async function startRelay(answer: Answer): Promise<{ url: string; close(): Promise<void> }> {
  const answerOne = async (request: RpcRequest) => ({ jsonrpc: '2.0', id: request.id, ...(await answer(request)) });
  const server = createServer((request, response) => {
    readBody(request)
      .then(async (body) => {
        const asked: RpcRequest | RpcRequest[] = JSON.parse(body);
        // JSON-RPC allows the answers of one call in any order.
        return Array.isArray(asked) ? (await Promise.all(asked.map(answerOne))).reverse() : answerOne(asked);
      })
      .then(
        (answers) => response.setHeader('content-type', 'application/json').end(JSON.stringify(answers)),
        // The node behind is unreachable, and so is this one.
        () => response.destroy(),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

async function forward(target: string, { method, params }: RpcRequest): Promise<RpcAnswer> {
  const response = await fetch(target, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as RpcAnswer; // the node's word; the test looks at ours
  return error ? { error } : { result };
}

/** Where the block stands among the parameters of a call that reads state. */
const BLOCK_OF: Readonly<Record<string, number>> = {
  eth_getProof: 2,
  eth_call: 1,
  eth_getTransactionCount: 1,
  eth_getCode: 1,
};

/** What Besu answers where the node behind would know better. */
const WITHOUT_STATE: Readonly<Record<string, RpcAnswer>> = {
  eth_getProof: { error: { code: -32000, message: 'World state unavailable' } },
  eth_call: { error: { code: -32603, message: 'Internal error' } },
  eth_getTransactionCount: { result: '0x0' },
  eth_getCode: { result: null },
};

function refuse({ method, params }: RpcRequest, head: bigint, faults: BesuFaults): RpcAnswer | undefined {
  if (method === 'eth_getBlockByNumber' && (params[0] === 'finalized' || params[0] === 'safe'))
    return { error: { code: -39001, message: 'Unknown block' } };
  if (method === 'eth_sendRawTransaction' && faults.refusesSenders)
    return { error: { code: -32007, message: 'Sender account not authorized to send transactions' } };
  const block = params[BLOCK_OF[method] ?? -1];
  const isGone =
    typeof block === 'string' && block.startsWith('0x') && BigInt(block) + BigInt(faults.keptStates) <= head;
  return isGone ? WITHOUT_STATE[method] : undefined;
}

function asBesu({ method }: RpcRequest, answer: RpcAnswer): RpcAnswer {
  if (method === 'eth_getProof' && answer.result) return { result: sortedProof(answer.result) };
  if (method === 'eth_sendRawTransaction' && answer.error) return { error: besuRefusal(answer.error) };
  return answer;
}

interface Proof {
  storageProof: { key: string; value: string; proof: string[] }[];
}

/** Sorted by key, and keys without leading zero bytes. */
function sortedProof(told: unknown): Proof {
  const proof = told as Proof; // the node's answer to eth_getProof
  const storageProof = proof.storageProof
    .toSorted((a, b) => (BigInt(a.key) < BigInt(b.key) ? -1 : 1))
    .map((slot) => ({ ...slot, key: shortened(slot.key) }));
  return { ...proof, storageProof };
}

function shortened(key: string): string {
  const digits = BigInt(key).toString(16);
  return `0x${digits.length % 2 === 1 ? '0' : ''}${digits}`;
}

function besuRefusal({ code, message }: { code: number; message: string }): { code: number; message: string } {
  if (/already (known|imported)|known transaction/i.test(message))
    return { code: -32000, message: 'Known transaction' };
  if (/nonce too low/i.test(message)) return { code: -32001, message: 'Nonce too low' };
  return { code, message };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
