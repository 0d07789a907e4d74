// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Wallet } from 'ethers';
import { z } from 'zod';
import { type Chain, testChain } from '../../test/support/chain.ts';
import { eventually } from '../../test/support/eventually.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { freePort } from '../processes/ports.ts';
import { callRpc } from './anvil.ts';
import type { ChainOptions } from './chain.ts';

const headerSchema = z.object({ number: z.string(), hash: z.string(), timestamp: z.string() });
type Header = z.output<typeof headerSchema>;

describe('embedded chain', function () {
  this.timeout(60_000);
  const wallet = Wallet.createRandom();
  let options: Partial<ChainOptions>;
  let chain: Chain;
  let nonce = 0;

  beforeEach(async () => {
    nonce = 0;
    options = { folder: temporaryFolder(), port: await freePort(), funded: [wallet.address] };
    chain = await testChain(options);
  });

  afterEach(() => chain.kill());

  const rpc = async <T>(schema: z.ZodType<T>, method: string, ...params: unknown[]) =>
    schema.parse(await callRpc(chain.url, method, params));
  const durable = () => JSON.parse(readFileSync(chain.durableFile, 'utf8')) as { block: string; hash: string };
  const copies = () => readdirSync(path.join(options.folder ?? '', 'chain', 'copies')).sort();
  const copyPath = (name: string) => path.join(options.folder ?? '', 'chain', 'copies', name);

  /** Sends a transaction and returns its hash and block once that block is durable. */
  async function transact(): Promise<{ hash: string; block: Header }> {
    const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1n, gasLimit: 21_000n, type: 2 };
    const signed = await wallet.signTransaction({ ...fees, to: wallet.address, nonce: nonce++, chainId: 77_880n });
    const hash = await rpc(z.string(), 'eth_sendRawTransaction', signed);
    const mined = await eventually(async () => {
      const found = await rpc(z.object({ blockNumber: z.string() }).nullable(), 'eth_getTransactionReceipt', hash);
      return found && BigInt(found.blockNumber) <= BigInt(durable().block) ? found : undefined;
    });
    return { hash, block: await rpc(headerSchema, 'eth_getBlockByNumber', mined.blockNumber, false) };
  }

  it('when killed › keeps every durable block, transaction result and balance, and serves proofs again', async () => {
    const genesis = await rpc(headerSchema, 'eth_getBlockByNumber', '0x0', false);
    const { hash, block } = await transact();
    await chain.kill();
    chain = await testChain(options);
    expect((await rpc(headerSchema, 'eth_getBlockByNumber', '0x0', false)).hash).to.equal(genesis.hash);
    expect((await rpc(headerSchema, 'eth_getBlockByNumber', block.number, false)).hash).to.equal(block.hash);
    expect(await rpc(z.unknown(), 'eth_getTransactionReceipt', hash)).to.include({
      blockHash: block.hash,
      status: '0x1',
    });
    expect(await rpc(z.unknown(), 'eth_getProof', wallet.address, [], 'latest')).to.include({ nonce: '0x1' });
    await transact();
  });

  it('when restored a second later, again and again › keeps its genesis, and its time goes on', async () => {
    const genesis = await rpc(headerSchema, 'eth_getBlockByNumber', '0x0', false);
    const latest = async () => Number((await rpc(headerSchema, 'eth_getBlockByNumber', 'latest', false)).timestamp);
    await eventually(async () => (await latest()) > Number(genesis.timestamp) + 1);
    for (let times = 0; times < 4; times += 1) {
      await chain.kill();
      chain = await testChain(options);
      expect((await rpc(headerSchema, 'eth_getBlockByNumber', '0x0', false)).hash).to.equal(genesis.hash);
    }
    await eventually(async () => Math.abs((await latest()) - Date.now() / 1000) < 3);
  });

  it('when the newest copy is torn › starts from the one before and announces only that', async () => {
    const first = await transact();
    await transact();
    await chain.kill();
    const newest = copies().at(-1) ?? '';
    truncateSync(copyPath(newest), 100);
    chain = await testChain({ ...options, idleBlockMs: 3_600_000 });
    const { block, hash } = durable();
    expect(Number(block)).to.be.lessThan(Number(newest.split('.')[0]));
    expect((await rpc(headerSchema, 'eth_getBlockByNumber', 'latest', false)).hash).to.equal(hash);
    expect(await rpc(z.unknown(), 'eth_getTransactionReceipt', first.hash)).to.include({ blockHash: first.block.hash });
    expect(copies()).to.include(`${newest}.unreadable`);
  });

  it('when a copy holds something else than a chain › sets it aside', async () => {
    const { block } = await transact();
    await chain.kill();
    writeFileSync(copyPath('999999999999.json.gz'), 'not an archive');
    chain = await testChain(options);
    expect((await rpc(headerSchema, 'eth_getBlockByNumber', block.number, false)).hash).to.equal(block.hash);
  });

  it('when idle › makes no block between two heartbeats', async () => {
    await chain.stop();
    chain = await testChain({ ...options, idleBlockMs: 3_600_000 });
    const before = Number(await rpc(z.string(), 'eth_blockNumber'));
    await transact();
    await transact();
    expect(Number(await rpc(z.string(), 'eth_blockNumber'))).to.equal(before + 2);
  });

  it('when stopped › has copied its last block, and keeps three copies', async () => {
    const { block } = await transact();
    await transact();
    await transact();
    await chain.stop();
    expect(Number(durable().block)).to.be.greaterThan(Number(block.number));
    expect(copies()).to.have.length(3);
    expect(copies().at(-1)).to.match(new RegExp(`^0*${durable().block}\\.json\\.gz$`));
  });

  it('when new › has no unlocked account and gives browsers no access', async () => {
    expect(await rpc(z.unknown(), 'eth_accounts')).to.deep.equal([]);
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });
    const headers = { 'content-type': 'application/json', origin: 'https://evil.example' };
    const response = await fetch(chain.url, { method: 'POST', headers, body });
    expect(response.headers.get('access-control-allow-origin')).to.equal(null);
  });
});
