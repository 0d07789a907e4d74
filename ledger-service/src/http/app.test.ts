// SPDX-License-Identifier: Apache-2.0
// What every caller of the HTTP interface may count on: problems, authorisation, limits, headers, probes.
import { createHash } from 'node:crypto';
import { assert } from 'chai';
import pg from 'pg';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { addKey, listKeys, revokeKey, type Scope } from '../api-keys/index.ts';
import { createDb } from '../db/database.ts';

const ID = '00000000-0000-4000-8000-000000000000';

describe('HTTP interface', () => {
  let ledger: TestLedger;
  before(async () => {
    ledger = await startLedger();
  });
  after(() => ledger.stop());

  describe('problems', () => {
    const entry = { reference: 'p', kind: 'attestation', sha256: 'ab'.repeat(32) };
    const cases: [title: string, request: Parameters<TestLedger['send']>, status: number, code: string][] = [
      ['an unknown route', ['GET', '/v2/entries'], 404, 'route-not-found'],
      ['the root', ['GET', '/'], 404, 'route-not-found'],
      ['a path that is no UTF-8', ['GET', '/v1/entries/%ff'], 400, 'invalid-request'],
      ['a wrong method', ['DELETE', '/v1/entries'], 405, 'method-not-allowed'],
      ['no key', ['GET', '/v1/batches', { key: null }], 401, 'unauthorized'],
      ['a key of another form', ['GET', '/v1/batches', { key: 'hunter2' }], 401, 'unauthorized'],
      ['an unknown key', ['GET', '/v1/batches', { key: `inkseal_${'A'.repeat(43)}` }], 401, 'unauthorized'],
      ['another scheme', ['GET', '/v1/batches', { headers: { authorization: 'Basic eDp5' } }], 401, 'unauthorized'],
      ['a body that is no JSON', ['POST', '/v1/entries', { body: '{"reference":' }], 400, 'invalid-request'],
      ['a body that is a JSON string', ['POST', '/v1/entries', { body: '"x"' }], 400, 'invalid-request'],
      ['no body', ['POST', '/v1/entries'], 415, 'unsupported-media-type'],
      [
        'another media type',
        ['POST', '/v1/entries', { body: entry, headers: { 'content-type': 'text/plain' } }],
        415,
        'unsupported-media-type',
      ],
      [
        'another charset',
        ['POST', '/v1/entries', { body: entry, headers: { 'content-type': 'application/json; charset=gbk' } }],
        415,
        'unsupported-media-type',
      ],
      [
        'a body in UTF-16',
        ['POST', '/v1/entries', { body: entry, headers: { 'content-type': 'application/json; charset=utf-16' } }],
        415,
        'unsupported-media-type',
      ],
      [
        'a compressed body',
        ['POST', '/v1/entries', { body: entry, headers: { 'content-encoding': 'gzip' } }],
        415,
        'unsupported-media-type',
      ],
      [
        'too large a body',
        ['POST', '/v1/entries', { body: `{"reference":"${'x'.repeat(8 * 1024 * 1024)}"}` }],
        413,
        'payload-too-large',
      ],
      ['an unknown id', ['GET', '/v1/entries/00000000-0000-4000-8000-000000000000'], 404, 'entry-not-found'],
      ['an unknown number', ['GET', '/v1/entries/100000000000000001'], 404, 'entry-not-found'],
      ['a malformed number', ['GET', '/v1/entries/0123'], 400, 'invalid-request'],
      ['a number beyond 63 bits', ['GET', '/v1/entries/9223372036854775808'], 400, 'invalid-request'],
      ['a proof of an unknown number', ['GET', '/v1/entries/100000000000000001/proof'], 404, 'entry-not-found'],
      [
        'a revocation of an unknown number',
        ['POST', '/v1/entries/5/revocation', { body: { reason: 'duplicate' } }],
        404,
        'entry-not-found',
      ],
      ['a revocation without a reason', ['POST', '/v1/entries/5/revocation', { body: {} }], 400, 'invalid-request'],
      [
        'a revocation for no known reason',
        ['POST', '/v1/entries/5/revocation', { body: { reason: 'spite' } }],
        400,
        'invalid-request',
      ],
      ['an unknown batch', ['GET', '/v1/batches/77'], 404, 'batch-not-found'],
      ['a list by nothing', ['GET', '/v1/entries'], 400, 'invalid-request'],
      ['a list by two things', ['GET', '/v1/entries?state=final&reference=x'], 400, 'invalid-request'],
      ['a cursor that is not ours', ['GET', '/v1/entries?state=final&after=aGVsbG8'], 400, 'invalid-request'],
      ['a cursor beyond 63 bits', ['GET', pageAfter('final', 'n 9223372036854775808')], 400, 'invalid-request'],
      [
        'a cursor of no such day',
        ['GET', pageAfter('received', `r 2026-02-30T00:00:00.000Z ${ID}`)],
        400,
        'invalid-request',
      ],
      [
        'a cursor of the year 0',
        ['GET', pageAfter('received', `r 0000-01-01T00:00:00.000Z ${ID}`)],
        400,
        'invalid-request',
      ],
      [
        'a cursor of no id',
        ['GET', pageAfter('received', `r 2026-02-28T00:00:00.000Z ${'-'.repeat(36)}`)],
        400,
        'invalid-request',
      ],
      ['too high a limit', ['GET', '/v1/batches?limit=101'], 400, 'invalid-request'],
      ['too high a limit of entries', ['GET', '/v1/entries?state=final&limit=1001'], 400, 'invalid-request'],
      ['a chain that is down', ['GET', '/v1/numbers/5/absence'], 503, 'chain-unavailable'],
    ];
    for (const [title, request, status, code] of cases) {
      it(`when there is ${title}, answers ${status} ${code}`, async () => {
        const answer = await ledger.send(...request);
        assert.equal(answer.status, status);
        assert.equal(answer.headers.get('content-type'), 'application/problem+json');
        assert.equal(answer.json.code, code);
        assert.equal(answer.json.status, status);
        assert.equal(answer.json.type, `urn:inkseal:ledger:error:${code}`);
        assert.equal(answer.json.instance, answer.headers.get('x-request-id'));
        assert.notMatch(answer.text, /node_modules|\.ts:|Error:/);
      });
    }

    it('when the method is wrong, names those that are right', async () => {
      assert.equal((await ledger.send('PUT', '/v1/entries')).headers.get('allow'), 'POST, GET, HEAD');
    });

    it('when the same may work later, says when to try again', async () => {
      assert.equal((await ledger.send('GET', '/v1/trust')).headers.get('retry-after'), '2');
    });

    it('when a stranger sends a body, answers before reading it', async () => {
      const { status } = await ledger.send('POST', '/v1/entries', { key: null, body: '{"broken' });
      assert.equal(status, 401);
    });
  });

  describe('answers', () => {
    it('carry the headers of a careful server', async () => {
      const { headers } = await ledger.send('GET', '/v1/batches');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.isNull(headers.get('x-powered-by'));
      assert.equal(headers.get('content-type'), 'application/json; charset=utf-8');
    });
  });

  describe('API keys', () => {
    it('when the scope is missing, are refused with forbidden; when revoked, with unauthorized', async () => {
      const database = createDb(ledger.databaseUrl);
      try {
        const { id, key } = await addKey(database, {
          client: 'reader',
          label: 'test',
          scopes: ['read'] satisfies Scope[],
        });
        assert.equal((await ledger.send('GET', '/v1/batches', { key })).status, 200);
        const refused = await ledger.send('POST', '/v1/entries', { key, body: {} });
        assert.equal(refused.status, 403);
        assert.deepEqual(refused.json.details, { scope: 'submit' });
        assert.isTrue(await revokeKey(database.prisma, id));
        assert.isFalse(await revokeKey(database.prisma, id), 'a second time changes nothing');
        assert.equal((await ledger.send('GET', '/v1/batches', { key })).json.code, 'unauthorized');
        assert.include(
          (await listKeys(database.prisma)).map((listed) => `${listed.client} ${listed.revokedAt !== null}`),
          'reader true',
        );
      } finally {
        await database.close();
      }
    });

    it('of another client see none of its entries, and may use the same reference and digest', async () => {
      const database = createDb(ledger.databaseUrl);
      try {
        const { key } = await addKey(database, {
          client: 'neighbour',
          label: 'test',
          scopes: ['submit', 'read'],
        });
        const body = { reference: 'shared', kind: 'attestation', sha256: digest('shared') };
        const ours = await ledger.send('POST', '/v1/entries', { body });
        assert.equal((await ledger.send('GET', `/v1/entries/${ours.json.id}`, { key })).status, 404);
        for (const query of ['reference=shared', `sha256=${digest('shared')}`]) {
          const { status, json } = await ledger.send('GET', `/v1/entries?${query}`, { key });
          assert.deepEqual([status, json.code], [404, 'entry-not-found']);
        }
        const theirs = await ledger.send('POST', '/v1/entries', { key, body });
        assert.equal(theirs.status, 202);
        assert.notEqual(theirs.json.id, ours.json.id);
      } finally {
        await database.close();
      }
    });

    it('are never stored', async () => {
      const pool = new pg.Pool({ connectionString: ledger.databaseUrl });
      const { rows } = await pool.query(`SELECT k::text AS row, digest FROM api_key k WHERE label = 'first key'`);
      await pool.end();
      assert.notInclude(rows[0].row, ledger.key.slice('inkseal_'.length));
      assert.equal(rows[0].digest.toString('hex'), digest(ledger.key));
    });
  });

  describe('GET /readyz', () => {
    it('when a part is down, answers 503 and names it', async () => {
      const { status, headers, json } = await ledger.send('GET', '/readyz', { key: null });
      assert.equal(status, 503);
      assert.isNotNull(headers.get('retry-after'));
      assert.isFalse(json.ready);
      assert.deepEqual(json.parts.chain, { ok: false, code: 'chain-unavailable' });
      assert.deepEqual(json.parts.database, { ok: true });
    });
  });

  it('sends the security headers with every answer, and leaves https to the proxy', async () => {
    for (const path of ['/healthz', '/v1/entries', '/nowhere', '/v1/openapi.json']) {
      const { headers } = await ledger.send('GET', path, { key: null });
      assert.include(headers.get('permissions-policy'), 'camera=()', path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('strict-transport-security'), null, path);
    }
  });

  describe('GET /metrics', () => {
    it('on loopback, tells the backlog and the requests', async () => {
      await ledger.send('POST', '/v1/entries', { body: { reference: 'm', kind: 'attestation', sha256: digest('m') } });
      const { status, text } = await ledger.send('GET', '/metrics', { key: null });
      assert.equal(status, 200);
      assert.match(text, /^inkseal_ledger_queue_depth_entries [1-9]/m);
      assert.match(text, /^inkseal_ledger_oldest_unsequenced_age_seconds \d/m);
      assert.match(text, /request_duration_seconds_count\{method="post",route="\/v1\/entries",status="202"\} [1-9]/);
    });

    it('when it comes through a proxy on this machine › is refused', async () => {
      for (const headers of [{ 'X-Forwarded-For': '127.0.0.1' }, { Forwarded: 'for=127.0.0.1' }, { Via: '1.1 proxy' }])
        assert.equal((await ledger.send('GET', '/metrics', { key: null, headers })).status, 401);
    });

    it('tells how long the oldest batch waits for its anchor to be final', async () => {
      const age = async () => {
        const { text } = await ledger.send('GET', '/metrics', { key: null });
        return Number(/^inkseal_ledger_oldest_unanchored_age_seconds (\S+)$/m.exec(text)?.[1]);
      };
      assert.equal(await age(), 0);
      const pool = new pg.Pool({ connectionString: ledger.databaseUrl });
      await pool.query(
        `INSERT INTO batch (id, first_number, count, root, state, not_before_block, not_before_hash, not_before_header, closed_at)
         VALUES (1, 1, 1, sha256('root'), 'sent', 0, '', '', now() - interval '1 hour')`,
      );
      assert.approximately(await age(), 3_600, 60);
      await pool.query(
        `UPDATE batch SET state = 'final', final_at = now(), final_sequence = 1, mined_block = 1, mined_block_hash = '', anchored_at = 1`,
      );
      assert.equal(await age(), 0);
      await pool.end();
    });

    it('with a token set, answers only who gives it', async () => {
      const token = 'a-token-of-some-length';
      const guarded = await startLedger({ environment: { METRICS_TOKEN: token } });
      try {
        assert.equal((await guarded.send('GET', '/metrics', { key: null })).status, 401);
        assert.equal((await guarded.send('GET', '/metrics', { key: `${token}x` })).status, 401);
        assert.equal((await guarded.send('GET', '/metrics', { key: token })).status, 200);
      } finally {
        await guarded.stop();
      }
    });
  });
});

function pageAfter(state: string, cursor: string): string {
  return `/v1/entries?state=${state}&after=${Buffer.from(cursor).toString('base64url')}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
