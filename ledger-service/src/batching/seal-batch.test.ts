// SPDX-License-Identifier: Apache-2.0
// Sealing on a real database: which entries get which numbers, and what the tree is made of.
import { buildTree, equalBytes, leafHash, utf8 } from '@inkseal/verifier';
import { expect } from 'chai';
import {
  embeddedNetwork,
  type PipelineBench,
  pipelineBench,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import type { Ledger } from '../ledger.ts';
import { sealBatch } from './index.ts';

/** More than the entries that are read in one piece. */
const MANY = 1_500;

describe('sealBatch', function () {
  this.timeout(60_000);
  let network: TestNetwork;
  let bench: PipelineBench;
  let ledger: Ledger;

  before(async () => {
    network = await embeddedNetwork();
    bench = await pipelineBench(network);
    ({ ledger } = await steppedLedger(bench));
  });
  after(async () => {
    await bench?.close();
    await network?.stop();
  });
  beforeEach(() => bench.database.pool.query('TRUNCATE entry, batch, batch_tree CASCADE'));

  const seal = async (maxSize = 4_096) =>
    sealBatch(ledger, { maxSize, notBefore: await ledger.chain.newestFinalHeader() });

  it('seals nothing while nothing is received', async () => {
    expect(await seal()).to.equal(undefined);
    expect(await batches()).to.deep.equal([]);
  });

  it('goes on with the number after the last of the batch before', async () => {
    for (const size of [3, 1, 4]) {
      await bench.submit(size);
      await seal();
    }
    const first = ledger.registry.firstNumber;
    expect(await batches()).to.deep.equal([
      { id: 1n, firstNumber: first, count: 3 },
      { id: 2n, firstNumber: first + 3n, count: 1 },
      { id: 3n, firstNumber: first + 4n, count: 4 },
    ]);
    expect((await entries()).map(({ number }) => number)).to.deep.equal(numbersFrom(first, 8));
  });

  it('takes the oldest entries, at most as many as it may', async () => {
    const older = await bench.submit(5);
    await bench.submit(5);
    const { count } = (await seal(5)) ?? {};
    expect(count).to.equal(5);
    expect((await entries()).map(({ id }) => id)).to.have.members(older);
  });

  it('writes the statements that the leaves are made of, in the order of their numbers', async () => {
    await bench.submit(MANY);
    const sealed = await seal();
    const rows = await entries();
    expect(rows.map(({ number }) => number)).to.deep.equal(numbersFrom(ledger.registry.firstNumber, MANY));
    for (const { number, statement } of rows) expect(JSON.parse(statement).number).to.equal(String(number));
    const { root } = buildTree(rows.map(({ statement }) => leafHash(utf8(statement))));
    expect(sealed && equalBytes(sealed.root, root)).to.equal(true);
  });

  it('gives every entry one number when several seal at once', async () => {
    await bench.submit(40);
    // Those that lose the race for the batch's number are told so, and change nothing.
    await Promise.allSettled(Array.from({ length: 4 }, () => seal(10)));
    while (await seal(10));
    expect((await entries()).map(({ number }) => number)).to.deep.equal(numbersFrom(ledger.registry.firstNumber, 40));
    const counts = (await batches()).map(({ count }) => count);
    expect(counts.reduce((total, count) => total + count, 0)).to.equal(40);
  });

  const numbersFrom = (first: bigint, count: number) =>
    Array.from({ length: count }, (_, index) => first + BigInt(index));

  async function entries(): Promise<{ id: string; number: bigint; statement: string }[]> {
    const { rows } = await bench.database.pool.query<{ id: string; number: string; statement: string }>(
      'SELECT id, number, statement FROM entry WHERE number IS NOT NULL ORDER BY number',
    );
    return rows.map(({ id, number, statement }) => ({ id, number: BigInt(number), statement }));
  }

  async function batches(): Promise<{ id: bigint; firstNumber: bigint; count: number }[]> {
    const { rows } = await bench.database.pool.query<{ id: string; first_number: string; count: number }>(
      'SELECT id, first_number, count FROM batch ORDER BY id',
    );
    return rows.map(({ id, first_number, count }) => ({ id: BigInt(id), firstNumber: BigInt(first_number), count }));
  }
});
