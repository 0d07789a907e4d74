// SPDX-License-Identifier: Apache-2.0
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect } from 'chai';
import { isLocalRequest } from './local-request.ts';

describe('isLocalRequest', () => {
  const requestOf = ({ address = '127.0.0.1', host = '127.0.0.1:8080', minor = 1, headers = {} }) => {
    const socket = new Socket();
    Object.defineProperty(socket, 'remoteAddress', { value: address });
    const request = new IncomingMessage(socket);
    Object.assign(request, { httpVersionMinor: minor, headers: { host, ...headers } });
    return request;
  };

  for (const given of [
    {},
    { address: '::ffff:127.0.0.1' },
    { address: '::1', host: '[::1]:8080' },
    { host: 'localhost' },
  ])
    it(`when it comes straight from this machine (${JSON.stringify(given)}) › is local`, () => {
      expect(isLocalRequest(requestOf(given))).to.equal(true);
    });

  for (const given of [
    { address: '192.168.1.7' },
    { address: '127.0.0.1.evil' },
    { host: 'inkseal.example' },
    { host: '127.0.0.1.evil.example' },
    { minor: 0 },
    ...['forwarded', 'via', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'].map((name) => ({
      headers: { [name]: '' },
    })),
  ])
    it(`when it comes from elsewhere or through a proxy (${JSON.stringify(given)}) › is not local`, () => {
      expect(isLocalRequest(requestOf(given))).to.equal(false);
    });
});
