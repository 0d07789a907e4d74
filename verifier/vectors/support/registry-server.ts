// A made-up registry behind a port, as a node of Ethereum's JSON-RPC answers about it: as Besu, with proofs
// sorted by shortened keys.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuditNode } from '../../src/audit/index.ts';
import { decodeRlp, type RlpItem, toHex0x } from '../../src/index.ts';

const FIELDS = [
  'parentHash',
  'sha3Uncles',
  'miner',
  'stateRoot',
  'transactionsRoot',
  'receiptsRoot',
  'logsBloom',
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'extraData',
  'mixHash',
  'nonce',
];
const INTEGERS = new Set(['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp']);

export interface RegistryServer {
  readonly url: string;
  /** How often each method was asked. */
  readonly asked: Map<string, number>;
  stop(): void;
}

type Params = readonly [
  { readonly fromBlock: string; readonly toBlock: string } & string,
  readonly string[],
  string | undefined,
];

export async function serveRegistry(node: AuditNode): Promise<RegistryServer> {
  const asked = new Map<string, number>();
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method, params }: { method: string; params: Params } = JSON.parse(body);
    asked.set(method, (asked.get(method) ?? 0) + 1);
    const answer = await answerOf(node, method, params).then(
      (result) => ({ result }),
      (error: Error) => ({ error: { code: -32_000, message: error.message } }),
    );
    response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, ...answer }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => server.close() };
}

const quantity = (value: bigint): string => `0x${value.toString(16)}`;

async function answerOf(node: AuditNode, method: string, params: Params): Promise<unknown> {
  const [first, slots = [], block = ''] = params;
  if (method === 'eth_chainId') return quantity(await node.chainId());
  if (method === 'eth_blockNumber') return quantity(await node.newestBlock());
  if (method === 'eth_getBlockByNumber') return blockJson(await node.block(BigInt(first)));
  if (method === 'eth_getLogs') {
    const entries = await node.logs({ from: BigInt(first.fromBlock), to: BigInt(first.toBlock) });
    return entries.map(({ block: number, ...entry }) => ({ ...entry, blockNumber: quantity(number) }));
  }
  const { accountProof, storageProofs } = await node.proofs(slots, BigInt(block));
  return {
    accountProof: accountProof.map(toHex0x),
    storageProof: slots
      .map((slot, place) => ({ key: quantity(BigInt(slot)), proof: storageProofs[place]?.map(toHex0x) }))
      .sort((one, other) => (one.key < other.key ? -1 : 1)),
  };
}

function blockJson(block: Awaited<ReturnType<AuditNode['block']>>): unknown {
  if (!block?.headerRlp) return null;
  const items = decodeRlp(block.headerRlp);
  const fields = FIELDS.map((name, place) => [name, fieldText(name, items[place] as RlpItem)]);
  return { hash: block.hash, ...Object.fromEntries(fields) };
}

function fieldText(name: string, item: RlpItem): string {
  const hex = item instanceof Uint8Array ? toHex0x(item) : '0x';
  return INTEGERS.has(name) ? quantity(BigInt(hex === '0x' ? 0 : hex)) : hex;
}
