// SPDX-License-Identifier: Apache-2.0
// The way to the portal: the token, the second try, and what becomes of a refusal.
import { expect } from 'chai';
import { ApiError } from './api-error.ts';
import { call, csrfToken, forgetCsrfToken, link } from './client.ts';
import { isSessionExpired, signedIn } from './session-gate.ts';

interface Asked {
  method: string;
  address: string;
  token: string | null;
  type: string | null;
  body: string;
}

describe('call', () => {
  const own = globalThis.fetch;
  let asked: Asked[];
  let answers: Response[];
  beforeEach(() => {
    asked = [];
    answers = [];
    forgetCsrfToken();
    let tokens = 0;
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      if (pathname.endsWith('/csrf')) return json(200, { token: `token-${++tokens}` });
      const { method, headers } = request;
      const type = headers.get('Content-Type');
      asked.push({
        method,
        address: pathname + search,
        token: headers.get('X-CSRF-Token'),
        type,
        body: await request.text(),
      });
      return answers.shift() ?? json(200, {});
    };
  });
  afterEach(() => {
    signedIn();
    globalThis.fetch = own;
  });

  const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
  const problem = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) =>
    json(status, { code, ...more }, { 'Content-Type': 'application/problem+json', ...headers });
  const works = () => call('get', '/works', { query: { limit: '20', search: '鹤 & 华' } });
  const remove = () => call('delete', '/works/{id}', { params: { id: 'a/b' } });
  const failure = (promise: Promise<unknown>): Promise<ApiError> =>
    promise.then(
      () => {
        throw new RangeError('it did not fail');
      },
      (error: ApiError) => error,
    );

  it('when something is read › sends no token, and an address in which every value is escaped', async () => {
    await works();
    expect(asked).to.deep.equal([
      {
        method: 'GET',
        address: '/api/v1/works?limit=20&search=%E9%B9%A4+%26+%E5%8D%8E',
        token: null,
        type: null,
        body: '',
      },
    ]);
    expect(link('/works/{id}/files/{uploadId}/thumbnail', { id: 'a', uploadId: '../b' })).to.equal(
      '/api/v1/works/a/files/..%2Fb/thumbnail',
    );
  });

  it('when something is changed › sends the token, and asks for it once', async () => {
    answers = [new Response(null, { status: 204 }), new Response(null, { status: 204 })];
    expect(await remove()).to.equal(undefined);
    await remove();
    expect(asked.map(({ address, token }) => [address, token])).to.deep.equal([
      ['/api/v1/works/a%2Fb', 'token-1'],
      ['/api/v1/works/a%2Fb', 'token-1'],
    ]);
  });

  it('when it has a body › sends JSON, or bytes as they are', async () => {
    await call('post', '/attestations', { body: { workId: 'w' } });
    await call('post', '/identity/images', {
      query: { side: 'front' },
      bytes: new Blob(['png'], { type: 'image/png' }),
    });
    expect(asked.map(({ address, type, body }) => [address, type, body])).to.deep.equal([
      ['/api/v1/attestations', 'application/json', '{"workId":"w"}'],
      ['/api/v1/identity/images?side=front', 'image/png', 'png'],
    ]);
  });

  it('when the caller gives up, or nothing answers › says which', async () => {
    globalThis.fetch = async () => {
      throw new TypeError('Failed to fetch');
    };
    expect((await failure(works())).code).to.be.oneOf(['unreachable', 'offline']);
    globalThis.fetch = async () => {
      throw new DOMException('given up', 'AbortError');
    };
    expect((await failure(works())).name).to.equal('AbortError');
  });

  it('when the token is too old › tries once more with a new one, and not a third time', async () => {
    answers = [problem(403, 'csrf-invalid'), new Response(null, { status: 204 })];
    await remove();
    expect(asked.map(({ token }) => token)).to.deep.equal(['token-1', 'token-2']);
    asked = [];
    answers = [problem(403, 'csrf-invalid'), problem(403, 'csrf-invalid'), json(200, {})];
    expect((await failure(remove())).code).to.equal('csrf-invalid');
    expect(asked).to.have.length(2);
  });

  it('when the session has ended › waits until somebody has signed in, then sends the same again', async () => {
    answers = [problem(401, 'unauthenticated'), json(200, { items: ['mine'], next: null })];
    const answer = works();
    await new Promise(setImmediate);
    expect(isSessionExpired()).to.equal(true);
    expect(asked).to.have.length(1);
    signedIn();
    expect(await answer).to.deep.equal({ items: ['mine'], next: null });
    expect(asked[1]).to.deep.equal(asked[0]);
    expect(isSessionExpired()).to.equal(false);
  });

  it('when it only asks whether anybody is signed in › does not wait', async () => {
    answers = [problem(401, 'unauthenticated')];
    const refused = failure(call('get', '/me', { isProbe: true }));
    await new Promise(setImmediate);
    expect(isSessionExpired()).to.equal(false);
    expect((await refused).code).to.equal('unauthenticated');
  });

  it('when the portal refuses › keeps status, fields, request number and the time to wait', async () => {
    const errors = [{ field: 'title', code: 'missing' }];
    answers = [problem(429, 'rate-limited', { errors, instance: 'r-1' }, { 'Retry-After': '900' })];
    const error = await failure(works());
    expect(error).to.be.instanceOf(ApiError);
    expect(error).to.deep.include({
      code: 'rate-limited',
      status: 429,
      requestId: 'r-1',
      retryAfterSeconds: 900,
      errors,
    });
  });

  it('when something in between answers › takes a 413 for a file that is too large, and all else for silence', async () => {
    answers = [new Response('<html>', { status: 413 }), new Response('<html>', { status: 502 })];
    expect((await failure(works())).code).to.equal('payload-too-large');
    expect((await failure(works())).code).to.equal('unreachable');
  });

  it('when the token cannot be had › asks for it again the next time', async () => {
    const working = globalThis.fetch;
    globalThis.fetch = async () => problem(503, 'overloaded');
    expect((await failure(csrfToken())).code).to.equal('overloaded');
    globalThis.fetch = working;
    expect(await csrfToken()).to.equal('token-1');
  });
});
