// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { freshDatabase, ownPostgres } from '../../test/support/postgres.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { freePort } from '../processes/ports.ts';
import { execute, type Postgres } from './postgres.ts';

describe('embedded PostgreSQL', function () {
  this.timeout(60_000);
  let folder: string;
  let port: number;
  let postgres: Postgres;

  before(async () => {
    // As in a clone under a home directory that nobody else may enter, with a space in its name.
    folder = path.join(temporaryFolder(), 'my data');
    mkdirSync(folder, { mode: 0o700 });
    port = await freePort();
    postgres = await ownPostgres({ folder, port });
  });

  after(() => postgres.kill());

  it('when killed › keeps what was committed', async () => {
    const url = await postgres.database('kept');
    await execute(url, 'CREATE TABLE sample (number bigint)');
    await execute(url, 'INSERT INTO sample VALUES (7)');
    await postgres.kill();
    postgres = await ownPostgres({ folder, port });
    expect(await execute(await postgres.database('kept'), 'SELECT number FROM sample')).to.deep.equal([
      { number: '7' },
    ]);
  });

  it('when its pid file names a living stranger › starts anyway', async () => {
    await postgres.kill();
    writeFileSync(path.join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${folder}\n`);
    postgres = await ownPostgres({ folder, port });
    expect(postgres.isRunning()).to.equal(true);
  });

  it('when its set-up was cut short › sets up afresh', async () => {
    const other = temporaryFolder();
    mkdirSync(path.join(other, 'postgres.new'));
    writeFileSync(path.join(other, 'postgres.new', 'PG_VERSION'), '18\n');
    const fresh = await ownPostgres({ folder: other });
    await fresh.kill();
    expect(fresh.isRunning()).to.equal(false);
  });

  it('when the port is taken › names PG_PORT', async () => {
    const error = await ownPostgres({ folder: temporaryFolder(), port }).catch((reason: Error) => reason);
    expect(error).to.be.instanceOf(Error).with.property('message').that.includes('PG_PORT');
  });

  it('when the password is wrong › lets nobody in, from loopback either', async () => {
    const url = (await postgres.database('postgres')).replace(/:[^:@]+@/, ':wrong@');
    const error = await execute(url, 'SELECT 1').catch((reason: unknown) => reason);
    expect(error).to.have.property('code', '28P01');
  });

  it('when set up › keeps the password to the owner and writes through to the disk', async () => {
    expect(statSync(path.join(folder, 'keys', 'postgres-password')).mode & 0o777).to.equal(0o600);
    const [settings] = await execute(
      await postgres.database('postgres'),
      `SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS addresses`,
    );
    expect(settings).to.deep.equal({ fsync: 'on', addresses: '127.0.0.1' });
  });

  it('when a template is prepared › every suite gets its own clone', async () => {
    const template = {
      name: 'samples',
      prepare: async (url: string) => void (await execute(url, 'CREATE TABLE sample (n int)')),
    };
    const [first, second] = [await freshDatabase(template), await freshDatabase(template)];
    await execute(first, 'INSERT INTO sample VALUES (1)');
    expect(await execute(second, 'SELECT count(*) FROM sample')).to.deep.equal([{ count: '0' }]);
  });
});
