// SPDX-License-Identifier: Apache-2.0
// A server that was set up in another time zone, as `initdb` does on a machine in China.
import { expect } from 'chai';
import { execute } from '../../../scripts/embedded/postgres.ts';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { openPool, openSession } from './connections.ts';

describe('sessions on a server of another time zone', () => {
  let url: string;
  before(async () => {
    url = await freshDatabase();
    await execute(url, `ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET timezone = 'Asia/Shanghai'`);
  });

  const withOptions = (options: string) => `${url}?${new URLSearchParams({ options })}`;
  const settingOf = async (name: string, databaseUrl = url, options = {}) => {
    const pool = openPool(databaseUrl, { max: 1, ...options });
    try {
      return (await pool.query(`SELECT current_setting('${name}') AS value`)).rows[0].value;
    } finally {
      await pool.end();
    }
  };

  it('when a pool connects › run in UTC', async () => {
    expect(await settingOf('timezone')).to.equal('UTC');
  });

  it('when the URL and the pool have their own options › keep those, and run in UTC', async () => {
    const given = withOptions('-c statement_timeout=7s -c timezone=Asia/Tokyo');
    const own = { options: '-c lock_timeout=3s' };
    expect(await settingOf('timezone', given, own)).to.equal('UTC');
    expect(await settingOf('statement_timeout', given, own)).to.equal('7s');
    expect(await settingOf('lock_timeout', given, own)).to.equal('3s');
  });

  it('when a single session connects › runs in UTC', async () => {
    const session = openSession(url, {});
    await session.connect();
    try {
      expect((await session.query('SHOW timezone')).rows).to.deep.equal([{ TimeZone: 'UTC' }]);
    } finally {
      await session.end();
    }
  });
});
