// SPDX-License-Identifier: Apache-2.0
// The nginx configuration of deploy/ in front of two real portals on https.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect } from 'chai';
import { sendByTus } from '../../scripts/http/tus.ts';
import { eventually } from '../support/eventually.ts';
import { openLine } from '../support/line.ts';
import { hasNginx, startNginx, startNginxWith, type TestNginx } from '../support/nginx.ts';
import { createMember, expectStatus, PortalClient, startPortal, type TestPortal } from '../support/portal.ts';

const MIB = 1_048_576;
const title = 'nginx as shipped (in order)';

(hasNginx() ? describe : describe.skip)(hasNginx() ? title : `${title} (skipped: no nginx)`, function () {
  this.timeout(120_000);
  const trusted = getCACertificates('default');
  const addresses: string[] = [];
  /** Of the portals, how many requests each has answered. */
  const answered = [0, 0];
  let portal: TestPortal;
  let other: TestPortal;
  let nginx: TestNginx;
  before(async () => {
    const logOf = (index: number) => (line: string) => {
      addresses.push(JSON.parse(line).ip);
      answered[index] = (answered[index] ?? 0) + 1;
    };
    const environment = { PUBLIC_URL: 'https://localhost', LOG_LEVEL: 'info' };
    portal = await startPortal({ environment, log: logOf(0) });
    const shared = { PORTAL_DATABASE_URL: portal.db.url, INKSEAL_DATA: portal.dataFolder };
    other = await startPortal({ environment: { ...environment, ...shared }, log: logOf(1) });
    nginx = await startNginx(...[portal, other].map(({ url }) => Number(new URL(url).port)));
    setDefaultCACertificates([...trusted, nginx.certificate]);
  });
  after(async () => {
    setDefaultCACertificates(trusted);
    await nginx?.stop();
  });

  const ask = (place: string, init: RequestInit = {}) => fetch(`${nginx.url}${place}`, { redirect: 'manual', ...init });

  it('by http › leads to the same page by https, of the site’s name alone', async () => {
    const { status, headers } = await fetch(`${nginx.plainUrl}/court-guide.html?a=b`, { redirect: 'manual' });
    expect(status).to.equal(301);
    expect(headers.get('location')).to.equal('https://localhost/court-guide.html?a=b');
  });

  it('figures and readiness, however they are written › are not public', async () => {
    for (const place of ['/metrics', '/METRICS/', '/%6detrics', '//readyz', '/healthz'])
      expect((await ask(place)).status, place).to.equal(404);
    expect((await fetch(`${portal.url}/readyz`)).headers.get('content-type')).to.match(/json/);
  });

  it('what the portal calls public › is answered from the cache, and nothing else is', async () => {
    const caches = async (place: string) => {
      const { headers } = await ask(place);
      return [headers.get('x-cache'), headers.get('cache-control')];
    };
    expect(await caches('/api/v1/site')).to.deep.equal(['MISS', 'public, max-age=60']);
    expect(await caches('/api/v1/site')).to.deep.equal(['HIT', 'public, max-age=60']);
    // Both times the portal's own refusal, which nobody may keep.
    for (let i = 0; i < 2; i += 1) expect(await caches('/api/v1/lookup/none')).to.deep.equal([null, 'no-store']);
    expect(await caches('/api/v1/csrf')).to.deep.equal([null, 'no-store']);
  });

  it('the client’s address › reaches the portal, and not what the client says it is', async () => {
    addresses.length = 0;
    await ask('/api/v1/csrf', { headers: { 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=203.0.113.9' } });
    await new Promise<void>((resolve, reject) => {
      const from = { localAddress: '127.0.0.2', agent: false, ca: nginx.certificate };
      request(`${nginx.url}/api/v1/csrf`, from, (answer) => answer.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
    await eventually(async () => addresses.length === 2);
    expect(addresses).to.deep.equal(['127.0.0.1', '127.0.0.2']);
  });

  it('an upload › streams through while it is sent, and keeps its Secure cookie', async () => {
    const member = await createMember(
      { visitor: () => new PortalClient(nginx.url), smsCode: portal.smsCode },
      { verified: false },
    );
    expect(member.cookie).to.match(/^__Host-/);
    const file = randomBytes(24 * MIB);
    const created = await member.request('POST', '/uploads', {
      headers: { 'Tus-Resumable': '1.0.0', 'Upload-Length': String(file.length), 'Upload-Metadata': 'filename YQ==' },
    });
    expect(created.status).to.equal(201);
    const id = created.headers.get('location')?.split('/').at(-1) ?? '';
    const sent = request(`${nginx.url}/api/v1/uploads/${id}`, {
      method: 'PATCH',
      agent: false,
      ca: nginx.certificate,
      headers: {
        ...(await member.credentials()),
        'Tus-Resumable': '1.0.0',
        'Upload-Offset': '0',
        'Content-Type': 'application/offset+octet-stream',
        'Content-Length': String(file.length),
      },
    });
    const status = new Promise<number | undefined>((resolve, reject) => {
      sent.on('response', (answer) => resolve(answer.resume().statusCode)).on('error', reject);
    });
    sent.write(file.subarray(0, 12 * MIB));
    await eventually(async () => Number((await member.get(`/upload-status/${id}`)).body.receivedBytes) > 4 * MIB);
    sent.end(file.subarray(12 * MIB));
    expect(await status).to.equal(204);
    const stored = await eventually(async () => {
      const { body } = await member.get(`/upload-status/${id}`);
      return body.state !== 'RECEIVING' && body;
    });
    expect(stored).to.include({ state: 'COMPLETE', size: String(file.length) });
    // HEAD is not turned into GET.
    const head = await member.request('HEAD', `/uploads/${id}`, { headers: { 'Tus-Resumable': '1.0.0' } });
    expect(head.headers.get('upload-offset')).to.equal(String(file.length));
  });

  it('requests of one upload › go to all portals, and on to the others when one ends', async () => {
    const member = await createMember(
      { visitor: () => new PortalClient(nginx.url), smsCode: portal.smsCode },
      { verified: false },
    );
    const file = randomBytes(10 * MIB + 7);
    answered.fill(0);
    const original = { source: file, size: file.length, name: 'a.bin' };
    const id = await sendByTus(member, original, { chunkSize: 1_500_000 });
    for (const count of answered) expect(count).to.be.at.least(3);
    const sha256 = createHash('sha256').update(file).digest('hex');
    await eventually(async () => (await member.get(`/upload-status/${id}`)).body.sha256 === sha256);
    await other.stop();
    for (let i = 0; i < 4; i += 1) await expectStatus(200, member.get('/me'));
  });

  it('a portal that falls silent › is passed by, and whoever changed something is told to try again', async () => {
    const asked: string[] = [];
    const quick = createServer((req, res) => res.end(String(asked.push(req.method ?? '')))).listen(0, '127.0.0.1');
    await once(quick, 'listening');
    const { port } = quick.address() as AddressInfo; // a TCP server's address is never a string
    const line = await openLine(`http://127.0.0.1:${port}`);
    const impatient = await startNginxWith({ silence: '2s' }, port, line.port);
    setDefaultCACertificates([...trusted, nginx.certificate, impatient.certificate]);
    line.hold();
    const statusesOf = (method: string) =>
      Promise.all(Array.from({ length: 4 }, async () => (await fetch(impatient.url, { method })).status));
    const posted = await statusesOf('POST');
    expect(posted).to.include(503);
    expect(asked.length + posted.filter((status) => status === 503).length).to.equal(4);
    expect(await statusesOf('GET')).to.deep.equal([200, 200, 200, 200]);
    await Promise.all([impatient.stop(), line.close()]);
    quick.close();
  });

  it('another name › gets no certificate', async () => {
    const refused = fetch(nginx.url.replace('localhost', '127.0.0.1')).then(
      () => undefined,
      (error: Error) => String(error.cause),
    );
    expect(await refused).to.match(/unrecognized|alert/i);
  });

  it('while the portals are away › answers with a problem that says to try again', async () => {
    await portal.stop();
    const answer = await ask('/api/v1/csrf');
    expect(answer.status).to.equal(503);
    expect(answer.headers.get('retry-after')).to.equal('5');
    expect(answer.headers.get('content-type')).to.equal('application/problem+json');
    expect(await answer.json()).to.include({ code: 'not-ready', status: 503 });
  });
});
