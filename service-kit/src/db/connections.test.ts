// SPDX-License-Identifier: Apache-2.0
// Two real servers, each told whether it takes writes.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import type pg from 'pg';
import { execute, type Postgres } from '../../../scripts/embedded/postgres.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { ownPostgres } from '../../../test/support/postgres.ts';
import { openPool, openSession } from './connections.ts';

describe('connections to several hosts', function () {
  this.timeout(120_000);
  let servers: [Postgres, Postgres];
  let passwords: [string, string];
  const pools: pg.Pool[] = [];
  before(async () => {
    servers = await Promise.all([ownPostgres(), ownPostgres()]);
    const urls = await Promise.all(servers.map((server) => server.database('postgres')));
    passwords = urls.map((url) => new URL(url).password) as [string, string]; // one of each server
    // They share a password, as a primary and its standby do.
    await execute(urls[1] ?? '', `ALTER ROLE inkseal PASSWORD '${passwords[0]}'`);
  });
  beforeEach(async () => {
    await readOnly(0, true);
    await readOnly(1, false);
  });
  afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.end();
  });
  after(() => Promise.all(servers.map((server) => server.kill())));

  const urlOf = (hosts: string, password = passwords[0]) => `postgresql://inkseal:${password}@${hosts}/postgres`;
  const both = () => servers.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const readOnly = async (index: 0 | 1, isOn: boolean) => {
    const url = urlOf(`127.0.0.1:${servers[index].port}`);
    await execute(url, `ALTER SYSTEM SET default_transaction_read_only = ${isOn ? 'on' : 'off'}`);
    await execute(url, 'SELECT pg_reload_conf()');
    await eventually(async () => {
      const [row] = await execute(url, 'SHOW transaction_read_only');
      return row?.transaction_read_only === (isOn ? 'on' : 'off');
    });
  };
  const pooled = (url: string) => {
    const pool = openPool(url, { max: 3, connectionTimeoutMillis: 2_000 });
    pool.on('error', () => {});
    pools.push(pool);
    return pool;
  };
  const portOf = async (pool: pg.Pool) =>
    Number((await pool.query("SELECT current_setting('port') AS port")).rows[0].port);

  it('when the first host only reads › goes to the other one', async () => {
    expect(await portOf(pooled(urlOf(both())))).to.equal(servers[1].port);
  });

  it('when one host never answers › reaches the other one within the time for a connection', async () => {
    const held: Socket[] = [];
    const silent = await listen((socket) => held.push(socket));
    const { port } = silent.address() as AddressInfo; // a TCP server's address is never a string
    expect(await portOf(pooled(urlOf(`127.0.0.1:${port},127.0.0.1:${servers[1].port}`)))).to.equal(servers[1].port);
    for (const socket of held) socket.destroy();
    silent.close();
  });

  it('when the hosts change places while sessions are open › fails at most once for each, then writes to the other', async () => {
    const pool = pooled(urlOf(both()));
    const open = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
    for (const client of open) client.release();
    await readOnly(1, true);
    await readOnly(0, false);
    let failures = 0;
    const write = () =>
      pool.query('CREATE TABLE IF NOT EXISTS written (at timestamptz)').then(
        () => true,
        (error) => {
          expect(error.code ?? error.message).to.match(/^25006$|^Connection terminated/);
          failures += 1;
          return false;
        },
      );
    await eventually(write);
    expect(failures).to.be.at.most(open.length);
    expect(await portOf(pool)).to.equal(servers[0].port);
  });

  it('when no host takes writes › is an outage, and works again as soon as one does', async () => {
    await readOnly(1, true);
    const pool = pooled(urlOf(both()));
    expect((await pool.query('SELECT 1').catch((error) => error)).code).to.equal('08003');
    await readOnly(1, false);
    expect(await portOf(pool)).to.equal(servers[1].port);
  });

  it('when the password is wrong › says that, and not that the hosts are unreachable', async () => {
    const failure = await pooled(urlOf(both(), 'wrong'))
      .query('SELECT 1')
      .catch((error) => error);
    expect(failure.code).to.equal('28P01');
  });

  it('when one host is named without a preference › connects to it, whatever it takes', async () => {
    expect(await portOf(pooled(urlOf(`127.0.0.1:${servers[0].port}`)))).to.equal(servers[0].port);
  });

  it('when a dedicated session is opened › goes to the writable host as well', async () => {
    const session = openSession(urlOf(both()), { application_name: 'test' });
    await session.connect();
    expect(session.port).to.equal(servers[1].port);
    await session.end();
  });

  it('when a session is ended before its host is found › never connects', async () => {
    const session = openSession(urlOf(both()), {});
    const connected = session.connect().catch((error: Error) => error.message);
    await session.end();
    expect(await connected).to.equal('Connection terminated');
  });
});

async function listen(onSocket: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onSocket).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
