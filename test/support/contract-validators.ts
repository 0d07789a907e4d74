// SPDX-License-Identifier: Apache-2.0
// A QBFT node whose validators are chosen by a contract: a real header of Hyperledger Besu, with the empty list of validators
// that such networks write. It can tell its chain, and nothing else is needed to refuse it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { blockHash, fromHex, toHex0x } from '@inkseal/verifier';
import { decodeRlp, encodeRlp, type RlpStructuredData } from 'ethers';
import { headerOfBlock } from '../../ledger-service/src/chain/header.ts';

const BESU = new URL('../../ledger-service/src/chain/fixtures/besu-rpc.json', import.meta.url);
/** Places in the header's and in the extra data's list. */
const EXTRA_DATA = 12;
const VALIDATORS = 1;

export interface ContractValidatorsNode {
  readonly url: string;
  /** Every method that it was asked for. */
  methods(): string[];
  close(): void;
}

export async function nodeWithoutValidators(): Promise<ContractValidatorsNode> {
  const block = blockWithoutValidators();
  const methods: string[] = [];
  const results: Record<string, unknown> = {
    eth_chainId: '0x1e79',
    eth_blockNumber: block.number,
    eth_getBlockByNumber: block,
    eth_getTransactionCount: '0x0',
    eth_gasPrice: '0x0',
    eth_getCode: '0x',
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { id, method } = JSON.parse(Buffer.concat(chunks).toString());
    methods.push(method);
    const answer = method in results ? { result: results[method] } : { error: { code: -32601, message: 'none' } };
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, methods: () => methods, close };
}

function blockWithoutValidators(): Record<string, unknown> {
  const { calls } = JSON.parse(readFileSync(BESU, 'utf8'));
  const { result: block } = calls.find(({ method }: { method: string }) => method === 'eth_getBlockByNumber');
  const items = listOf(headerOfBlock(block, 'qbft')?.rlp ?? new Uint8Array());
  const extra = listOf(fromHex(String(items[EXTRA_DATA])));
  const extraData = encodeRlp(extra.with(VALIDATORS, []));
  const rlp = fromHex(encodeRlp(items.with(EXTRA_DATA, extraData)));
  return { ...block, extraData, hash: toHex0x(blockHash(rlp, 'qbft')) };
}

function listOf(rlp: Uint8Array): RlpStructuredData[] {
  const data = decodeRlp(rlp);
  return Array.isArray(data) ? data : [];
}
