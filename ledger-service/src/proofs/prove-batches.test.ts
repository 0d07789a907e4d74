// SPDX-License-Identifier: Apache-2.0
// When a mined batch becomes final: only when its block is, whatever becomes of other batches.
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import {
  embeddedNetwork,
  type LedgerFixture,
  ledgerFixture,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import type { Header } from '../chain/index.ts';
import type { Ledger } from '../ledger.ts';
import { proveBatches } from './index.ts';

describe('proveBatches', function () {
  this.timeout(60_000);
  let network: TestNetwork;
  let fixture: LedgerFixture;
  let ledger: Ledger;

  before(async () => {
    network = await embeddedNetwork();
    // No copy is ever made: to the steps nothing after genesis is final, so the test alone decides.
    fixture = await ledgerFixture(network, { CHAIN_DURABLE_FILE: path.join(temporaryFolder(), 'durable.json') });
    const stepped = await steppedLedger(fixture);
    ledger = stepped.ledger;
    for (let batch = 0; batch < 2; batch += 1) {
      await fixture.submit(2);
      await eventually(
        async () => {
          await stepped.advance();
          const states = await statesOf();
          return states.length === batch + 1 && states.every((state) => /mined|final/.test(state));
        },
        { withinMs: 60_000, everyMs: 50 },
      );
    }
  });
  after(async () => {
    await fixture?.close();
    await network?.stop();
  });

  it('leaves batches alone until their block is final, and waits for no batch before them', async () => {
    const [first, second] = await minedBlocks();
    if (first === undefined || second === undefined) throw new RangeError('two batches are mined');
    expect(second > first).to.equal(true);
    expect(await proveBatches(ledger, await headerAt(first - 1n))).to.equal(0);
    expect(await statesOf()).to.deep.equal(['mined', 'mined']);
    await fixture.database.pool.query(`UPDATE batch SET state = 'sent' WHERE id = 1`);
    expect(await proveBatches(ledger, await headerAt(first))).to.equal(0);
    expect(await statesOf()).to.deep.equal(['sent', 'mined']);
    expect(await proveBatches(ledger, await headerAt(second))).to.equal(1);
    expect(await statesOf()).to.deep.equal(['sent', 'final']);
    await fixture.database.pool.query(`UPDATE batch SET state = 'mined' WHERE id = 1`);
    expect(await proveBatches(ledger, await headerAt(second))).to.equal(1);
    expect(await statesOf()).to.deep.equal(['final', 'final']);
  });

  async function headerAt(block: bigint): Promise<Header> {
    const header = await ledger.chain.header(block);
    if (!header) throw new RangeError(`no block ${block}`);
    return header;
  }

  async function statesOf(): Promise<string[]> {
    const { rows } = await fixture.database.pool.query<{ state: string }>('SELECT state FROM batch ORDER BY id');
    return rows.map(({ state }) => state);
  }

  async function minedBlocks(): Promise<bigint[]> {
    const { rows } = await fixture.database.pool.query<{ mined_block: string }>(
      'SELECT mined_block FROM batch ORDER BY id',
    );
    return rows.map(({ mined_block }) => BigInt(mined_block));
  }
});
