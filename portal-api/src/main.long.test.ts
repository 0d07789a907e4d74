// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../test/support/eventually.ts';
import { codeReader, createMember, PortalClient } from '../../test/support/portal.ts';
import { dropDatabase, freshDatabase } from '../../test/support/postgres.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { readOrMakeKeyFile } from './crypto/key-file.ts';
import { createVault } from './crypto/vault.ts';
import { openDatabase } from './db/database.ts';
import { bindMasterKeys } from './db/master-key.ts';
import { migrate } from './db/migrate.ts';

const MAIN = path.join(import.meta.dirname, 'main.ts');

describe('main', () => {
  let databaseUrl: string;
  let folder: string;
  let port: number;
  const children: ChildProcess[] = [];
  before(async () => {
    databaseUrl = await freshDatabase();
    folder = temporaryFolder();
    port = await freePort();
    writeFileSync(path.join(folder, 'api-key'), 'x', { mode: 0o600 });
  });
  after(async () => {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
    await dropDatabase(databaseUrl);
  });

  function start(environment: Record<string, string> = {}) {
    const env = {
      PATH: process.env.PATH,
      PORTAL_DATABASE_URL: databaseUrl,
      PORT: String(port),
      INKSEAL_DATA: folder,
      LEDGER_API_KEY_FILE: path.join(folder, 'api-key'),
      SEED_REVIEWER_FILE: path.join(folder, 'keys', 'reviewer.json'),
      LOG_LEVEL: 'silent',
      ...environment,
    };
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], { env });
    children.push(child);
    let said = '';
    child.stderr?.on('data', (bytes) => {
      said += bytes;
    });
    const ended = once(child, 'close').then(([code]) => ({ code, said }));
    return { child, ended };
  }
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  const reviewer = () => JSON.parse(readFileSync(path.join(folder, 'keys', 'reviewer.json'), 'utf8'));

  it('starts, seeds a reviewer who can log in, stops on SIGTERM, and starts again with the same keys', async () => {
    const first = start();
    await eventually(isReady);
    expect(statSync(path.join(folder, 'keys', 'reviewer.json')).mode & 0o777).to.equal(0o600);
    expect(statSync(path.join(folder, 'keys', 'portal-master-key.json')).mode & 0o777).to.equal(0o600);
    const { phone, password } = reviewer();
    const client = new PortalClient(`http://127.0.0.1:${port}`);
    expect((await client.logIn(phone, password)).status).to.equal(204);
    expect((await client.get('/me')).body.roles).to.deep.equal(['reviewer']);
    first.child.kill('SIGTERM');
    expect(await first.ended).to.deep.equal({ code: 0, said: '' });

    const second = start();
    await eventually(isReady);
    expect((await client.get('/me')).status, 'the session outlives a restart').to.equal(200);
    expect(reviewer()).to.deep.equal({ phone, password });
    second.child.kill('SIGINT');
    expect(await second.ended).to.deep.equal({ code: 0, said: '' });
  });

  it('when it is stopped while a chunk is being uploaded › takes the rest of the chunk, then ends', async () => {
    const { child, ended } = start({ HTTP_STOP_WITHIN_MS: '10000', RATE_LIMIT_SCALE: '1000' });
    await eventually(isReady);
    const url = `http://127.0.0.1:${port}`;
    const smsCode = codeReader(path.join(folder, 'sms-outbox.jsonl'));
    const member = await createMember({ visitor: () => new PortalClient(url), smsCode }, { verified: true });
    const created = await member.sendBytes('POST', '/uploads', new Uint8Array(), {
      'Tus-Resumable': '1.0.0',
      'Upload-Length': '8',
      'Upload-Metadata': `filename ${btoa('a.txt')}`,
    });
    const chunk = request(`${url}/api/v1/uploads/${created.headers.get('location')?.split('/').at(-1)}`, {
      method: 'PATCH',
      headers: {
        ...(await member.csrfHeader()),
        Cookie: member.cookie,
        'Tus-Resumable': '1.0.0',
        'Upload-Offset': '0',
        'Content-Type': 'application/offset+octet-stream',
        'Content-Length': '8',
      },
    });
    const answered = once(chunk, 'response');
    chunk.write('half');
    // Until it has been seen by the portal, there is nothing under way.
    await eventually(async () => (await member.get('/me')).status === 200);
    child.kill('SIGTERM');
    const refused = () =>
      fetch(`${url}/healthz`).then(
        () => false,
        () => true,
      );
    await eventually(refused);
    chunk.end('rest');
    const [answer] = await answered;
    expect(answer.statusCode).to.equal(204);
    expect(answer.headers['upload-offset']).to.equal('8');
    expect(answer.headers.connection).to.equal('close');
    expect(await ended).to.deep.equal({ code: 0, said: '' });
  });

  it('when a connection is unused › keeps it longer than a proxy does, or as long as the setting says', async () => {
    const { child, ended } = start();
    await eventually(isReady);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).headers.get('keep-alive')).to.equal('timeout=90');
    child.kill('SIGTERM');
    await ended;
  });

  it('when another portal uses the data folder › shares it, and each serves the sessions of the other', async () => {
    const first = start();
    await eventually(isReady);
    const { phone, password } = reviewer();
    const client = new PortalClient(`http://127.0.0.1:${port}`);
    await client.logIn(phone, password);
    const other = await freePort();
    const second = start({ PORT: String(other) });
    const at = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${other}${path}`, init);
    await eventually(async () => (await at('/readyz')).ok);
    expect((await at('/api/v1/me', { headers: { Cookie: client.cookie ?? '' } })).status).to.equal(200);
    expect(await isReady()).to.equal(true);
    for (const { child, ended } of [first, second]) {
      child.kill('SIGTERM');
      await ended;
    }
  });

  it('when the portal before it is just stopping, or was killed › waits for its port and starts', async () => {
    const killed = start();
    await eventually(isReady);
    killed.child.kill('SIGKILL');
    const stopping = start();
    await eventually(isReady);
    // The next one begins while this one still has the port.
    const next = start();
    stopping.child.kill('SIGTERM');
    expect((await stopping.ended).code).to.equal(0);
    await eventually(isReady);
    expect(next.child.exitCode).to.equal(null);
    next.child.kill('SIGTERM');
    await next.ended;
  });

  it('when the port is taken › says so in one line and names the variable', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const { code, said } = await start().ended;
    other.close();
    expect(code).to.equal(1);
    expect(said).to.match(/^portal: port-unavailable: .*PORT.*\n$/);
  });

  it('when the key file is another one › refuses to start', async () => {
    await migrate(databaseUrl);
    const keyFile = path.join(folder, 'keys', 'portal-master-key.json');
    const db = openDatabase(databaseUrl);
    await bindMasterKeys(db, createVault(readOrMakeKeyFile(keyFile)));
    await db.close();
    const { code, said } = await start({ INKSEAL_KEY_FILE: path.join(folder, 'keys', 'other.json') }).ended;
    expect(code).to.equal(1);
    expect(said).to.match(/^portal: key-file-mismatch: .*\n$/);
  });

  it('when the database does not answer › says so without its password', async () => {
    const { code, said } = await start({ PORTAL_DATABASE_URL: 'postgresql://u:hidden@127.0.0.1:1/portal' }).ended;
    expect(code).to.equal(1);
    expect(said)
      .to.match(/^portal: database-unreachable: /)
      .and.to.not.include('hidden');
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  server.close();
  await once(server, 'close');
  return port;
}
