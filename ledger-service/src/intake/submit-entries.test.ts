// SPDX-License-Identifier: Apache-2.0
// Intake over HTTP with a real database: what is the same, what conflicts, and that nothing is ever half done.
import { createHash } from 'node:crypto';
import { assert } from 'chai';
import fc from 'fast-check';
import pg from 'pg';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';

interface Item {
  reference: string;
  kind: string;
  sha256: string;
  sm3?: string;
}

describe('POST /v1/entries', () => {
  let ledger: TestLedger;
  let pool: pg.Pool;
  before(async () => {
    ledger = await startLedger();
    pool = new pg.Pool({ connectionString: ledger.databaseUrl, max: 2 });
  });
  after(async () => {
    await pool.end();
    await ledger.stop();
  });

  const submit = (body: unknown) => ledger.send('POST', '/v1/entries', { body });

  it('when one entry is new, answers 202 with id, state, time and link, after the commit', async () => {
    const item = { reference: 'one', kind: 'attestation', sha256: digest('one'), sm3: digest('one sm3') };
    const before = Date.now();
    const { status, json } = await submit(item);
    assert.equal(status, 202);
    assert.deepInclude(json, { ...item, state: 'received', links: { self: `/v1/entries/${json.id}` } });
    assert.match(json.receivedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.isAtLeast(Date.parse(json.receivedAt), before);
    assert.isAtMost(Date.parse(json.receivedAt), Date.now());
    const { rows } = await pool.query('SELECT encode(sha256, $2) AS sha256, number FROM entry WHERE id = $1', [
      json.id,
      'hex',
    ]);
    assert.deepEqual(rows, [{ sha256: item.sha256, number: null }]);
  });

  it('when a request is repeated, gives the same bytes and adds no row', async () => {
    const body = { entries: items(50, 'again') };
    const first = await submit(body);
    const second = await submit(body);
    assert.equal(second.status, 202);
    assert.equal(second.text, first.text);
    assert.equal(await countOf('again'), 50);
  });

  it('when a list holds known and new entries, answers all in the order given', async () => {
    const known = items(3, 'mixed');
    const first = await submit({ entries: known });
    const fresh = items(6, 'mixed').reverse();
    const { json } = await submit({ entries: fresh });
    assert.deepEqual(
      json.entries.map((entry: Item) => entry.reference),
      fresh.map((item) => item.reference),
    );
    assert.deepEqual(json.entries.slice(3).reverse(), first.json.entries);
  });

  it('when a new reference names a known digest, is an alias of the same entry', async () => {
    const item = { reference: 'alias-1', kind: 'submission', sha256: digest('alias') };
    const first = await submit(item);
    const second = await submit({ ...item, reference: 'alias-2' });
    assert.deepEqual(second.json, { ...first.json, reference: 'alias-2' });
    const found = await ledger.send('GET', '/v1/entries?reference=alias-2');
    assert.deepEqual(found.json.items, [second.json]);
  });

  it('when a reference comes back with other content, refuses with reference-conflict', async () => {
    const item = { reference: 'taken', kind: 'attestation', sha256: digest('taken') };
    await submit(item);
    for (const other of [{ sha256: digest('other') }, { kind: 'registration' }, { sm3: digest('taken') }]) {
      const { status, json } = await submit({ entries: [items(1, 'bystander')[0], { ...item, ...other }] });
      assert.equal(status, 409);
      assert.equal(json.code, 'reference-conflict');
      assert.deepEqual(json.errors, [{ index: 1, field: 'reference', code: 'reference-conflict' }]);
    }
    assert.equal(await countOf('bystander'), 0, 'all or nothing');
  });

  it('when a digest comes back under a new reference with another kind or SM3, refuses with digest-conflict', async () => {
    const item = { reference: 'digest-1', kind: 'attestation', sha256: digest('digest'), sm3: digest('digest sm3') };
    await submit(item);
    const { sm3: _, ...withoutSm3 } = item;
    for (const other of [{ ...item, kind: 'submission' }, { ...item, sm3: digest('x') }, withoutSm3]) {
      const { status, json } = await submit({ entries: [items(1, 'nobody')[0], { ...other, reference: 'digest-2' }] });
      assert.equal(status, 409);
      assert.equal(json.code, 'digest-conflict');
      assert.deepEqual(json.errors, [{ index: 1, field: 'sha256', code: 'digest-conflict' }]);
    }
    assert.equal(await countOf('nobody'), 0, 'all or nothing');
  });

  it('when one request contradicts itself, names each item that does', async () => {
    const [a, b] = items(2, 'inside') as [Item, Item];
    const reference = await submit({ entries: [a, b, { ...b, reference: a.reference }] });
    assert.equal(reference.json.code, 'reference-conflict');
    assert.deepEqual(reference.json.errors, [{ index: 2, field: 'reference', code: 'reference-conflict' }]);
    const kind = await submit({ entries: [a, { ...a, reference: 'inside-x', kind: 'registration' }] });
    assert.equal(kind.json.code, 'digest-conflict');
    assert.deepEqual(kind.json.errors, [{ index: 1, field: 'sha256', code: 'digest-conflict' }]);
    assert.equal(await countOf('inside'), 0);
  });

  it('when one request repeats an entry or adds an alias, accepts it once', async () => {
    const [a] = items(1, 'repeated') as [Item];
    const { status, json } = await submit({ entries: [a, a, { ...a, reference: 'repeated-alias' }] });
    assert.equal(status, 202);
    assert.equal(new Set(json.entries.map((entry: { id: string }) => entry.id)).size, 1);
    assert.equal(json.entries[2].reference, 'repeated-alias');
    assert.equal(await countOf('repeated'), 1);
  });

  it('when fields are wrong, names each of them with its index and writes nothing', async () => {
    const [good] = items(1, 'good') as [Item];
    const { status, json } = await submit({
      entries: [
        good,
        { reference: 'has space', kind: 'poem', sha256: digest('x').toUpperCase(), sm3: null, extra: 1 },
        7,
        { ...good, sha256: 1 },
      ],
    });
    assert.equal(status, 422);
    assert.equal(json.code, 'entry-invalid');
    assert.deepEqual(json.errors, [
      { index: 1, field: 'reference', code: 'malformed' },
      { index: 1, field: 'kind', code: 'malformed' },
      { index: 1, field: 'sha256', code: 'malformed' },
      { index: 1, field: 'sm3', code: 'malformed' },
      { index: 1, field: 'extra', code: 'unknown' },
      { index: 2, field: '', code: 'malformed' },
      { index: 3, field: 'sha256', code: 'malformed' },
    ]);
    assert.equal(await countOf('good'), 0);
  });

  it('when there are 10,000 entries, accepts them all; one more, or none, is out of range', async () => {
    const most = items(10_000, 'most');
    const { status, json } = await submit({ entries: most });
    assert.equal(status, 202);
    assert.lengthOf(json.entries, 10_000);
    assert.equal(await countOf('most'), 10_000);
    for (const entries of [[...most, ...items(1, 'more')], []]) {
      const refused = await submit({ entries });
      assert.equal(refused.status, 400);
      assert.deepEqual(refused.json.errors, [{ field: 'entries', code: 'out-of-range' }]);
    }
  });

  it('when overlapping requests run at once, never deadlocks, doubles or contradicts itself', async function () {
    this.timeout(60_000);
    // Few references and digests in any order and pairing: nearly every request meets others on both indexes.
    const item = fc.record({
      name: fc.nat(11),
      digest: fc.nat(11),
      kind: fc.constantFrom('attestation', 'registration'),
    });
    const request = fc.array(item, { minLength: 1, maxLength: 12 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 8 }), async (requests) => {
        run += 1;
        const bodies = requests.map((list) => ({
          entries: list.map(({ name, digest: which, kind }) => ({
            reference: `r${run}-${name}`,
            kind,
            sha256: digest(`d${run}-${which}`),
          })),
        }));
        const answers = await Promise.all(bodies.map(submit));
        for (const { status } of answers) assert.include([202, 409], status);

        const retried = await Promise.all(bodies.map(submit));
        answers.forEach((answer, index) => {
          // What was accepted stays accepted, with the same answer; what conflicted still contradicts the winner.
          if (answer.status === 202) assert.equal(retried[index]?.text, answer.text);
          else assert.equal(retried[index]?.status, 409);
        });
        const accepted = bodies.flatMap((body, index) => (answers[index]?.status === 202 ? body.entries : []));
        const { rows } = await pool.query(
          `SELECT n.reference, e.kind, encode(e.sha256, 'hex') AS sha256 FROM entry_reference n JOIN entry e ON e.id = n.entry_id
           WHERE n.reference LIKE $1`,
          [`r${run}-%`],
        );
        assert.sameDeepMembers(rows, [...new Map(accepted.map((entry) => [entry.reference, entry])).values()]);
        assert.equal(await countOf(`r${run}`), new Set(accepted.map((entry) => entry.sha256)).size);
      }),
      { numRuns: 40 },
    );
  });

  it('when large shuffled lists of the same entries come at once, all get the same ids', async function () {
    this.timeout(60_000);
    const list = items(2_000, 'shuffled');
    const answers = await Promise.all(
      [3, 7, 11, 13].map((step) => submit({ entries: list.map((_, index) => list[(index * step) % list.length]) })),
    );
    const ids = answers.map(({ status, json }) => {
      assert.equal(status, 202);
      return json.entries
        .map((entry: { reference: string; id: string }) => `${entry.reference} ${entry.id}`)
        .sort()
        .join();
    });
    assert.equal(new Set(ids).size, 1);
    assert.equal(await countOf('shuffled'), 2_000);
  });

  async function countOf(prefix: string): Promise<number> {
    const { rows } = await pool.query('SELECT count(*)::int AS count FROM entry WHERE reference LIKE $1', [
      `${prefix}-%`,
    ]);
    return rows[0].count;
  }
});

function items(count: number, prefix: string): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    reference: `${prefix}-${index}`,
    kind: 'attestation',
    sha256: digest(`${prefix} ${index}`),
  }));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
