// SPDX-License-Identifier: Apache-2.0
// A ledger whose tables stand on a disk of 48 MiB, which is filled up and emptied again while it runs.
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from '../../test/support/eventually.ts';
import {
  embeddedNetwork,
  type LedgerFixture,
  ledgerFixture,
  type TestNetwork,
  testLog,
} from '../../test/support/pipeline.ts';
import { runOnSmallDisk, type SmallDisk } from '../../test/support/small-disk.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { composePipeline, composeService, type Service } from './compose.ts';

const POSTGRES = path.resolve(import.meta.dirname, '../../test/support/postgres-on-small-disk.ts');
const WITHIN = { withinMs: 60_000, everyMs: 100 };
/** Entries of one request: some pages of table and indexes. */
const MANY = 500;

describe('ledger on a full disk (in order)', function () {
  this.timeout(120_000);
  let disk: SmallDisk;
  let network: TestNetwork;
  let fixture: LedgerFixture;
  let service: Service;
  let url: string;
  let key: string;
  let number: string;
  let accepted = 0;

  before(async function () {
    // Only root can mount a disk and run PostgreSQL on it as somebody else.
    if (process.getuid?.() !== 0) return this.skip();
    const folder = temporaryFolder();
    const env = { SMALL_DISK: folder, CLUSTER: temporaryFolder(), PG_PORT: String(await freePort()) };
    disk = runOnSmallDisk(POSTGRES, { folder, sizeMib: 48, env });
    const [, databaseUrl = ''] = await disk.program.prints(/^database: (.*)$/m, 60_000);
    network = await embeddedNetwork();
    fixture = await ledgerFixture(network, {
      LEDGER_PORT: '0',
      LEDGER_DATABASE_URL: databaseUrl,
      RATE_LIMIT_SCALE: '1000',
    });
    const onFatal = (error: Error) => {
      throw error;
    };
    service = composeService(fixture.config, testLog, composePipeline(fixture.config, { onStage: () => {}, onFatal }));
    url = `http://127.0.0.1:${await service.start()}`;
    key = readFileSync(fixture.config.apiKeyFile, 'utf8').trim();
    await eventually(async () => (await get('/readyz')).status === 200, WITHIN);
  });
  after(async () => {
    await service?.stop();
    await fixture?.close();
    await network?.stop();
    disk?.program.signal('SIGTERM');
    await disk?.program.exited;
  });

  const get = (route: string) => fetch(`${url}${route}`, { headers: { Authorization: `Bearer ${key}` } });
  const status = async (route: string) => (await get(route)).status;

  async function submit(count: number) {
    const entries = Array.from({ length: count }, () => ({
      reference: randomUUID(),
      kind: 'attestation',
      sha256: randomBytes(32).toString('hex'),
    }));
    const answer = await fetch(`${url}/v1/entries`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ entries }),
    });
    if (answer.status === 202) accepted += count;
    return answer;
  }

  const readiness = async () => (await (await get('/readyz')).json()) as { ready: boolean; parts: object };
  const finals = async () =>
    Number(
      (
        await fixture.database.pool.query(
          `SELECT count(*) FROM entry JOIN batch ON batch.id = batch_id WHERE state = 'final'`,
        )
      ).rows[0].count,
    );

  it('when there is room › takes entries, and its disk is well', async () => {
    expect((await submit(3)).status).to.equal(202);
    await eventually(async () => (await finals()) === accepted, WITHIN);
    number = (await fixture.database.pool.query('SELECT min(number) AS number FROM entry')).rows[0].number;
    expect((await readiness()).parts).to.deep.include({ disk: { ok: true } });
  });

  it('when there is none › refuses entries with the time to come back, and names the disk in /readyz', async () => {
    disk.fill();
    const refused = await eventually(async () => {
      disk.fill();
      const answer = await submit(MANY);
      return answer.status !== 202 && answer;
    }, WITHIN);
    expect(refused.status).to.equal(503);
    expect(await refused.json()).to.include({ code: 'store-unavailable' });
    expect(Number(refused.headers.get('Retry-After'))).to.be.greaterThan(0);
    expect(await status('/readyz')).to.equal(503);
    expect(await readiness()).to.deep.include({ ready: false });
    expect((await readiness()).parts).to.deep.include({
      database: { ok: true },
      disk: { ok: false, code: 'store-unavailable' },
    });
  });

  it('while it is full › answers requests, and serves proofs', async () => {
    const { rows } = await fixture.database.pool.query('SELECT id FROM entry LIMIT 1');
    for (const route of [
      '/healthz',
      `/v1/entries/${rows[0].id}`,
      `/v1/entries/${number}`,
      '/v1/entries?state=final',
      `/v1/entries/${number}/proof`,
      `/v1/entries/${number}/proof?status=none`,
      `/v1/numbers/${BigInt(number) + 1_000_000n}/absence`,
      '/v1/batches',
      '/v1/trust',
      '/metrics',
    ])
      expect(await status(route), route).to.equal(200);
  });

  it('when there is room again › is ready, takes entries and makes all of them final, without a restart', async () => {
    disk.empty();
    await eventually(async () => (await get('/readyz')).status === 200, WITHIN);
    expect((await readiness()).parts).to.deep.include({ disk: { ok: true } });
    expect((await submit(MANY)).status).to.equal(202);
    await eventually(async () => (await finals()) === accepted, WITHIN);
  });
});
