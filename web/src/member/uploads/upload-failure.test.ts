// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { DetailedError, type HttpResponse } from 'tus-js-client';
import { codeOfFailure, isWorthRetrying } from './upload-failure.ts';

describe('a failure of an upload', () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  const online = (onLine: boolean) =>
    Object.defineProperty(globalThis, 'navigator', { value: { onLine }, configurable: true });
  after(() => {
    if (own) Object.defineProperty(globalThis, 'navigator', own);
  });

  const answered = (status: number, body = '') => {
    const response = { getStatus: () => status, getBody: () => body } as HttpResponse; // nothing else of it is read
    return Object.assign(new DetailedError('failed'), { originalResponse: response });
  };

  it('when nobody answered › is the network’s if that is down, and the platform’s otherwise', () => {
    online(false);
    expect(codeOfFailure(new DetailedError('failed')).code).to.equal('offline');
    expect(codeOfFailure(new Error('failed')).code).to.equal('offline');
    online(true);
    expect(codeOfFailure(new DetailedError('failed')).code).to.equal('unreachable');
  });

  it('when the portal refused › has its code and its status', () => {
    const { code, status } = codeOfFailure(answered(413, '{"code":"payload-too-large"}'));
    expect({ code, status }).to.deep.equal({ code: 'payload-too-large', status: 413 });
  });

  it('when something else answered › is one of the platform', () => {
    for (const body of ['<html>', '', '{}']) expect(codeOfFailure(answered(502, body)).code).to.equal('unreachable');
  });

  it('when it may pass › is tried again; a refusal is not', () => {
    const retried = [400, 401, 403, 404, 407, 408, 409, 410, 413, 422, 423, 424, 429, 499, 500, 503, 599].filter(
      (status) => isWorthRetrying(answered(status)),
    );
    expect(retried).to.deep.equal([408, 409, 423, 500, 503, 599]);
    expect(isWorthRetrying(new DetailedError('no answer'))).to.equal(true);
  });
});
