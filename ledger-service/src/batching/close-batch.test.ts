// SPDX-License-Identifier: Apache-2.0
// Closing on a real database: which entries get which numbers, and what the tree is made of.
import { buildTree, ENTRY_KINDS, encodeStatement, equalBytes, leafHash, utf8 } from '@inkseal/verifier';
import { expect } from 'chai';
import {
  embeddedNetwork,
  type LedgerFixture,
  ledgerFixture,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import type { Ledger } from '../ledger.ts';
import { closeBatch } from './index.ts';

/** More than the entries that are read in one piece. */
const MANY = 1_500;

describe('closeBatch', function () {
  this.timeout(60_000);
  let network: TestNetwork;
  let fixture: LedgerFixture;
  let ledger: Ledger;

  before(async () => {
    network = await embeddedNetwork();
    fixture = await ledgerFixture(network);
    ({ ledger } = await steppedLedger(fixture));
  });
  after(async () => {
    await fixture?.close();
    await network?.stop();
  });
  beforeEach(() => fixture.database.pool.query('TRUNCATE entry, batch, batch_tree CASCADE'));

  const close = async (maxSize = 4_096, receivedUntil = new Date()) =>
    closeBatch(ledger, { maxSize, notBefore: await ledger.chain.newestFinalHeader(), receivedUntil });

  it('closes nothing while nothing is received', async () => {
    expect(await close()).to.equal(undefined);
    expect(await batches()).to.deep.equal([]);
  });

  it('continues with the number after the last of the batch before', async () => {
    for (const size of [3, 1, 4]) {
      await fixture.submit(size);
      await close();
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
    const older = await fixture.submit(5);
    await fixture.submit(5);
    const { count } = (await close(5)) ?? {};
    expect(count).to.equal(5);
    expect((await entries()).map(({ id }) => id)).to.have.members(older);
  });

  it('leaves entries that were received later than it may take', async () => {
    const ids = await fixture.submit(2);
    await fixture.database.pool.query(`UPDATE entry SET received_at = now() + interval '1 minute' WHERE id = $1`, [
      ids[1],
    ]);
    expect((await close())?.count).to.equal(1);
    expect((await entries()).map(({ id }) => id)).to.deep.equal([ids[0]]);
    expect(await close()).to.equal(undefined);
  });

  it('writes the statements that the leaves are made of, in the order of their numbers', async () => {
    await fixture.submit(MANY);
    const closed = await close();
    const rows = await entries();
    expect(rows.map(({ number }) => number)).to.deep.equal(numbersFrom(ledger.registry.firstNumber, MANY));
    for (const { number, statement } of rows) expect(JSON.parse(statement).number).to.equal(String(number));
    const { root } = buildTree(rows.map(({ statement }) => leafHash(utf8(statement))));
    expect(closed && equalBytes(closed.root, root)).to.equal(true);
  });

  it('writes every kind, with and without SM3, at any time, as the verifier does', async () => {
    const times = ['1970-01-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z', '2026-10-25T00:30:00.050Z'];
    const sm3s = ['00'.repeat(32), 'f0'.repeat(32), undefined];
    const all = ENTRY_KINDS.flatMap((kind) =>
      times.flatMap((receivedAt) => sm3s.map((sm3) => ({ kind, receivedAt, ...(sm3 && { sm3 }) }))),
    ).map((entry, index) => ({ ...entry, sha256: (index * 7).toString(16).padStart(64, 'a') }));
    for (const { kind, receivedAt, sha256, sm3 } of all) {
      await fixture.database.pool.query(
        `INSERT INTO entry (id, client_id, reference, kind, sha256, sm3, received_at)
         VALUES (gen_random_uuid(), $1, 'r', $2, decode($3, 'hex'), decode($4, 'hex'), $5)`,
        [fixture.clientId, kind, sha256, sm3 ?? null, receivedAt],
      );
    }
    await close();
    const registry = { chainId: String(ledger.registry.chainId), contract: ledger.registry.address };
    for (const { number, statement } of await entries()) {
      const { sha256, notBefore } = JSON.parse(statement);
      const entry = all.find((one) => one.sha256 === sha256);
      if (!entry) throw new RangeError(`no entry ${sha256}`);
      const expected = encodeStatement({ v: 1, registry, number: String(number), notBefore, ...entry });
      expect(statement).to.equal(new TextDecoder().decode(expected));
    }
  });

  it('gives every entry one number when several runs close batches at once', async () => {
    await fixture.submit(40);
    // Those that lose the race for the batch's number fail, and change nothing.
    await Promise.allSettled(Array.from({ length: 4 }, () => close(10)));
    while (await close(10));
    expect((await entries()).map(({ number }) => number)).to.deep.equal(numbersFrom(ledger.registry.firstNumber, 40));
    const counts = (await batches()).map(({ count }) => count);
    expect(counts.reduce((total, count) => total + count, 0)).to.equal(40);
  });

  const numbersFrom = (first: bigint, count: number) =>
    Array.from({ length: count }, (_, index) => first + BigInt(index));

  async function entries(): Promise<{ id: string; number: bigint; statement: string }[]> {
    const { rows } = await fixture.database.pool.query<{ id: string; number: string; statement: string }>(
      'SELECT id, number, statement FROM entry WHERE number IS NOT NULL ORDER BY number',
    );
    return rows.map(({ id, number, statement }) => ({ id, number: BigInt(number), statement }));
  }

  async function batches(): Promise<{ id: bigint; firstNumber: bigint; count: number }[]> {
    const { rows } = await fixture.database.pool.query<{ id: string; first_number: string; count: number }>(
      'SELECT id, first_number, count FROM batch ORDER BY id',
    );
    return rows.map(({ id, first_number, count }) => ({ id: BigInt(id), firstNumber: BigInt(first_number), count }));
  }
});
