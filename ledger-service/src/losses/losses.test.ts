// SPDX-License-Identifier: Apache-2.0
// Going on after a restore to an old backup while the chain went on: what is lost is named, burned once, and never given again.
import { expect } from 'chai';
import { untilFinal } from '../../../test/support/anchored.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  embeddedNetwork,
  forgetLastBatch,
  type LedgerFixture,
  ledgerFixture,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import { registryFigures } from '../batching/index.ts';
import { RpcError } from '../chain/index.ts';
import { readBundle } from '../proofs/index.ts';
import { requestRevocation } from '../revocations/index.ts';
import { acceptLoss, burnedFigures, burnedNumber, findLoss } from './index.ts';

describe('known losses', function () {
  this.timeout(120_000);
  let network: TestNetwork;
  let fixture: LedgerFixture;

  before(async () => {
    network = await embeddedNetwork();
  });
  after(() => network.stop());
  beforeEach(async () => {
    fixture = await ledgerFixture(network);
  });
  afterEach(() => fixture.close());

  it('when the chain went on after the backup › burns what is lost, and goes on with the next number', async () => {
    const before = await final(2);
    const proof = await readBundle(fixture.database.prisma, await firstNumber(), undefined);
    const lost = await final(3, before.stepped);
    await forgetLastBatch(fixture);

    const { stepped, loss } = await restored();
    expect(stepped.steps.mismatch()).to.equal('ledger-behind-chain');
    expect([loss.batches.map(({ id, count }) => [id, count]), loss.numbers]).to.deep.equal([[[2n, 3]], 3]);
    await acceptLoss(fixture.database, loss);
    await stepped.steps.compare();
    expect(stepped.steps.mismatch()).to.equal(undefined);
    expect((await restored()).loss).to.deep.equal({ batches: [], numbers: 0, revocations: [] });

    const ids = await fixture.submit(2);
    await untilFinal(stepped, fixture, ids);
    const first = await firstNumber();
    expect(await numbersOf(ids)).to.deep.equal([first + 5n, first + 6n]);
    expect(await numbersOf(before.ids)).to.deep.equal([first, first + 1n]);
    expect(lost.numbers).to.deep.equal([first + 2n, first + 3n, first + 4n]);
    expect(await readBundle(fixture.database.prisma, first, undefined)).to.deep.equal(proof);
  });

  it('when numbers are burned › says so of each of them, and of no other', async () => {
    await final(1);
    const lost = await final(2);
    await forgetLastBatch(fixture);
    const { loss } = await restored();
    await acceptLoss(fixture.database, loss);
    const { prisma } = fixture.database;
    const [{ root, anchoredAt } = fail()] = loss.batches;
    for (const number of lost.numbers)
      expect(await burnedNumber(prisma, number)).to.deep.include({
        number: String(number),
        batch: '2',
        root: Buffer.from(root).toString('hex'),
        anchoredAt: String(anchoredAt),
      });
    const last = lost.numbers.at(-1) ?? 0n;
    for (const other of [await firstNumber(), last + 1n])
      expect(await burnedNumber(prisma, other).catch(String)).to.match(/entry-not-found/);
    const { ranges, ...totals } = await burnedFigures(prisma);
    expect(totals).to.deep.equal({ batches: 1, numbers: 2 });
    expect(ranges.map(({ firstNumber, count }) => [firstNumber, count])).to.deep.equal([[String(lost.numbers[0]), 2]]);
  });

  it('when everything was lost, and a second time › goes on behind all of it', async () => {
    await final(1);
    await forgetLastBatch(fixture);
    await acceptLoss(fixture.database, (await restored()).loss);
    expect((await registryFigures(fixture.database.prisma)).batches).to.deep.equal({ total: 1, final: 0 });
    const { ids } = await final(2);
    await forgetLastBatch(fixture);
    expect(ids).to.have.length(2);
    const { loss } = await restored();
    expect(loss.batches.map(({ id }) => id)).to.deep.equal([2n]);
    await acceptLoss(fixture.database, loss);
    const { numbers } = await final(1);
    const { firstNumber: first } = fixture.config;
    expect(numbers).to.deep.equal([first + 3n]);
    expect(await sequences()).to.deep.equal([1n, 2n, 3n]);
    const { batches, entries } = await registryFigures(fixture.database.prisma);
    expect([batches, entries]).to.deep.equal([{ total: 3, final: 1 }, 4]);
  });

  it('when somebody closes a batch with a burned number all the same › PostgreSQL refuses it', async () => {
    await final(1);
    await forgetLastBatch(fixture);
    const { loss } = await restored();
    await acceptLoss(fixture.database, loss);
    const insert = `INSERT INTO batch (id, first_number, count, root, state, not_before_block, not_before_hash, not_before_header, closed_at)
      VALUES ($1, $2, 1, sha256('x'), 'closed', 1, '', '', now())`;
    const [{ firstNumber: first } = fail()] = loss.batches;
    for (const [id, number] of [
      [1n, first + 9n],
      [2n, first],
    ])
      expect(await fixture.database.pool.query(insert, [id, number]).catch(String)).to.match(/numbers are burned/);
    await fixture.database.pool.query(insert, [2n, first + 1n]);
  });

  it('when a batch of ours has the place of a lost one › refuses, and burns nothing', async () => {
    const { stepped } = await final(2);
    await forgetLastBatch(fixture);
    await fixture.submit(2);
    await stepped.steps.closeBatch();
    expect(await restored().catch(String)).to.match(/loss-conflict.*batch 1 was closed here/);
  });

  it('when a batch was closed since the loss was looked up › refuses, and burns nothing', async () => {
    await final(1);
    await forgetLastBatch(fixture);
    const { stepped, loss } = await restored();
    await acceptLoss(fixture.database, loss);
    await untilFinal(stepped, fixture, await compareAnd(stepped, 1));
    expect(await acceptLoss(fixture.database, loss).catch(String)).to.match(/loss-undecided/);
    expect((await burnedFigures(fixture.database.prisma)).numbers).to.equal(1);
  });

  it('when the log of the node is not whole, or says what the state does not › refuses', async () => {
    await final(1);
    await forgetLastBatch(fixture);
    const { stepped } = await restored();
    const { chain } = stepped.ledger;
    const withLogs = (logs: typeof chain.logs) => findLoss({ ...stepped.ledger, chain: { ...chain, logs } });
    expect(await withLogs(async () => []).catch(String)).to.match(
      /loss-undecided.*1 batches, and its final blocks show 0/,
    );
    const more: typeof chain.logs = async (address, blocks) =>
      (await chain.logs(address, blocks)).map((entry) => ({ ...entry, data: entry.data.replace(/1$/, '2') }));
    expect(await withLogs(more).catch(String)).to.match(/loss-undecided.*differ on batch 1/);
    const cut: typeof chain.logs = async (address, blocks) =>
      (await chain.logs(address, blocks)).map((entry) => ({ ...entry, data: '0x' }));
    expect(await withLogs(cut).catch(String)).to.match(/loss-undecided.*cannot be read/);
  });

  it('when the node answers few blocks at once › asks for fewer, and finds the same', async () => {
    await final(1);
    await final(1);
    await forgetLastBatch(fixture);
    await forgetLastBatch(fixture);
    const { stepped, loss } = await restored();
    const { chain } = stepped.ledger;
    const pages: bigint[] = [];
    const logs: typeof chain.logs = async (address, { from, to }) => {
      // Two batches may stand in neighbouring blocks.
      if (to > from) throw new RpcError(-32005, 'too many blocks');
      pages.push(to - from);
      return chain.logs(address, { from, to });
    };
    expect(await findLoss({ ...stepped.ledger, chain: { ...chain, logs } })).to.deep.equal(loss);
    expect(pages.length).to.be.greaterThan(1);
    expect(loss.numbers).to.equal(2);
  });

  it('when the chain loses what is burned › closes nothing on it', async () => {
    await final(1);
    await forgetLastBatch(fixture);
    const { stepped, loss } = await restored();
    await acceptLoss(fixture.database, loss);
    // As if the chain had been set back to before the batch.
    await fixture.database.pool.query('UPDATE burned_batch SET count = count + 1');
    await stepped.steps.compare();
    expect(stepped.steps.mismatch()).to.equal('chain-behind-ledger');
  });

  it('when the chain has a revocation that was lost › takes it over', async () => {
    const { stepped } = await final(1);
    const number = await firstNumber();
    const revoke = { number, reason: 'court-order', clientId: fixture.clientId } as const;
    const revoked = async () => {
      await stepped.advance();
      return (await requestRevocation(fixture.database.prisma, revoke)).state === 'final';
    };
    await eventually(revoked, { withinMs: 60_000 });
    await fixture.database.pool.query('DELETE FROM revocation');
    await fixture.database.pool.query(`DELETE FROM chain_transaction WHERE purpose = 'revoke'`);
    const { loss } = await restored();
    expect(loss).to.deep.equal({
      batches: [],
      numbers: 0,
      revocations: [{ number, reason: 5, clientId: fixture.clientId }],
    });
    await acceptLoss(fixture.database, loss);
    await eventually(
      async () => {
        await stepped.advance();
        const { rows } = await fixture.database.pool.query('SELECT state, reason FROM revocation');
        return rows.length === 1 && rows[0].state === 'final' && rows[0].reason === 5;
      },
      { withinMs: 60_000 },
    );
    expect((await restored()).loss.revocations).to.deep.equal([]);
  });

  /** As a process that starts on the restored database. */
  async function restored() {
    const stepped = await steppedLedger(fixture);
    return { stepped, loss: await findLoss({ ...stepped.ledger }) };
  }

  /** So many entries, final. */
  async function final(count: number, given?: Awaited<ReturnType<typeof steppedLedger>>) {
    const stepped = given ?? (await steppedLedger(fixture));
    const ids = await fixture.submit(count);
    await untilFinal(stepped, fixture, ids);
    return { stepped, ids, numbers: await numbersOf(ids) };
  }

  async function compareAnd(stepped: Awaited<ReturnType<typeof steppedLedger>>, count: number): Promise<string[]> {
    await stepped.steps.compare();
    return fixture.submit(count);
  }

  async function numbersOf(ids: readonly string[]): Promise<bigint[]> {
    const { rows } = await fixture.database.pool.query<{ number: string }>(
      'SELECT number FROM entry WHERE id = ANY ($1) ORDER BY number',
      [ids],
    );
    return rows.map(({ number }) => BigInt(number));
  }

  async function firstNumber(): Promise<bigint> {
    const { rows } = await fixture.database.pool.query<{ first: string }>('SELECT min(number) AS first FROM entry');
    return BigInt(rows[0]?.first ?? 0);
  }

  async function sequences(): Promise<bigint[]> {
    const { rows } = await fixture.database.pool.query<{ place: string }>(
      'SELECT final_sequence AS place FROM burned_batch UNION ALL SELECT final_sequence FROM batch ORDER BY place',
    );
    return rows.map(({ place }) => BigInt(place));
  }
});

function fail(): never {
  throw new RangeError('no batch is lost');
}
