// SPDX-License-Identifier: Apache-2.0
// Signing on a real database: one transaction for each batch, one nonce for each transaction, in the order of batches.
import { expect } from 'chai';
import { type BatchFixture, batchFixture } from '../../../test/support/pipeline.ts';
import { CALL_GAS_LIMIT } from '../registry/index.ts';
import { signNext } from '../transactions/index.ts';
import { signBatches } from './index.ts';

const BATCHES = 6;

describe('signBatches', function () {
  this.timeout(60_000);
  let batches: BatchFixture;
  let fixture: BatchFixture['fixture'];
  let ledger: BatchFixture['ledger'];

  before(async () => {
    batches = await batchFixture();
    ({ fixture, ledger } = batches);
  });
  after(() => batches?.close());
  beforeEach(async () => {
    await batches.clear();
    for (let batch = 0; batch < BATCHES; batch += 1) {
      await fixture.submit(1);
      await batches.closeBatch();
    }
  });

  it('signs each batch once, with rising nonces, when several sign at once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => signBatches(ledger)));
    expect(await subjectsByNonce()).to.deep.equal([1, 2, 3, 4, 5, 6]);
    await requireNoncesWithoutGap();
  });

  it('signs nothing a second time', async () => {
    await signBatches(ledger);
    const before = await subjectsByNonce();
    await signBatches(ledger);
    expect(await subjectsByNonce()).to.deep.equal(before);
  });

  it('gives concurrent signers different nonces, and none to those that fail', async () => {
    const signers = Array.from({ length: 9 }, (_, index) => sign(index + 1, index % 3 === 2));
    const results = await Promise.allSettled(signers);
    expect(results.map(({ status }) => status === 'fulfilled')).to.deep.equal(results.map((_, at) => at % 3 !== 2));
    await requireNoncesWithoutGap();
  });

  it('goes on after the nonces that the key used elsewhere', async () => {
    await sign(1, false);
    await fixture.database.pool.query(
      `UPDATE chain_account SET first_nonce = 40 WHERE address = (SELECT sender FROM chain_transaction WHERE purpose = 'anchor')`,
    );
    await sign(2, false);
    await sign(3, false);
    const { rows } = await fixture.database.pool.query<{ nonce: string }>(
      `SELECT nonce FROM chain_transaction WHERE subject IN (2, 3) AND purpose = 'anchor' ORDER BY subject`,
    );
    expect(rows.map(({ nonce }) => Number(nonce))).to.deep.equal([40, 41]);
    await fixture.database.pool.query('UPDATE chain_account SET first_nonce = 0');
  });

  const sign = (subject: number, fails: boolean): Promise<void> =>
    fixture.database.transaction(async (tx) => {
      const { address, chainId } = ledger.registry;
      const request = { purpose: 'anchor', subject: BigInt(subject), to: address, data: '0x' } as const;
      const fees = { kind: 'legacy', gasPriceWei: 1n } as const;
      await signNext(tx, ledger.signers.anchorer, { ...request, gasLimit: CALL_GAS_LIMIT, chainId, fees });
      if (fails) throw new RangeError('a crash after signing');
    });

  async function subjectsByNonce(): Promise<number[]> {
    const { rows } = await fixture.database.pool.query<{ subject: string }>(
      `SELECT subject FROM chain_transaction WHERE purpose = 'anchor' ORDER BY nonce`,
    );
    return rows.map(({ subject }) => Number(subject));
  }

  async function requireNoncesWithoutGap(): Promise<void> {
    const { rows } = await fixture.database.pool.query<{ nonce: string }>(
      `SELECT nonce FROM chain_transaction JOIN chain_account ON address = sender ORDER BY nonce`,
    );
    const nonces = rows.map(({ nonce }) => Number(nonce));
    expect(nonces).to.deep.equal(nonces.map((_, index) => (nonces[0] ?? 0) + index));
  }
});
