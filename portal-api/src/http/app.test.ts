// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { newPhone, PASSWORD, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { ownPostgres } from '../../../test/support/postgres.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { migrate } from '../db/migrate.ts';
import { portalOperations } from '../describe.ts';
import { ERROR_CODES } from '../errors.ts';
import { ROLES } from './members.ts';
import { PROBLEMS } from './problems.ts';

describe('HTTP', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  it('when a connection cannot be accepted › serves the next one', async () => {
    // What Node reports when the process or the machine is out of file handles.
    portal.server.emit('error', new Error('accept ENFILE'));
    expect((await portal.visitor().get('/healthz')).status).to.equal(200);
  });

  describe('CSRF', () => {
    it('when the token is missing, wrong, or of another session › refuses every unsafe method', async () => {
      const stranger = portal.visitor();
      await stranger.csrfHeader();
      for (const token of [null, 'wrong', stranger.csrfToken]) {
        const member = await portal.member();
        member.csrfToken = token;
        for (const answer of [
          await member.post('/works', { title: 'x', state: 'DRAFT' }),
          await member.put('/identity', {}),
          await member.delete('/sessions/current'),
          await member.sendBytes('POST', '/uploads', new Uint8Array(), {
            'Tus-Resumable': '1.0.0',
            'Upload-Length': '1',
          }),
          await member.sendBytes('POST', '/identity/images?side=front', new Uint8Array([1]), {
            'Content-Type': 'image/png',
          }),
        ]) {
          expect(answer).to.include({ status: 403, code: 'csrf-invalid' });
        }
        expect((await member.get('/me')).status).to.equal(200);
      }
    });

    it('when the token is missing › refuses every operation that changes something, whoever asks', async () => {
      const member = await staffMember(portal, ...ROLES);
      member.csrfToken = null;
      const operations = portalOperations().session.filter(({ method }) => method !== 'get');
      for (const { method, path } of operations) {
        const address = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
        const { code } = await member.sendBytes(method.toUpperCase(), address, Buffer.from('{}'), {
          'Content-Type': 'application/json',
        });
        expect(code, `${method} ${path}`).to.equal('csrf-invalid');
      }
      expect(operations).to.have.length.above(60);
    });

    it('when a form of another site logs in without a token › refuses', async () => {
      const client = portal.visitor();
      client.csrfToken = null;
      expect((await client.logIn(newPhone(), PASSWORD)).code).to.equal('csrf-invalid');
    });
  });

  describe('sessions', () => {
    it('without a session › refuses what belongs to members', async () => {
      const visitor = portal.visitor();
      for (const path of ['/me', '/identity', '/works', '/works/0199c1f0-0000-7000-8000-000000000000']) {
        expect(await visitor.get(path)).to.include({ status: 401, code: 'unauthenticated' });
      }
      expect(await visitor.put('/identity', {})).to.include({ status: 401, code: 'unauthenticated' });
    });

    it('sets a cookie that scripts and other sites cannot use', async () => {
      const answer = await portal.visitor().get('/csrf');
      expect(answer.headers.getSetCookie()[0]).to.match(/^inkseal=.*; Path=\/; .*HttpOnly; SameSite=Lax$/);
    });

    it('when the cookie is changed › has no session', async () => {
      const member = await portal.member();
      member.cookie = `${member.cookie?.slice(0, -4)}AAAA`;
      expect((await member.get('/me')).code).to.equal('unauthenticated');
    });

    it('when it is older than a day, however busy › ends', async () => {
      const member = await portal.member();
      await portal.db.query(
        `UPDATE session SET sess = jsonb_set(sess::jsonb, '{loggedInAt}', to_jsonb(0))::json WHERE sess->>'accountId' IS NOT NULL`,
      );
      expect((await member.get('/me')).code).to.equal('unauthenticated');
    });
  });

  describe('answers', () => {
    it('when the address is unknown, or the method › says so', async () => {
      const visitor = portal.visitor();
      expect(await visitor.get('/nothing')).to.include({ status: 404, code: 'route-not-found' });
      expect(await visitor.get('/../secret')).to.include({ status: 404, code: 'route-not-found' });
      const answer = await visitor.delete('/me');
      expect(answer).to.include({ status: 405, code: 'method-not-allowed' });
      expect(answer.headers.get('allow')).to.equal('GET, HEAD');
    });

    it('when the path has other methods › names them, also where no session is asked for', async () => {
      const allowed = async (method: string, path: string) => {
        const answer = await fetch(`${portal.url}${path}`, { method });
        expect(answer.status, path).to.equal(405);
        return answer.headers.get('allow');
      };
      for (const path of ['/healthz', '/readyz', '/metrics', '/api/v1/openapi.json'])
        expect(await allowed('POST', path)).to.equal('GET, HEAD');
      expect(await allowed('PUT', '/api/v1/lookup/1')).to.equal('GET, HEAD, POST');
      expect(await allowed('POST', '/api/v1/lookup/trust')).to.equal('GET, HEAD');
    });

    it('when the body is no JSON, too large, or of another type › says which', async () => {
      const visitor = portal.visitor();
      expect(await visitor.post('/sessions', '{"phone":')).to.include({ status: 400, code: 'malformed-json' });
      expect(await visitor.post('/sessions', { phone: 'x'.repeat(300_000) })).to.include({
        status: 413,
        code: 'payload-too-large',
      });
      const text = await visitor.sendBytes('POST', '/sessions', Buffer.from('phone=1'), {
        'Content-Type': 'text/plain',
      });
      expect(text).to.include({ status: 415, code: 'unsupported-media-type' });
    });

    it('when a field is an object, an array, or named like a prototype › only calls it malformed', async () => {
      const visitor = portal.visitor();
      const answer = await visitor.post('/sessions', { phone: { $gt: '' }, password: ['x'] });
      expect(answer.fields).to.deep.equal(['password: malformed', 'phone: malformed']);
      const strange = await visitor.post('/sessions', '{"__proto__":{"phone":"13900000001"},"constructor":1}');
      expect(strange).to.include({ status: 422, code: 'invalid-request' });
    });

    it('are problem+json with a request id that the header repeats', async () => {
      const answer = await portal.visitor().get('/nothing');
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
      expect(answer.body.instance).to.equal(answer.headers.get('x-request-id'));
      expect(answer.body).to.include({ type: 'urn:inkseal:error:route-not-found', status: 404 });
    });

    it('carry the security headers and are not cached', async () => {
      const { headers } = await portal.visitor().get('/csrf');
      expect(headers.get('content-security-policy'))
        .to.include("default-src 'self'")
        .and.to.include("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.get('x-powered-by')).to.equal(null);
      for (const path of ['/csrf', '/healthz', '/nowhere', '/openapi.json', '/uploads'])
        expect((await portal.visitor().get(path)).headers.get('permissions-policy'), path).to.include('camera=()');
    });

    it('have a status and a title for every code', () => {
      expect(Object.keys(PROBLEMS).toSorted()).to.deep.equal([...ERROR_CODES].toSorted());
      expect(new Set(ERROR_CODES).size).to.equal(ERROR_CODES.length);
    });
  });

  it('when a sender falls silent in the middle of a body › cuts them off', async () => {
    const own = await startPortal();
    own.server.timeout /= 300;
    const socket = connect(Number(new URL(own.url).port), '127.0.0.1');
    const head = 'Host: portal\r\nContent-Type: application/json\r\nContent-Length: 100';
    socket.write(`POST /api/v1/lookup/1 HTTP/1.1\r\n${head}\r\n\r\n{"code`);
    await once(socket, 'close');
    await own.stop();
  });

  it('describes its endpoints in OpenAPI, each with its errors', async () => {
    const { body } = await portal.visitor().get('/openapi.json');
    expect(body.openapi).to.equal('3.1.0');
    for (const path of ['/csrf', '/sms-codes', '/accounts', '/sessions', '/me', '/identity', '/works', '/works/{id}']) {
      expect(body.paths).to.have.property(path);
    }
    expect(body.paths['/sessions'].post.responses).to.have.keys([
      '204',
      '400',
      '401',
      '403',
      '408',
      '413',
      '415',
      '421',
      '422',
      '429',
      '500',
      '503',
    ]);
    expect(body.components.schemas.Problem.properties.code.enum).to.deep.equal([...ERROR_CODES]);
  });

  it('serves metrics on loopback, and to nobody else without the token', async () => {
    const { bytes } = await portal.visitor().get('/metrics');
    expect(bytes.toString()).to.include('process_cpu_seconds_total');
    const far = await portal.visitor().get('/metrics', { 'X-Forwarded-For': '203.0.113.7' });
    expect(far.code).to.equal('forbidden');
    // A proxy on this machine, on behalf of somebody who claims to be on it as well.
    for (const headers of [
      { 'X-Forwarded-For': '127.0.0.1' },
      { Forwarded: 'for=127.0.0.1' },
      { 'X-Forwarded-Proto': 'https' },
    ])
      expect((await portal.visitor().get('/metrics', headers)).code).to.equal('forbidden');
  });

  it('when work waits › the metrics say how much and for how long, by topic, and leave parked work out', async () => {
    await portal.db.query(
      `INSERT INTO outbox (topic, payload, created_at, run_after, parked_at) VALUES
         ('waits', '{}', now() - interval '90 s', now() + interval '1 h', NULL),
         ('waits', '{}', now() - interval '10 s', now() + interval '1 h', NULL),
         ('waits', '{}', now() - interval '1 day', now() + interval '1 h', now())`,
    );
    const text = (await portal.visitor().get('/metrics')).bytes.toString();
    await portal.db.query("DELETE FROM outbox WHERE topic = 'waits'");
    expect(text).to.match(/^inkseal_portal_outbox_waiting\{topic="waits"\} 2$/m);
    expect(text).to.match(/^inkseal_portal_outbox_parked\{topic="waits"\} 1$/m);
    const [, seconds] = /^inkseal_portal_outbox_oldest_seconds\{topic="waits"\} ([\d.]+)$/m.exec(text) ?? [];
    expect(Number(seconds)).to.be.within(90, 600);
  });

  it('logs each request with address and outcome, and neither secrets nor persons', async () => {
    const lines: string[] = [];
    const chatty = await startPortal({ environment: { LOG_LEVEL: 'trace' }, log: (line) => lines.push(line) });
    const member = await chatty.member({ verified: true });
    await member.get('/works?search=秘密');
    await chatty.db.query('ALTER TABLE account RENAME TO gone');
    expect(await member.get('/me')).to.include({ status: 500, code: 'internal' });
    await chatty.stop();
    const line = lines.map((text) => JSON.parse(text)).find(({ req }) => req?.path === '/api/v1/sessions');
    expect(line).to.deep.include({ ip: '127.0.0.1', res: { statusCode: 204 } });
    expect(line.req).to.include({ method: 'POST' });
    const text = lines.join('');
    const { phone, password, csrfToken } = member;
    const cookie = decodeURIComponent(member.cookie?.split('=')[1] ?? '').slice(2, 34);
    for (const secret of [phone, password, String(csrfToken), cookie, '测试员', '秘密', encodeURIComponent('秘密')]) {
      expect(secret).to.have.length.greaterThan(1);
      expect(text).to.not.include(secret);
    }
    expect(text).to.include('"code":"42P01"');
  });

  it('when the database goes away and comes back › answers 503 with Retry-After, then serves again', async function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const postgres = await ownPostgres({ folder });
    const url = await postgres.database('portal');
    await migrate(url);
    const own = await startPortal({ environment: { PORTAL_DATABASE_URL: url } });
    const member = await own.member();
    await postgres.kill();
    const answer = await member.get('/me');
    expect(answer).to.include({ status: 503, code: 'database-unavailable' });
    expect(Number(answer.headers.get('retry-after'))).to.be.greaterThan(0);
    const readiness = await own.visitor().get('/readyz');
    expect(readiness.status).to.equal(503);
    expect(Number(readiness.headers.get('retry-after'))).to.be.greaterThan(0);
    expect((await own.visitor().get('/healthz')).status).to.equal(200);
    const again = await ownPostgres({ folder, port: postgres.port });
    expect((await member.get('/me')).status).to.equal(200);
    await own.stop();
    await again.stop();
  });
});
