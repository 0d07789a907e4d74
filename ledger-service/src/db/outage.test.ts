// SPDX-License-Identifier: Apache-2.0
// PostgreSQL goes away and comes back: callers get a retryable error at once, and nothing accepted is lost.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assert } from 'chai';
import pg from 'pg';
import { execute } from '../../../scripts/embedded/postgres.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { ownPostgres } from '../../../test/support/postgres.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';

describe('ledger, when PostgreSQL is killed', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let server: Awaited<ReturnType<typeof ownPostgres>>;
  let ledger: TestLedger;
  before(async () => {
    server = await ownPostgres({ folder });
    ledger = await startLedger({ databaseUrl: await server.database('ledger') });
  });
  after(async () => {
    await ledger?.stop();
    await server?.stop();
  });

  const body = { reference: 'kept', kind: 'attestation', sha256: 'ab'.repeat(32) };

  it('answers 503 with Retry-After, names the database in /readyz, and recovers automatically', async () => {
    const accepted = await ledger.send('POST', '/v1/entries', { body });
    assert.equal(accepted.status, 202);
    await server.kill();

    const startedAt = Date.now();
    // A session of the server may outlive it for a moment.
    const refused = await eventually(async () => {
      const answer = await ledger.send('POST', '/v1/entries', { body });
      return answer.status !== 202 && answer;
    });
    assert.equal(refused.status, 503);
    assert.equal(refused.json.code, 'database-unavailable');
    assert.equal(refused.headers.get('retry-after'), '2');
    assert.isBelow(Date.now() - startedAt, 5_000);
    const ready = await ledger.send('GET', '/readyz');
    assert.deepEqual(ready.json.parts.database, { ok: false, code: 'database-unavailable' });
    assert.equal((await ledger.send('GET', '/v1/batches')).json.code, 'database-unavailable');
    assert.equal((await ledger.send('GET', '/healthz')).status, 200);

    server = await ownPostgres({ folder, port: server.port });
    const again = await eventually(async () => {
      const answer = await ledger.send('POST', '/v1/entries', { body });
      return answer.status === 202 && answer;
    });
    assert.equal(again.text, accepted.text);
    assert.isTrue((await ledger.send('GET', '/readyz')).json.parts.database.ok);
  });

  it('while it stops amid requests, accepts or answers 503, and keeps exactly what it accepted', async () => {
    const accepted = new Set<string>();
    const refused = new Set<number>();
    let isStopping = false;
    const submitUntilRefused = async (lane: number) => {
      for (let i = 0; !isStopping || refused.size === 0; i += 1) {
        const reference = `lane-${lane}-${i}`;
        const sha256 = Buffer.from(reference.padEnd(32, '.')).toString('hex');
        const { status } = await ledger.send('POST', '/v1/entries', { body: { ...body, reference, sha256 } });
        if (status === 202) accepted.add(reference);
        else refused.add(status);
        if (status !== 202 && isStopping) return;
      }
    };
    const lanes = Promise.all([1, 2, 3, 4].map(submitUntilRefused));
    await eventually(() => accepted.size > 20);
    isStopping = true;
    await server.kill();
    await lanes;
    assert.deepEqual([...refused], [503]);

    server = await ownPostgres({ folder, port: server.port });
    await eventually(async () => (await ledger.send('GET', '/readyz')).json.parts.database.ok);
    for (const reference of accepted) {
      const { json } = await ledger.send('GET', `/v1/entries?reference=${reference}`);
      assert.lengthOf(json.items, 1, reference);
    }
  });

  it('when PostgreSQL is frozen › answers 503 within the time-out, and recovers when it goes on', async () => {
    const frozen = { ...body, reference: 'frozen', sha256: 'cd'.repeat(32) };
    const pids = await processesOf(folder, ledger.databaseUrl);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const startedAt = Date.now();
      const refused = await ledger.send('POST', '/v1/entries', { body: frozen });
      assert.deepEqual([refused.status, refused.json.code], [503, 'database-unavailable']);
      assert.isBelow(Date.now() - startedAt, 13_000);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await eventually(async () => (await ledger.send('POST', '/v1/entries', { body: frozen })).status === 202);
    const { json } = await ledger.send('GET', '/v1/entries?reference=frozen');
    assert.lengthOf(json.items, 1);
  });

  it('when PostgreSQL has no connection left › answers 503, and recovers when some are free', async () => {
    const full = { ...body, reference: 'full', sha256: 'ef'.repeat(32) };
    const sessions: pg.Client[] = [];
    try {
      await fill(ledger.databaseUrl, sessions);
      const refused = await eventually(async () => {
        // Again and again: the ledger may be the first to take the place that it has lost.
        await sessions[0]?.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'inkseal-ledger'`,
        );
        await fill(ledger.databaseUrl, sessions);
        const answer = await ledger.send('POST', '/v1/entries', { body: full });
        return answer.status !== 202 && answer;
      });
      assert.deepEqual([refused.status, refused.json.code], [503, 'database-unavailable']);
    } finally {
      await Promise.all(sessions.map((session) => session.end()));
    }
    await eventually(async () => (await ledger.send('POST', '/v1/entries', { body: full })).status === 202);
  });
});

/** The server's own process, and those of the sessions. */
async function processesOf(folder: string, url: string): Promise<number[]> {
  const [own] = readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  const others = `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  const rows = await execute(url, others);
  return [own, ...rows.map(({ pid }) => pid)].map(Number);
}

/** Opens sessions until the server refuses one. */
async function fill(url: string, sessions: pg.Client[]): Promise<void> {
  const session = new pg.Client({ connectionString: url });
  session.on('error', () => {});
  const isOpen = await session.connect().then(
    () => true,
    () => false,
  );
  if (!isOpen) return;
  sessions.push(session);
  await fill(url, sessions);
}
