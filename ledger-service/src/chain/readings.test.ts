// SPDX-License-Identifier: Apache-2.0
// What nodes answer: the real answers of Hyperledger Besu, and answers of no use, each of which has to become
// `chain-unavailable` and nothing else.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromHex, parseHeader, toHex0x, verifyAccountProof, verifyStorageProof } from '@inkseal/verifier';
import { expect } from 'chai';
import { DomainError } from '../errors.ts';
import { type Chain, createChain, RpcError } from './index.ts';

interface Call {
  method: string;
  params: unknown[];
  result?: unknown;
  error?: { code: number; message: string };
}
type Answer = (method: string, params: unknown[]) => object;

const besu: { registry: { address: string; codeHash: string }; calls: Call[] } = JSON.parse(
  readFileSync(new URL('./fixtures/besu-rpc.json', import.meta.url), 'utf8'),
);
const { address, codeHash } = besu.registry;
const HASH = `0x${'ab'.repeat(32)}`;
const HEAD = 0x5e4n;
const word = (value: bigint): string => `0x${value.toString(16).padStart(64, '0')}`;

describe('answers of nodes', () => {
  let server: Server;
  let chain: Chain;
  let answer: Answer;

  before(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString());
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer(method, params) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    const { port } = server.address() as AddressInfo;
    chain = createChain({ urls: [`http://127.0.0.1:${port}`], consensus: 'qbft', finality: { kind: 'instant' } });
    answer = ofBesu;
  });

  describe("Besu's", () => {
    it('when several slots are asked for › gives each its own proof, though they come sorted and with short keys', async () => {
      const header = await chain.header(HEAD);
      const slots = [word(5n), word(3n), word(2n)];
      const { account, slots: proofs } = await chain.stateProof(address, slots, HEAD);
      const { stateRoot } = parseHeader(header?.rlp ?? new Uint8Array(), 'qbft');
      const { storageRoot, codeHash: found } = verifyAccountProof({
        stateRoot,
        address: fromHex(address),
        nodes: account,
      });
      expect(toHex0x(found)).to.equal(codeHash);
      const values = slots.map((slot, at) =>
        verifyStorageProof({ storageRoot, slot: fromHex(slot), nodes: proofs[at] ?? [] }),
      );
      expect(values).to.deep.equal([0x16345785d8a00010000000000000144016345785d8a38dan, 0n, 0xadn]);
    });

    it('when a node has lost the state › tells its own error, and no number but the true one', async () => {
      const lost = [chain.stateProof(address, [word(4n)], 16n), chain.call({ to: address, data: '0x' }, 16n)];
      for (const { status, ...rest } of await Promise.allSettled(lost)) {
        expect(status).to.equal('rejected');
        expect('reason' in rest && rest.reason).to.be.instanceOf(RpcError);
      }
      expect(await chain.transactionCount(address, 16n)).to.equal(0n);
    });

    it('when fees are free › signs for nothing', async () => {
      answer = (method, params) =>
        method === 'eth_getBlockByNumber' ? ofBesu(method, ['0x5e4', params[1]]) : ofBesu(method, params);
      expect(await chain.fees()).to.deep.equal({ kind: 'market', feeCapWei: 0n, tipWei: 0n });
    });

    it('when a block or a transaction result does not exist › says so', async () => {
      expect(await chain.header(0xffffffn)).to.equal(undefined);
      expect(await chain.transactionResult(`0x${'00'.repeat(32)}`)).to.equal(undefined);
    });
  });

  it('when hashes, keys and data come in capitals or padded › reads the same', async () => {
    const plain = await chain.header(HEAD);
    const plainProof = await chain.stateProof(address, [word(5n), word(2n)], HEAD);
    answer = (method, params) => capitals(ofBesu(method, params));
    expect(await chain.header(HEAD)).to.deep.equal(plain);
    answer = (method, params) => ({ result: padKeys(ofBesu(method, params)) });
    expect(await chain.stateProof(address, [word(5n), word(2n)], HEAD)).to.deep.equal(plainProof);
  });

  it('when a header carries fields that nobody asked for › reads it', async () => {
    answer = (method, params) => ({ result: { ...resultOf(method, params), laterField: '0x1', size: null } });
    expect((await chain.header(HEAD))?.number).to.equal(HEAD);
  });

  const result = { transactionHash: HASH, blockNumber: '0x1', blockHash: HASH, status: '0x1', gasUsed: '0x5208' };
  const useless: [title: string, ask: (chain: Chain) => Promise<unknown>, result: unknown][] = [
    ['no chain id', (c) => c.chainId(), null],
    ['a chain id in decimal', (c) => c.chainId(), '7801'],
    ['a block number that is a number', (c) => c.head(), 5],
    ['a block number beyond all chains', (c) => c.head(), `0x${'f'.repeat(17)}`],
    ['no code at all', (c) => c.code(address), null],
    ['code with half a byte', (c) => c.code(address), '0x123'],
    ['a call without data', (c) => c.call({ to: address, data: '0x' }), null],
    ['a transaction count that is empty', (c) => c.transactionCount(address), '0x'],
    ['a gas price that is missing', (c) => c.fees(), undefined],
    ['a list where a block was asked for', (c) => c.header(HEAD), []],
    [
      'another block than asked for',
      (c) => c.header(HEAD),
      { ...resultOf('eth_getBlockByNumber', ['0x5e4']), number: '0x5e3' },
    ],
    [
      'a block with a field changed',
      (c) => c.header(HEAD),
      { ...resultOf('eth_getBlockByNumber', ['0x5e4']), gasUsed: '0x1' },
    ],
    [
      'a block with a field that is no hex',
      (c) => c.header(HEAD),
      { ...resultOf('eth_getBlockByNumber', ['0x5e4']), stateRoot: 'root' },
    ],
    ['a transaction result without status', (c) => c.transactionResult(HASH), { ...result, status: undefined }],
    [
      'a transaction result with a state root for its status',
      (c) => c.transactionResult(HASH),
      { ...result, status: HASH },
    ],
    ['a transaction result without its gas', (c) => c.transactionResult(HASH), { ...result, gasUsed: null }],
    [
      'the result of another transaction',
      (c) => c.transactionResult(HASH),
      { ...result, transactionHash: `0x${'cd'.repeat(32)}` },
    ],
    [
      'a transaction result with a short block hash',
      (c) => c.transactionResult(HASH),
      { ...result, blockHash: '0xab' },
    ],
    ['no proof', (c) => c.stateProof(address, [word(2n)], HEAD), null],
    [
      'a proof without the slot',
      (c) => c.stateProof(address, [word(2n), word(9n)], HEAD),
      resultOf('eth_getProof', []),
    ],
    [
      'a proof without an account',
      (c) => c.stateProof(address, [word(2n)], HEAD),
      { ...resultOf('eth_getProof', []), accountProof: null },
    ],
    [
      'a proof whose slots have no keys',
      (c) => c.stateProof(address, [word(2n)], HEAD),
      { ...resultOf('eth_getProof', []), storageProof: [{ proof: [] }] },
    ],
    [
      'a proof with a node that is no hex',
      (c) => c.stateProof(address, [word(2n)], HEAD),
      { ...resultOf('eth_getProof', []), storageProof: [{ key: '0x2', proof: ['node'] }] },
    ],
  ];
  for (const [title, ask, result] of useless) {
    it(`when the answer is ${title} › is chain-unavailable`, async () => {
      answer = () => ({ result });
      const error = await ask(chain).then(
        (value) => value,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(DomainError);
      expect((error as DomainError).code).to.equal('chain-unavailable');
    });
  }

  it('when the answer is for another request › is chain-unavailable', async () => {
    answer = () => ({ id: 999, result: '0x1' });
    const error = await chain.chainId().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DomainError);
  });

  it('when the result of a pending transaction names no block yet › is undefined', async () => {
    answer = () => ({ result: { ...result, blockNumber: null, blockHash: null } });
    expect(await chain.transactionResult(HASH)).to.equal(undefined);
  });

  it('when nodes refuse a transaction › gives their words, and takes no silence for a refusal', async () => {
    const refusal = { code: -32007, message: 'Sender account not authorized to send transactions' };
    answer = () => ({ error: refusal });
    expect(await chain.broadcast('0x00')).to.deep.equal({ kind: 'refused', reason: refusal.message });
    answer = () => ({ error: { code: -32000, message: 'Known transaction' } });
    expect(await chain.broadcast('0x00')).to.deep.equal({ kind: 'known' });
    answer = () => ({ error: { code: -32001, message: 'Nonce too low' } });
    expect(await chain.broadcast('0x00')).to.deep.equal({ kind: 'known' });
    answer = () => ({});
    expect(await chain.broadcast('0x00')).to.deep.equal({ kind: 'unanswered' });
  });
});

/** What Besu answered to the same call; to a proof the one whose slots were asked for. */
function ofBesu(method: string, params: unknown[]): object {
  const call = besu.calls.find((one) => one.method === method && String(one.params) === String(params));
  const byMethod = call ?? besu.calls.find((one) => one.method === method && !one.error);
  if (!byMethod) return { error: { code: -32601, message: 'Method not found' } };
  return byMethod.error ? { error: byMethod.error } : { result: byMethod.result };
}

function resultOf(method: string, params: unknown[]): Record<string, unknown> {
  const told = ofBesu(method, params);
  return 'result' in told ? (told.result as Record<string, unknown>) : {}; // an object, as the fixture has it
}

function capitals(value: object): object {
  return JSON.parse(JSON.stringify(value).replaceAll(/0x[0-9a-f]+/g, (hex) => `0x${hex.slice(2).toUpperCase()}`));
}

function padKeys(told: object): unknown {
  const result = 'result' in told ? (told.result as { storageProof: { key: string }[] }) : { storageProof: [] };
  const storageProof = result.storageProof.map((slot) => ({ ...slot, key: word(BigInt(slot.key)) })).reverse();
  return { ...result, storageProof };
}
