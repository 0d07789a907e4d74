// SPDX-License-Identifier: Apache-2.0
// The adapter against a real node beside others that are dead, hang, or have fallen behind.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keccak256, toHex0x } from '@inkseal/verifier';
import { expect } from 'chai';
import { callRpc } from '../../../scripts/embedded/anvil.ts';
import { freePort } from '../../../scripts/processes/ports.ts';
import { type Chain as TestChain, testChain } from '../../../test/support/chain.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { DomainError } from '../errors.ts';
import { type Chain, createChain } from './index.ts';

/** Far below a node's time-out: what a caller may notice of a node that hangs. */
const SOON_MS = 1_500;

describe('chain', function () {
  this.timeout(90_000);
  let node: TestChain;
  let hanging: Server;
  let stale: Server;

  before(async () => {
    node = await testChain();
    hanging = await listen(() => undefined);
    // A node that stopped following: it knows the chain up to block 0 only.
    stale = await listen((method) => (method === 'eth_blockNumber' ? '0x0' : null));
  });

  after(async () => {
    for (const server of [hanging, stale]) {
      server.closeAllConnections();
      server.close();
    }
    await node.stop();
  });

  const open = (...urls: string[]): Chain =>
    createChain({ urls, consensus: 'none', finality: { kind: 'depth', blocks: 2 } });

  it('rebuilds headers that hash to the block hash', async () => {
    const chain = open(node.url);
    const header = await eventually(async () => chain.header((await chain.head()) - 1n));
    expect(toHex0x(keccak256(header.rlp))).to.equal(header.hash);
    expect((await chain.header(header.number + 1n))?.parentHash).to.equal(header.hash);
  });

  it('answers undefined for a block that nobody has', async () => {
    expect(await open(node.url).header(10_000_000n)).to.equal(undefined);
  });

  it('answers soon though the first node hangs, and does not ask it again while it does', async () => {
    const chain = open(urlOf(hanging), node.url);
    const first = await timed(() => chain.head());
    expect(first.tookMs).to.be.below(SOON_MS);
    await eventually(async () => (await timed(() => chain.chainId())).tookMs < 100);
  });

  it('answers though the first node is dead', async () => {
    const chain = open(`http://127.0.0.1:${await freePort()}`, node.url);
    expect(await chain.chainId()).to.equal(BigInt(77_880));
    expect(await chain.head()).to.be.a('bigint');
  });

  it('reads from the node that is ahead', async () => {
    const chain = open(urlOf(stale), node.url);
    const head = await eventually(async () => {
      const found = await chain.head();
      return found > 0n && found;
    });
    expect(await chain.header(head)).not.to.equal(undefined);
  });

  it('when one node has lost a state › takes the count and the code of the one that has it', async () => {
    const [sender, contract] = [`0x${'5e'.repeat(20)}`, `0x${'c0'.repeat(20)}`];
    await callRpc(node.url, 'anvil_setNonce', [sender, '0x7']);
    await callRpc(node.url, 'anvil_setCode', [contract, '0x6000']);
    const empty = await listen((method) => (method === 'eth_getCode' ? '0x' : '0x0'));
    try {
      const chain = open(urlOf(empty), node.url);
      expect(await chain.transactionCount(sender)).to.equal(7n);
      expect(await chain.code(contract)).to.equal('0x6000');
      expect(await chain.code(sender)).to.equal('0x');
    } finally {
      empty.closeAllConnections();
      empty.close();
    }
  });

  it('believes nothing below the highest block already seen', async () => {
    const chain = open(urlOf(stale));
    chain.believeFrom(5n);
    expect(await codeOf(chain.head())).to.equal('chain-unavailable');
  });

  it('says chain-unavailable when no node answers', async () => {
    expect(await codeOf(open(`http://127.0.0.1:${await freePort()}`).chainId())).to.equal('chain-unavailable');
  });

  it('hands a transaction to the node that is up, and tells a refusal', async () => {
    const answer = await open(urlOf(hanging), node.url).broadcast('0x00');
    expect(answer.kind).to.equal('refused');
  });

  it('counts a block as final at its depth', async () => {
    const chain = open(node.url);
    const head = await eventually(async () => {
      const found = await chain.head();
      return found > 3n && found;
    });
    const final = await chain.newestFinalHeader();
    expect(final.number >= head - 2n && final.number < chain.lastHead()).to.equal(true);
  });
});

async function timed(work: () => Promise<unknown>): Promise<{ tookMs: number }> {
  const startedAt = performance.now();
  await work();
  return { tookMs: performance.now() - startedAt };
}

async function codeOf(answer: Promise<unknown>): Promise<string | undefined> {
  return answer.then(
    () => undefined,
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** A JSON-RPC server that answers what `answer` gives, and hangs where that is undefined. */
async function listen(answer: (method: string) => string | null | undefined): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { id, method } = JSON.parse(Buffer.concat(chunks).toString());
    const result = answer(method);
    if (result !== undefined) response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
