// SPDX-License-Identifier: Apache-2.0
// Lists by state: what a client that pulls with a cursor sees while batches move on.
import { createHash } from 'node:crypto';
import { assert } from 'chai';
import pg from 'pg';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';

const FIRST = 1_000n;
const NOTHING_BURNED = { batches: 0, numbers: 0, ranges: [] };

describe('GET /v1/entries by state', () => {
  let ledger: TestLedger;
  let pool: pg.Pool;
  beforeEach(async () => {
    ledger = await startLedger();
    pool = new pg.Pool({ connectionString: ledger.databaseUrl, max: 2 });
    const entries = Array.from({ length: 10 }, (_, index) => ({
      reference: `e${index}`,
      kind: 'attestation',
      sha256: createHash('sha256').update(`${index}`).digest('hex'),
    }));
    for (const body of entries) await ledger.send('POST', '/v1/entries', { body });
  });
  afterEach(async () => {
    await pool.end();
    await ledger.stop();
  });

  const list = async (query: string) => (await ledger.send('GET', `/v1/entries?${query}`)).json;
  const references = (page: { items: { reference: string }[] }) => page.items.map((item) => item.reference);

  it('pages through what is received, in the order of arrival', async () => {
    const first = await list('state=received&limit=4');
    assert.deepEqual(references(first), ['e0', 'e1', 'e2', 'e3']);
    assert.isTrue(first.more);
    const second = await list(`state=received&limit=6&after=${first.next}`);
    assert.deepEqual(references(second), ['e4', 'e5', 'e6', 'e7', 'e8', 'e9']);
    assert.isFalse(second.more);
  });

  it('when batches become final later, shows them after the cursor and nothing before it', async () => {
    await close(1, ['e0', 'e1', 'e2'], 'final');
    await close(2, ['e3', 'e4'], 'mined');
    await close(3, ['e5'], 'sent');
    const first = await list('state=final');
    assert.deepEqual(references(first), ['e0', 'e1', 'e2']);
    assert.deepInclude(first.items[0], { state: 'final', number: String(FIRST), batch: '1' });
    assert.deepEqual(first.items[0].links, {
      self: `/v1/entries/${first.items[0].id}`,
      batch: '/v1/batches/1',
      proof: `/v1/entries/${FIRST}/proof`,
    });
    assert.deepEqual(references(await list('state=anchored')), ['e3', 'e4']);
    assert.deepEqual(references(await list('state=sequenced')), ['e5']);

    const idle = await list(`state=final&after=${first.next}`);
    assert.deepEqual(idle, { items: [], more: false, next: first.next });
    await finish(2);
    assert.deepEqual(references(await list(`state=final&after=${idle.next}`)), ['e3', 'e4']);
  });

  it('when a later batch becomes final first, shows the earlier one behind it, in pages of any size', async () => {
    await close(1, ['e0', 'e1', 'e2'], 'mined');
    await close(2, ['e3', 'e4'], 'final');
    await close(3, ['e5', 'e6'], 'mined');
    for (const limit of [1, 2, 3, 1_000]) {
      await pool.query(`UPDATE batch SET state = 'mined', final_at = NULL, final_sequence = NULL WHERE id <> 2`);
      const seen: string[] = [];
      const idle = await readOn('', limit, seen);
      assert.deepEqual(seen, ['e3', 'e4']);
      await finish(3);
      const later = await readOn(idle, limit, seen);
      await finish(1);
      await readOn(later, limit, seen);
      assert.deepEqual(seen, ['e3', 'e4', 'e5', 'e6', 'e0', 'e1', 'e2']);
    }
  });

  it('when the cursor is from the time when it was a number, goes on behind that number', async () => {
    await close(1, ['e0', 'e1', 'e2'], 'final');
    await close(2, ['e3', 'e4'], 'final');
    await close(3, ['e5'], 'mined');
    await close(4, ['e6'], 'final');
    const old = (number: bigint) => Buffer.from(`n ${number}`).toString('base64url');
    assert.deepEqual(references(await list(`state=final&after=${old(FIRST)}`)), ['e1', 'e2', 'e3', 'e4', 'e6']);
    const behind = await list(`state=final&after=${old(FIRST + 4n)}`);
    assert.deepEqual(references(behind), ['e6']);
    await finish(3);
    assert.deepEqual(references(await list(`state=final&after=${behind.next}`)), ['e5']);
    assert.deepEqual(references(await list(`state=final&after=${old(FIRST + 4n)}`)), ['e6', 'e5']);
  });

  it("when batches hold nothing of the client's, moves its cursor past them", async () => {
    await close(1, ['e0'], 'final');
    const first = await list('state=final');
    await close(2, ['e1'], 'final');
    await pool.query(`UPDATE entry SET client_id = gen_random_uuid() WHERE reference = 'e1'`);
    const idle = await list(`state=final&after=${first.next}`);
    assert.deepEqual([idle.items, idle.more], [[], false]);
    assert.notEqual(idle.next, first.next);
    await close(3, ['e2'], 'final');
    assert.deepEqual(references(await list(`state=final&after=${idle.next}`)), ['e2']);
  });

  it('when a final entry is revoked, keeps it in the list of final ones, shown as revoked', async () => {
    await close(1, ['e0', 'e1'], 'final');
    await pool.query(
      `INSERT INTO revocation (number, reason, requested_by, state, mined_block, mined_block_hash, revoked_at)
       VALUES ($1, 4, gen_random_uuid(), 'mined', 1, '', 1)`,
      [FIRST],
    );
    assert.deepEqual(
      (await list('state=final')).items.map((item: { state: string }) => item.state),
      ['revoked', 'final'],
    );
    assert.deepEqual(references(await list('state=revoked')), ['e0']);
    const { json } = await ledger.send('GET', `/v1/entries/${FIRST}`);
    assert.equal(json.state, 'revoked');
    assert.equal(json.links.proof, `/v1/entries/${FIRST}/proof`);
  });

  it('when a revocation is only requested, does not call the entry revoked', async () => {
    await close(1, ['e0'], 'final');
    await pool.query('INSERT INTO revocation (number, reason, requested_by) VALUES ($1, 4, gen_random_uuid())', [
      FIRST,
    ]);
    assert.equal((await ledger.send('GET', `/v1/entries/${FIRST}`)).json.state, 'final');
    assert.deepEqual(references(await list('state=revoked')), []);
  });

  it('lists batches with their cursor', async () => {
    await close(1, ['e0'], 'final');
    await close(2, ['e1', 'e2'], 'sent');
    const first = (await ledger.send('GET', '/v1/batches?limit=1')).json;
    assert.isTrue(first.more);
    const second = (await ledger.send('GET', `/v1/batches?after=${first.next}`)).json;
    assert.deepInclude(second.items[0], { id: '2', firstNumber: String(FIRST + 1n), count: 2, state: 'sent' });
    assert.isFalse(second.more);
    assert.deepEqual((await ledger.send('GET', '/v1/batches/2')).json, second.items[0]);
  });

  it('gives the figures of the registry, its newest batches first', async () => {
    const figures = async () => (await ledger.send('GET', '/v1/registry')).json;
    assert.deepEqual(await figures(), {
      batches: { total: 0, final: 0 },
      entries: 0,
      revocations: 0,
      burned: NOTHING_BURNED,
      witnesses: [],
      newest: [],
    });
    await close(1, ['e0'], 'final');
    await close(2, ['e1', 'e2'], 'sent');
    await pool.query(`UPDATE batch SET closed_at = final_at - interval '1500 ms' WHERE id = 1`);
    await pool.query(
      `INSERT INTO witness_token (batch_id, authority, token, stored_at) VALUES (1, 'tsa', '\\x00', now()), (2, 'tsa', NULL, NULL)`,
    );
    const { newest, witnesses, ...counts } = await figures();
    const finality = { batches: 1, p50Ms: 1_500, p99Ms: 1_500 };
    assert.deepEqual(counts, {
      batches: { total: 2, final: 1 },
      entries: 3,
      revocations: 0,
      burned: NOTHING_BURNED,
      finality,
    });
    assert.deepInclude(witnesses[0], { authority: 'tsa', tokens: 1, missing: 1 });
    assert.deepEqual(
      newest.map(({ id, state }: { id: string; state: string }) => [id, state]),
      [
        ['2', 'sent'],
        ['1', 'final'],
      ],
    );
  });

  /** Follows the list of final entries to its end; answers the cursor. */
  async function readOn(after: string, limit: number, seen: string[]): Promise<string> {
    const page = await list(`state=final&limit=${limit}${after && `&after=${after}`}`);
    seen.push(...references(page));
    return page.more ? readOn(page.next, limit, seen) : page.next;
  }

  const finish = (id: number) =>
    pool.query(
      `UPDATE batch SET state = 'final', final_at = now(),
         final_sequence = (SELECT coalesce(max(final_sequence), 0) + 1 FROM batch) WHERE id = $1`,
      [id],
    );

  /** Writes what sequencing and anchoring would have written. */
  async function close(id: number, closed: string[], state: string): Promise<void> {
    const { rows } = await pool.query('SELECT coalesce(max(first_number + count), $1) AS first FROM batch', [FIRST]);
    const first = BigInt(rows[0].first);
    const isMined = state === 'mined' || state === 'final';
    await pool.query(
      `INSERT INTO batch (id, first_number, count, root, state, not_before_block, not_before_hash, not_before_header, closed_at,
         mined_block, mined_block_hash, anchored_at)
       VALUES ($1, $2, $3, $4, $5, 1, $4, '', now(), $6, $7, $6)`,
      [
        id,
        first,
        closed.length,
        Buffer.alloc(32, id),
        state === 'final' ? 'mined' : state,
        isMined ? 9 : null,
        isMined ? Buffer.alloc(32) : null,
      ],
    );
    if (state === 'final') await finish(id);
    for (const [index, reference] of closed.entries()) {
      await pool.query(`UPDATE entry SET number = $1, batch_id = $2, statement = '{}' WHERE reference = $3`, [
        first + BigInt(index),
        id,
        reference,
      ]);
    }
  }
});
