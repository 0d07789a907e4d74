// SPDX-License-Identifier: Apache-2.0
// A second chain set up as docs/operations.md says: the command, refused and cut short first, then a ledger with what it printed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { computeAddress, getCreateAddress, Wallet } from 'ethers';
import { z } from 'zod';
import { type Chain as TestChain, testChain } from '../../test/support/chain.ts';
import { eventually } from '../../test/support/eventually.ts';
import { runNode } from '../../test/support/processes.ts';
import { BALANCE } from '../../test/support/second-chain.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { startWholeLedger } from '../../test/support/whole-ledger.ts';
import { parseBundle, parseTrustFile, verifyChainWitness } from '../../verifier/src/index.ts';
import { callRpc } from '../embedded/anvil.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../second-chain.ts');
const CHAIN_ID = 9_903;
const ADMIN = `0x${'ad'.repeat(20)}`;

describe('npm run second-chain', function () {
  this.timeout(120_000);
  let second: TestChain;
  before(async () => {
    second = await testChain({ chainId: CHAIN_ID });
  });
  after(() => second?.stop());

  const filesIn = (folder: string) => ({
    key: path.join(folder, 'second.key'),
    trust: path.join(folder, 'trust.json'),
  });
  const deploy = async (folder: string, changes: Record<string, string> = {}) => {
    const options = { rpc: second.url, ...filesIn(folder), admin: ADMIN, consensus: 'none', ...changes };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const program = runNode(SCRIPT, args, {});
    return { code: await program.exited, output: program.output() };
  };
  const fund = (address: string) => callRpc(second.url, 'anvil_setBalance', [address, BALANCE]);
  const accountOf = (folder: string) => computeAddress(readFileSync(filesIn(folder).key, 'utf8').trim());
  const sentBy = async (account: string) =>
    Number(await callRpc(second.url, 'eth_getTransactionCount', [account, 'latest']));

  it('when the network takes nothing of the new key yet › names the account; when it does, deploys once, however often it is run', async () => {
    const folder = temporaryFolder();
    const refused = await deploy(folder);
    const account = accountOf(folder);
    expect(refused.code, refused.output).to.equal(1);
    expect(refused.output).to.include(account).and.include('run this again');
    await fund(account);
    const runs = [await deploy(folder), await deploy(folder)];
    expect(runs.map(({ code }) => code)).to.deep.equal([0, 0]);
    expect(await sentBy(account)).to.equal(1);
    const { networks } = parseTrustFile(readFileSync(filesIn(folder).trust));
    expect(networks.map(({ chainId, consensus }) => [chainId, consensus])).to.deep.equal([[String(CHAIN_ID), 'none']]);
    expect(networks[0]?.registries[0]?.address).to.equal(getCreateAddress({ from: account, nonce: 0 }).toLowerCase());
  });

  it('when a ledger is started with what it printed › its proofs carry what the second chain shows', async () => {
    const folder = temporaryFolder();
    await deploy(folder);
    await fund(accountOf(folder));
    const { output } = await deploy(folder);
    const [, setting = ''] = /^WITNESS_CHAINS=(.*)$/m.exec(output) ?? [];
    const ledger = await startWholeLedger(undefined, { WITNESS_CHAINS: setting });
    try {
      const headers = {
        authorization: `Bearer ${readFileSync(ledger.keyFile, 'utf8').trim()}`,
        'content-type': 'application/json',
      };
      const entry = { reference: 'one', kind: 'attestation', sha256: 'ab'.repeat(32) };
      const body = JSON.stringify({ entries: [entry] });
      const answer = await fetch(`${ledger.url}/v1/entries`, { method: 'POST', headers, body });
      const { entries } = z.object({ entries: z.array(z.object({ id: z.string() })) }).parse(await answer.json());
      const bundle = await eventually(async () => {
        const found = await (await fetch(`${ledger.url}/v1/entries/${entries[0]?.id}`, { headers })).json();
        const { number } = z.object({ number: z.string() }).parse(found);
        const proof = await fetch(`${ledger.url}/v1/entries/${number}/proof`, { headers });
        const proven = proof.ok && parseBundle(new Uint8Array(await proof.arrayBuffer()));
        return proven && proven.witnesses?.length === 1 && proven;
      });
      const [witness] = bundle.witnesses ?? [];
      if (witness?.kind !== 'chain') throw new RangeError('no chain');
      const trust = parseTrustFile(readFileSync(filesIn(folder).trust));
      expect(Number(verifyChainWitness(witness, bundle.anchor.batch, trust))).to.be.above(1_700_000_000);
    } finally {
      await ledger.stop();
    }
  });

  it('when the key has sent something else there › refuses it, and writes nothing', async () => {
    const folder = temporaryFolder();
    await deploy(folder);
    const key = new Wallet(readFileSync(filesIn(folder).key, 'utf8').trim());
    await fund(key.address);
    const transaction = { to: ADMIN, nonce: 0, gasLimit: 21_000, gasPrice: 2_000_000_000, chainId: CHAIN_ID, type: 0 };
    await callRpc(second.url, 'eth_sendRawTransaction', [await key.signTransaction(transaction)]);
    await eventually(async () => (await sentBy(key.address)) === 1);
    const { code, output } = await deploy(folder);
    expect(code, output).to.equal(1);
    expect(output).to.include('use a key that is new to it');
    expect(() => readFileSync(filesIn(folder).trust)).to.throw('ENOENT');
  });

  const wrong: Record<string, [changes: Record<string, string>, code: number, said: string]> = {
    'no node answers': [{ rpc: 'http://127.0.0.1:1' }, 1, 'no node'],
    'the administrator is no account': [{ admin: '0x12' }, 1, '--admin 0x12'],
    'the consensus is unknown': [{ consensus: 'clique' }, 1, '--consensus clique'],
    'there is no administrator': [{ admin: '' }, 2, 'usage: npm run second-chain'],
  };
  for (const [condition, [changes, exitCode, said]] of Object.entries(wrong)) {
    it(`when ${condition} › says so`, async () => {
      const { code, output } = await deploy(temporaryFolder(), changes);
      expect(code, output).to.equal(exitCode);
      expect(output).to.include(said);
    });
  }
});
