// SPDX-License-Identifier: Apache-2.0

import { expect } from 'chai';
import { untilFinal } from '../../../test/support/anchored.ts';
import { eventually } from '../../../test/support/eventually.ts';
import {
  embeddedNetwork,
  type LedgerFixture,
  ledgerFixture,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import { ownPostgres } from '../../../test/support/postgres.ts';
import { startPostgresPair } from '../../../test/support/standby.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { migrate } from '../db/migrate.ts';

describe('anchoring of rows that are kept elsewhere', function () {
  this.timeout(120_000);
  let network: TestNetwork;
  before(async () => {
    network = await embeddedNetwork();
  });
  after(() => network.stop());

  const fixtureOn = async (url: string, FINAL_AFTER: string) => {
    await migrate(url);
    return ledgerFixture(network, { LEDGER_DATABASE_URL: url, FINAL_AFTER });
  };
  const statesOf = async ({ database }: LedgerFixture) =>
    (await database.prisma.batch.findMany({ orderBy: { id: 'asc' }, select: { state: true } })).map(
      ({ state }) => state,
    );

  it('when the log is archived › signs a batch only then, and a revocation too', async () => {
    const archive = { backups: temporaryFolder(), everySeconds: 3_600 };
    const postgres = await ownPostgres({ archive });
    const fixture = await fixtureOn(await postgres.database('ledger'), 'archived');
    const { pool, prisma } = fixture.database;
    const archiveAll = async () => {
      const { rows } = await pool.query('SELECT pg_walfile_name(pg_current_wal_lsn()) AS file');
      await pool.query('SELECT pg_switch_wal()');
      await eventually(async () => {
        const found = await pool.query('SELECT FROM pg_stat_archiver WHERE last_archived_wal >= $1', [rows[0]?.file]);
        return found.rowCount === 1;
      });
    };
    const stepped = await steppedLedger(fixture);
    const [first = ''] = await fixture.submit(1);
    for (let turn = 0; turn < 3; turn += 1) await stepped.advance();
    expect(await statesOf(fixture)).to.deep.equal(['closed']);
    await archiveAll();
    // Written after what is archived: it waits for the next file, and the first batch does not wait for it.
    const [second = ''] = await fixture.submit(1);
    await stepped.steps.closeBatch();
    await untilFinal(stepped, fixture, [first]);
    expect(await statesOf(fixture)).to.deep.equal(['final', 'closed']);
    await archiveAll();
    await untilFinal(stepped, fixture, [second]);

    const { number } = await prisma.entry.findUniqueOrThrow({ where: { id: first }, select: { number: true } });
    await prisma.revocation.create({ data: { number: number ?? 0n, reason: 1, requestedBy: fixture.clientId } });
    // The second look after older work is due after a while: until then nothing would be signed anyway.
    const dueAt = Date.now() + 1_000;
    await eventually(async () => (await stepped.advance()) ?? Date.now() > dueAt);
    const stateOf = async () => (await prisma.revocation.findFirstOrThrow()).state;
    expect(await stateOf()).to.equal('pending');
    await archiveAll();
    await eventually(async () => {
      await stepped.advance();
      return (await stateOf()) === 'final';
    });
    await fixture.close();
    await postgres.kill();
  });

  it('when a standby follows › signs only what a synchronous one has', async () => {
    const pair = await startPostgresPair(['ledger']);
    const fixture = await fixtureOn(pair.url('ledger'), 'standby');
    const stepped = await steppedLedger(fixture);
    const ids = await fixture.submit(2);
    for (let turn = 0; turn < 3; turn += 1) await stepped.advance();
    expect(await statesOf(fixture)).to.deep.equal(['closed']);
    await fixture.database.pool.query(`ALTER SYSTEM SET synchronous_standby_names = '*'`);
    await fixture.database.pool.query('SELECT pg_reload_conf()');
    await untilFinal(stepped, fixture, ids);
    await fixture.close();
    await pair.stop();
  });
});
