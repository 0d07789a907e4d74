// SPDX-License-Identifier: Apache-2.0
// The command that accepts a loss, as the operator runs it: asked, confirmed, killed and run again.
import path from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import { untilFinal } from '../../test/support/anchored.ts';
import { eventually } from '../../test/support/eventually.ts';
import {
  embeddedNetwork,
  forgetLastBatch,
  type LedgerFixture,
  ledgerFixture,
  steppedLedger,
  type TestNetwork,
} from '../../test/support/pipeline.ts';
import { runNode } from '../../test/support/processes.ts';
import { burnedFigures } from './losses/index.ts';

const CLI = path.resolve(import.meta.dirname, 'accept-loss-cli.ts');

describe('accept-loss-cli', function () {
  this.timeout(180_000);
  let network: TestNetwork;
  let fixture: LedgerFixture;

  before(async () => {
    network = await embeddedNetwork();
    fixture = await ledgerFixture(network);
  });
  after(async () => {
    await fixture?.close();
    await network?.stop();
  });

  it('when it is not confirmed, or killed in the middle › changes nothing; confirmed, burns once', async () => {
    await untilFinal(await steppedLedger(fixture), fixture, await fixture.submit(2));
    await forgetLastBatch(fixture);
    const burned = async () => (await burnedFigures(fixture.database.prisma)).numbers;
    for (const args of [[], ['--numbers', '1'], ['--numbers', '3']]) {
      const [code, output] = await command(args);
      expect([code, await burned()], output).to.deep.equal([1, 0]);
      expect(output).to.match(/batch 1: \d+ to \d+, anchored .*--numbers 2/s);
    }
    // Somebody holds a lock that it waits for, in its transaction.
    const holder = new pg.Client({ connectionString: fixture.config.databaseUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE burned_batch IN ROW EXCLUSIVE MODE');
    const doomed = runNode(CLI, ['--numbers', '2'], { env: environment() });
    await eventually(
      async () => {
        const { rows } = await fixture.database.pool.query(
          `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%LOCK TABLE%' AND pid <> pg_backend_pid()`,
        );
        return rows.length > 0;
      },
      { withinMs: 30_000 },
    );
    await doomed.kill();
    await holder.end();
    expect(await burned()).to.equal(0);

    for (const said of [/accepted: 2 numbers are burned/, /nothing is lost/]) {
      const [code, output] = await command(['--numbers', '2']);
      expect([code, await burned()], output).to.deep.equal([0, 2]);
      expect(output).to.match(said);
    }
  });

  const environment = () => ({ ...network.settings, LEDGER_DATABASE_URL: fixture.config.databaseUrl });

  async function command(args: string[]): Promise<[number | NodeJS.Signals, string]> {
    const program = runNode(CLI, args, { env: environment() });
    return [await program.exited, program.output()];
  }
});
