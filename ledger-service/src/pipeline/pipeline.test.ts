// SPDX-License-Identifier: Apache-2.0
// The whole path on a real chain and a real database: entries in, verified bundles out. The same suite runs on the
// embedded chain and on a QBFT network.
import { type Report, verifyAbsence, verifyBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { Contract, JsonRpcProvider, Wallet } from 'ethers';
import { callRpc } from '../../../scripts/embedded/anvil.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { onEachNetworkAndBesu } from '../../../test/support/networks.ts';
import {
  forgetLastBatch,
  type LedgerFixture,
  ledgerFixture,
  silentObserver,
  type TestNetwork,
  testLog,
} from '../../../test/support/pipeline.ts';
import { composePipeline } from '../compose.ts';
import { DomainError } from '../errors.ts';
import type { Pipeline } from './pipeline.ts';

const FINAL_WITHIN_MS = 60_000;
const FIRST_NUMBER = 100_000_000_000_000_001n;

onEachNetworkAndBesu('pipeline', (name, makeNetwork) => {
  const backed = name === 'qbft' ? 'verified' : 'consistent';
  let network: TestNetwork;
  let fixture: LedgerFixture;
  let pipeline: Pipeline;

  before(async () => {
    network = await makeNetwork();
    fixture = await ledgerFixture(network);
    pipeline = pipelineOf(fixture);
    await pipeline.start();
    // The first number, which tests in any order speak of.
    const ids = await fixture.submit(1);
    pipeline.nudge();
    expect(await finalNumbers(fixture, ids)).to.deep.equal([FIRST_NUMBER]);
  });

  after(async () => {
    await pipeline?.stop();
    await fixture?.close();
    await network?.stop();
  });

  // A busy node gives no status within the time that a caller waits for one: then the proof comes without.
  const verify = (number: bigint): Promise<Report> =>
    eventually(async () => {
      const bundle = await pipeline.proof(number, { withStatus: true });
      const report = await verifyBundle(bundle, { trust: await pipeline.trustFile() });
      return report.checks.some(({ name, outcome }) => name === 'status' && outcome !== 'not-run') && report;
    });

  it('makes every entry final, with contiguous numbers and bundles that verify', async () => {
    const ids = await fixture.submit(5);
    pipeline.nudge();
    const numbers = await finalNumbers(fixture, ids);
    expect(numbers).to.deep.equal([0n, 1n, 2n, 3n, 4n].map((offset) => (numbers[0] ?? 0n) + offset));
    for (const number of numbers) {
      const report = await verify(number);
      expect(report.verdict, JSON.stringify(report.checks)).to.equal(backed);
      expect(outcome(report, 'status')).to.equal('passed');
    }
  });

  it('leaves the status out when it is not asked for', async () => {
    const bytes = await pipeline.proof(FIRST_NUMBER, { withStatus: false });
    expect(JSON.parse(Buffer.from(bytes).toString())).not.to.have.property('status');
  });

  it('proves that a number was never issued, and refuses for one that was', async () => {
    const bytes = await pipeline.absence(FIRST_NUMBER + 1_000n);
    const report = await verifyAbsence(bytes, { trust: await pipeline.trustFile() });
    expect(report.verdict, JSON.stringify(report.checks)).to.equal(backed);
    expect(await codeOf(pipeline.absence(FIRST_NUMBER))).to.equal('number-already-issued');
  });

  it('proves it of the highest number that the contract can hold', async () => {
    const bytes = await pipeline.absence(2n ** 64n - 1n);
    const report = await verifyAbsence(bytes, { trust: await pipeline.trustFile() });
    expect(report.verdict, JSON.stringify(report.checks)).to.equal(backed);
  });

  it('tells an unknown number from one that is not final yet', async () => {
    expect(await codeOf(pipeline.proof(FIRST_NUMBER + 1_000n, { withStatus: true }))).to.equal('entry-not-found');
  });

  it('revokes a number, once it is anchored, and proves that it is revoked', async () => {
    const ids = await fixture.submit(1);
    pipeline.nudge();
    const number = await sequencedNumber(fixture, ids);
    const request = { clientId: fixture.clientId, number, reason: 'court-order' } as const;
    expect(await pipeline.revoke(request)).to.include({ number: String(number), reason: 'court-order' });
    expect(await codeOf(pipeline.revoke({ ...request, reason: 'duplicate' }))).to.equal('revocation-conflict');
    await eventually(async () => (await pipeline.revoke(request)).state === 'final', { withinMs: FINAL_WITHIN_MS });
    const report = await eventually(async () => {
      const found = await verify(number);
      return outcome(found, 'status') === 'failed' && found;
    });
    expect(report.verdict).to.equal('not-verified');
  });

  it('halts anchoring when the contract refuses, keeps intake open, and continues when it is put right', async () => {
    const provider = new JsonRpcProvider(network.urls[0], undefined, { pollingInterval: 50, cacheTimeout: -1 });
    const contract = await registryContract(fixture, provider);
    const role = await contract.getFunction('ANCHORER_ROLE')();
    await (await contract.getFunction('revokeRole')(role, fixture.anchorer.address)).wait();
    const ids = await fixture.submit(3);
    pipeline.nudge();
    await eventually(async () => (await pipeline.health()).anchoring.code === 'anchoring-halted', {
      withinMs: FINAL_WITHIN_MS,
    });
    const later = await fixture.submit(2);
    pipeline.nudge();
    await (await contract.getFunction('grantRole')(role, fixture.anchorer.address)).wait();
    provider.destroy();
    const numbers = await finalNumbers(fixture, [...ids, ...later]);
    expect(numbers).to.deep.equal(numbers.map((_, index) => (numbers[0] ?? 0n) + BigInt(index)));
    await eventually(async () => (await pipeline.health()).anchoring.ok);
    expect((await verify(numbers[0] ?? 0n)).verdict).to.equal(backed);
  });

  it('says on every process, leading or not, that the database is behind the chain', async () => {
    const restored = await ledgerFixture(network);
    const running: Pipeline[] = [];
    const start = async () => {
      const started = pipelineOf(restored);
      running.push(started);
      await started.start();
      return started;
    };
    try {
      const before = await start();
      await finalNumbers(restored, await restored.submit(1));
      await before.stop();
      await forgetLastBatch(restored);
      for (const process of [await start(), await start()]) {
        expect((await process.health()).ledger).to.deep.equal({ ok: false, code: 'ledger-behind-chain' });
      }
    } finally {
      for (const each of running.slice(1)) await each.stop();
      await restored.close();
    }
  });

  if (name === 'qbft') {
    it('continues while a validator and its node are unreachable', async () => {
      await network.qbft?.killNode(0);
      const ids = await fixture.submit(4);
      pipeline.nudge();
      const numbers = await finalNumbers(fixture, ids);
      expect((await verify(numbers[0] ?? 0n)).verdict).to.equal('verified');
      await network.qbft?.startNode(0);
    });

    it('follows the validators when they vote another one in, and out again', async () => {
      const candidate = Wallet.createRandom().address;
      for (const [isIn, sets] of [
        [true, 2],
        [false, 3],
      ] as const) {
        for (const url of network.urls.slice(0, 3)) await callRpc(url, 'istanbul_propose', [candidate, isIn]);
        // With a validator that does not exist every block needs all the others, and some rounds run out.
        await eventually(async () => (await validatorSets(pipeline)) === sets, {
          withinMs: 4 * FINAL_WITHIN_MS,
          everyMs: 200,
        });
        const ids = await fixture.submit(2);
        pipeline.nudge();
        const numbers = await finalNumbers(fixture, ids);
        expect((await verify(numbers[0] ?? 0n)).verdict).to.equal('verified');
        expect((await verify(FIRST_NUMBER)).verdict).to.equal('verified');
      }
    });
  }
});

function pipelineOf(fixture: LedgerFixture): Pipeline {
  const hooks = {
    onStage: () => {},
    onFatal: (error: Error) => {
      throw error;
    },
  };
  return composePipeline(
    fixture.config,
    hooks,
  )({ metrics: silentObserver, logger: testLog, onDiskFull: () => undefined });
}

async function validatorSets(pipeline: Pipeline): Promise<number> {
  return JSON.parse(Buffer.from(await pipeline.trustFile()).toString()).networks[0].validatorSets.length;
}

const outcome = (report: Report, name: string): string | undefined =>
  report.checks.find((check) => check.name === name)?.outcome;

async function codeOf(answer: Promise<unknown>): Promise<string | undefined> {
  return answer.then(
    () => undefined,
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
}

async function registryContract({ database, admin }: LedgerFixture, provider: JsonRpcProvider): Promise<Contract> {
  const { rows } = await database.pool.query<{ address: string }>(
    `SELECT '0x' || encode(address, 'hex') AS address FROM registry`,
  );
  const abi = [
    'function ANCHORER_ROLE() view returns (bytes32)',
    'function grantRole(bytes32, address)',
    'function revokeRole(bytes32, address)',
  ];
  return new Contract(rows[0]?.address ?? '', abi, admin.connect(provider));
}

/** Waits until all these entries are final, and answers their numbers in order. */
function finalNumbers({ database }: LedgerFixture, ids: readonly string[]): Promise<bigint[]> {
  return eventually(
    async () => {
      const { rows } = await database.pool.query<{ number: string }>(
        `SELECT number FROM entry JOIN batch ON batch.id = batch_id
         WHERE entry.id = ANY ($1) AND batch.state = 'final' ORDER BY number`,
        [ids],
      );
      return rows.length === ids.length && rows.map(({ number }) => BigInt(number));
    },
    { withinMs: FINAL_WITHIN_MS },
  );
}

function sequencedNumber({ database }: LedgerFixture, ids: readonly string[]): Promise<bigint> {
  return eventually(async () => {
    const { rows } = await database.pool.query<{ number: string | null }>('SELECT number FROM entry WHERE id = $1', [
      ids[0],
    ]);
    return rows[0]?.number ? BigInt(rows[0].number) : undefined;
  });
}
