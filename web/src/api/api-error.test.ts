// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { ApiError, errorOf, toApiError } from './api-error.ts';

describe('toApiError', () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  const connect = (onLine: boolean) =>
    Object.defineProperty(globalThis, 'navigator', { value: { onLine }, configurable: true });
  after(() => {
    if (own) Object.defineProperty(globalThis, 'navigator', own);
    else Reflect.deleteProperty(globalThis, 'navigator');
  });

  it('when the browser has no network › blames the network, else the platform', () => {
    connect(false);
    expect(toApiError(new TypeError('Failed to fetch')).code).to.equal('offline');
    connect(true);
    expect(toApiError(new TypeError('Failed to fetch')).code).to.equal('unreachable');
  });

  it('when it is an answer of the portal › stays as it is, without a network too', () => {
    const error = new ApiError('work-not-found', { status: 404 });
    connect(false);
    expect(toApiError(error)).to.equal(error);
  });
});

describe('errorOf', () => {
  const problem = (body: object, headers: Record<string, string> = {}) =>
    errorOf(
      new Response(JSON.stringify(body), {
        status: 400,
        headers: { 'Content-Type': 'application/problem+json; charset=utf-8', ...headers },
      }),
    );

  it('when the portal refuses › has its code, its fields and the number of the request', async () => {
    const errors = [{ field: 'title', code: 'missing' }];
    const error = await problem({ code: 'invalid-request', instance: 'r-1', errors });
    expect(error).to.include({ code: 'invalid-request', status: 400, requestId: 'r-1', retryAfterSeconds: undefined });
    expect(error.errors).to.deep.equal(errors);
  });

  it('when no field is wrong › has an empty list of fields', async () => {
    expect((await problem({ code: 'work-not-found' })).errors).to.deep.equal([]);
  });

  for (const [header, seconds] of [
    ['1', 1],
    ['900', 900],
    ['0', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ] as const)
    it(`when Retry-After is ${header} › waits ${seconds ?? 'for nothing'}`, async () => {
      expect((await problem({ code: 'rate-limited' }, { 'Retry-After': header })).retryAfterSeconds).to.equal(seconds);
    });
});
