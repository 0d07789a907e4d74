// SPDX-License-Identifier: Apache-2.0
// The order in which batches become final, as a reader sees it while several processes finish them.
import { expect } from 'chai';
import pg from 'pg';
import { eventually } from '../../../test/support/eventually.ts';
import { type BatchFixture, batchFixture } from '../../../test/support/pipeline.ts';
import type { BatchProof } from './batch-proof.ts';
import { finishBatches } from './finish-batches.ts';
import type { MinedBatch } from './proofs.sql.ts';

const BATCHES = 12;

describe('finishBatches', function () {
  this.timeout(60_000);
  let batches: BatchFixture;

  before(async () => {
    batches = await batchFixture();
  });
  after(() => batches?.close());
  beforeEach(async () => {
    await batches.clear();
    for (let batch = 0; batch < BATCHES; batch += 1) {
      await batches.fixture.submit(1);
      await batches.closeBatch();
    }
    await batches.fixture.database.pool.query(
      `UPDATE batch SET state = 'mined', mined_block = 1, mined_block_hash = '', anchored_at = 1`,
    );
  });

  it('when several finish at once › shows no reader a batch while one before it is yet to appear', async () => {
    let isOver = false;
    const reading = readWhile(() => !isOver);
    const ids = Array.from({ length: BATCHES }, (_, index) => index + 1);
    await Promise.all([0, 1, 2, 3].map((part) => finish(ids.filter((id) => id % 4 === part))));
    isOver = true;
    for (const seen of await reading) expect(seen).to.deep.equal(seen.map((_, index) => index + 1));
    expect((await sequences()).toSorted((a, b) => a - b)).to.deep.equal(ids);
  });

  it('when one commits late › keeps the other waiting, so that no number appears behind it', async () => {
    const { pool } = batches.fixture.database;
    const slow = new pg.Client({ connectionString: batches.fixture.config.databaseUrl });
    await slow.connect();
    try {
      // Whoever finishes batch 1 waits for this row, with its place in the list already taken.
      await slow.query('BEGIN; SELECT FROM batch WHERE id = 2 FOR UPDATE');
      const first = finish([1, 2]);
      await eventually(async () => (await waiting(pool)) === 1);
      const second = finish([3]);
      await eventually(async () => (await waiting(pool)) === 2);
      expect(await sequences()).to.deep.equal([]);
      await slow.query('COMMIT');
      await Promise.all([first, second]);
      const { rows } = await pool.query('SELECT id, final_sequence FROM batch WHERE id <= 3 ORDER BY id');
      expect(rows.map((row) => row.final_sequence)).to.deep.equal(['1', '2', '3']);
    } finally {
      await slow.end();
    }
  });

  it('when a batch is final already › leaves its place', async () => {
    await finish([2]);
    await finish([1, 2]);
    const { rows } = await batches.fixture.database.pool.query(
      'SELECT final_sequence FROM batch WHERE id <= 2 ORDER BY id',
    );
    expect(rows.map((row) => row.final_sequence)).to.deep.equal(['2', '1']);
  });

  const finish = (ids: readonly number[]): Promise<void> => finishBatches(batches.ledger, ids.map(proofOf));

  async function sequences(): Promise<number[]> {
    const { rows } = await batches.fixture.database.pool.query<{ final_sequence: string }>(
      'SELECT final_sequence FROM batch WHERE final_sequence IS NOT NULL ORDER BY final_sequence',
    );
    return rows.map((row) => Number(row.final_sequence));
  }

  /** What a reader saw each time it looked. */
  async function readWhile(goesOn: () => boolean): Promise<number[][]> {
    const seen: number[][] = [];
    while (goesOn()) seen.push(await sequences());
    return seen;
  }

  async function waiting(pool: pg.Pool): Promise<number> {
    const { rows } = await pool.query<{ count: string }>(
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return Number(rows[0]?.count);
  }
});

/** What is stored of a proof does not matter here. */
function proofOf(id: number): BatchProof {
  const batch = { batch_id: String(id), transaction_hash: null, closed_at: new Date() } as MinedBatch; // what finishing reads
  const header = { number: 1n, hash: '', parentHash: '', timestamp: 1n, rlp: new Uint8Array() };
  return { batch, header, account: [], storage: [] };
}
