// SPDX-License-Identifier: Apache-2.0
// Second chains as they are: good, lying, without the role, and healed. A second embedded chain takes the roots.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toHex0x, verifyChainWitness } from '@inkseal/verifier';
import { expect } from 'chai';
import { Wallet } from 'ethers';
import { callRpc } from '../../../scripts/embedded/anvil.ts';
import { type BesuFaults, startBesuStub } from '../../../test/support/besu-stub.ts';
import { type Chain as TestChain, testChain } from '../../../test/support/chain.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { type BatchFixture, batchFixture, silentObserver } from '../../../test/support/pipeline.ts';
import { deploySecondChain, type SecondChainFiles } from '../../../test/support/second-chain.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { DomainError, StartError } from '../errors.ts';
import { placeFinal } from '../proofs/proofs.sql.ts';
import { batchOf } from '../registry/index.ts';
import type { Pace } from './keep-witness.ts';
import { witnessesOf } from './renewals.sql.ts';
import { loadSecondChains, requireOtherChains, type SecondChain } from './second-chains.ts';
import { startWitnessing, type Witnessing } from './witness-batches.ts';

const PACE: Pace = { askWithinMs: 4_000, retryMs: 50, longestRetryMs: 200, sweepMs: 50, failures: 1_000, openMs: 50 };
const WITHIN = { withinMs: 30_000 };
const CHAIN_ID = 9_900;
const COMMON = { authorities: [], required: 0, requiredByTrust: 0, renewal: { beforeMs: 0 } };

describe('startWitnessing on a second chain', function () {
  this.timeout(120_000);
  let batches: BatchFixture;
  let second: TestChain;
  let stub: Awaited<ReturnType<typeof startBesuStub>>;
  let files: SecondChainFiles;
  let chain: SecondChain;
  const faults: BesuFaults = { refusesSenders: false, keptStates: 512 };
  let running: Witnessing | undefined;
  let refused: string[] = [];

  before(async () => {
    batches = await batchFixture();
    second = await testChain({ chainId: CHAIN_ID });
    stub = await startBesuStub(second.url, faults);
    files = await deploySecondChain(second.url, 'none');
    const [loaded] = loadSecondChains({ ...COMMON, chains: [settingsOf(files, stub.url)] });
    if (!loaded) throw new RangeError('no chain');
    chain = loaded;
  });
  after(async () => {
    await stub?.close();
    await second?.stop();
    await batches?.close();
  });
  beforeEach(async () => {
    Object.assign(faults, { refusesSenders: false, tamper: undefined });
    refused = [];
    await batches.clear();
    await batches.fixture.database.pool.query('TRUNCATE witness_token, renewal');
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  it('when batches are closed › records each root with its count, and stores what proves it', async () => {
    const sizes = [1, 3, 2];
    for (const size of sizes) await closeOne(size);
    start();
    const rows = await stored(sizes.length);
    for (const [at, { token, root }] of rows.entries()) {
      const [witness] = witnessesOf({ tokens: [token], renewals: [false] });
      if (witness?.kind !== 'chain') throw new RangeError('no chain');
      const count = sizes[at] ?? 0;
      const batch = { root: root.toString('hex'), count };
      const seconds = verifyChainWitness(witness, batch, chain.trust);
      expect(Math.abs(Number(seconds) - Date.now() / 1_000)).to.be.below(120);
      expect(() => verifyChainWitness(witness, { ...batch, count: count + 1 }, chain.trust)).to.throw(
        'witness-mismatch',
      );
      expect((await batchOf(chain.chain, chain.contract, toHex0x(root)))?.count).to.equal(BigInt(count));
    }
    expect(rows.map(({ attempts }) => attempts)).to.deep.equal([1, 1, 1]);
  });

  it('when it is a chain without validators › is stored and not counted as a witness that is required', async () => {
    await closeOne(1);
    start();
    await stored(1);
    const { pool, prisma } = batches.fixture.database;
    await pool.query(
      `UPDATE batch SET state = 'final', mined_block = 1, mined_block_hash = '', anchored_at = 1, final_at = now()`,
    );
    expect(await placeFinal(prisma, { witnessesRequired: 1, hintWitnesses: [chain.name] })).to.equal(0);
    expect(await placeFinal(prisma, { witnessesRequired: 1, hintWitnesses: [] })).to.equal(1);
  });

  it('when a root was recorded and the process ended before storing it › records it no second time', async () => {
    await closeOne(1);
    let passings = 0;
    const pace = { ...PACE, askWithinMs: 1_000 };
    start({
      pace,
      onStage: () => {
        passings += 1;
        if (passings === 1) throw new TypeError('killed');
      },
    });
    const [row] = await stored(1);
    expect(row?.attempts).to.equal(2);
    const sent = BigInt(String(await callRpc(second.url, 'eth_getTransactionCount', [chain.wallet.address, 'latest'])));
    await running?.stop();
    await batches.fixture.database.pool.query('TRUNCATE witness_token');
    start();
    await stored(1);
    expect(
      BigInt(String(await callRpc(second.url, 'eth_getTransactionCount', [chain.wallet.address, 'latest']))),
    ).to.equal(sent);
  });

  const FAULTS: Record<string, [code: string, fault: Partial<BesuFaults>]> = {
    'refuses our transactions': ['request-refused', { refusesSenders: true }],
    'talks nonsense': ['unreachable', { tamper: () => ({ result: 'nonsense' }) }],
    'makes proofs up': [
      'chain-proof-invalid',
      { tamper: ({ method }, answer) => (method === 'eth_getProof' ? withoutNodes(answer) : answer) },
    ],
  };
  for (const [what, [code, fault]] of Object.entries(FAULTS))
    it(`when the chain ${what} › stores nothing and says ${code}, until it heals`, async () => {
      Object.assign(faults, fault);
      await closeOne(1);
      start({ pace: { ...PACE, askWithinMs: 500 } });
      await eventually(async () => (await rows())[0]?.last_failure === code, WITHIN);
      expect((await rows())[0]?.token).to.equal(null);
      expect(refused).to.include(code);
      Object.assign(faults, { refusesSenders: false, tamper: undefined });
      await stored(1);
      expect((await rows())[0]?.last_failure).to.equal(null);
    });

  it('when the key may not anchor there › says request-refused, and sends nothing', async () => {
    await closeOne(1);
    const stranger = new Wallet(Wallet.createRandom().privateKey);
    await callRpc(second.url, 'anvil_setBalance', [stranger.address, '0xde0b6b3a7640000']);
    start({ chain: { ...chain, wallet: stranger } });
    await eventually(() => refused.includes('request-refused'), WITHIN);
    expect(await callRpc(second.url, 'eth_getTransactionCount', [stranger.address, 'latest'])).to.equal('0x0');
  });

  it('when it fails now and then › is asked again soon, since only failures in a row shut it out', async () => {
    start({ pace: { ...PACE, failures: 2, openMs: 600_000 } });
    for (const turn of [1, 2, 3]) {
      faults.tamper = (_, answer) => (refused.length < turn ? { result: 'nonsense' } : answer);
      await closeOne(1);
      await stored(turn);
    }
    expect(refused).to.deep.equal(['unreachable', 'unreachable', 'unreachable']);
  });

  it('when two processes record there › one of them takes each batch', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const newestFinalHeader = () => gate.then(() => chain.chain.newestFinalHeader());
    const pace = { ...PACE, askWithinMs: 30_000 };
    await closeOne(1);
    start({ pace, chain: { ...chain, chain: { ...chain.chain, newestFinalHeader } } });
    const first = running;
    try {
      // Before that, the other process would give the next batch the same numbers there.
      await eventually(isFirstRecorded, WITHIN);
      start({ pace });
      await closeOne(1);
      await stored(1);
      open();
      await stored(2);
      expect((await rows()).map(({ attempts }) => attempts)).to.deep.equal([1, 1]);
    } finally {
      open();
      await first?.stop();
    }
  });

  it('when it is stopped while the chain gives no answer › blames nobody', async () => {
    await closeOne(1);
    let stopping: Promise<unknown> | undefined;
    const call = async () => {
      stopping ??= running?.stop();
      throw new DomainError('chain-unavailable');
    };
    start({ chain: { ...chain, chain: { ...chain.chain, call } } });
    await eventually(() => stopping !== undefined, WITHIN);
    await stopping;
    expect((await rows()).map(({ last_failure }) => last_failure)).to.deep.equal([null]);
    expect(refused).to.deep.equal([]);
  });

  it('when its trust file names another registry or network as well › refuses it', () => {
    const trust = JSON.parse(readFileSync(files.trustFile, 'utf8'));
    const [network] = trust.networks;
    const [registry] = network.registries;
    const others = {
      registry: [{ ...network, registries: [registry, { ...registry, address: `0x${'77'.repeat(20)}` }] }],
      network: [network, { ...network, chainId: '9911' }],
    };
    for (const networks of Object.values(others)) {
      const trustFile = path.join(temporaryFolder(), 'trust.json');
      writeFileSync(trustFile, JSON.stringify({ ...trust, networks }));
      const chains = [{ ...settingsOf(files, stub.url), trustFile }];
      expect(() => loadSecondChains({ ...COMMON, chains })).to.throw(StartError, 'one network with one registry');
    }
  });

  it('when a depth is set for its finality › proves no newer block', async () => {
    const given = { ...settingsOf(files, stub.url), finality: { kind: 'depth', blocks: 3 } as const };
    const [deep] = loadSecondChains({ ...COMMON, chains: [given] });
    const head = await chain.chain.head();
    expect(Number((await deep?.chain.newestFinalHeader())?.number)).to.be.below(Number(head) - 1);
  });

  it('when settings name the own chain, one chain twice or more than count › refuses them', () => {
    expect(() => requireOtherChains([chain], { chainId: BigInt(CHAIN_ID) })).to.throw(
      StartError,
      'WITNESS_CHAINS: test',
    );
    requireOtherChains([chain], { chainId: 1n });
    const given = settingsOf(files, stub.url);
    expect(loadSecondChains({ ...COMMON, chains: [given] })[0]).to.include({
      contract: chain.contract,
      isCounted: false,
    });
    const twice = { ...COMMON, chains: [given, { ...given, name: 'other' }] };
    expect(() => loadSecondChains(twice)).to.throw(StartError, 'WITNESS_CHAINS: other');
    expect(() => loadSecondChains({ ...COMMON, required: 1, chains: [given] })).to.throw(
      StartError,
      'WITNESSES_REQUIRED',
    );
    const missing = { ...COMMON, chains: [{ ...given, trustFile: '/none.json' }] };
    expect(() => loadSecondChains(missing)).to.throw(StartError, 'WITNESS_CHAINS: test: trustFile cannot be read');
  });

  const watched = () => ({
    ...batches.ledger,
    observer: { ...silentObserver, witnessRefused: (_: string, code: string) => void refused.push(code) },
  });

  function start(options: { chain?: SecondChain; pace?: Pace; onStage?: () => void } = {}): void {
    const ledger = { ...watched(), onStage: options.onStage ?? (() => {}) };
    const secondChains = [options.chain ?? chain];
    const pace = options.pace ?? PACE;
    running = startWitnessing({ ledger, authorities: [], secondChains, onStored: () => {}, pace });
  }

  async function closeOne(size: number): Promise<void> {
    await batches.fixture.submit(size);
    await batches.closeBatch();
  }

  interface Row {
    readonly token: Buffer | null;
    readonly attempts: number;
    readonly last_failure: string | null;
    readonly root: Buffer;
  }
  async function rows(): Promise<Row[]> {
    const { rows: found } = await batches.fixture.database.pool.query<Row>(
      `SELECT token, attempts, last_failure, root FROM witness_token JOIN batch ON batch.id = batch_id ORDER BY batch_id`,
    );
    return found;
  }

  async function isFirstRecorded(): Promise<boolean> {
    const [row] = await rows();
    return row !== undefined && (await batchOf(chain.chain, chain.contract, toHex0x(row.root))) !== undefined;
  }

  const stored = (count: number) =>
    eventually(async () => {
      const found = (await rows()).flatMap((row) => (row.token ? [{ ...row, token: row.token }] : []));
      return found.length === count && found;
    }, WITHIN);
});

const settingsOf = (files: SecondChainFiles, url: string) => ({
  name: 'test',
  rpcUrls: [url],
  ...files,
  finality: { kind: 'instant' } as const,
});

function withoutNodes(answer: { result?: unknown; error?: undefined } | { error: { code: number; message: string } }) {
  const { result } = answer as { result: { storageProof: { proof: string[] }[] } };
  const storageProof = result.storageProof.map((slot) => ({ ...slot, proof: slot.proof.slice(0, -1) }));
  return { result: { ...result, storageProof } };
}
