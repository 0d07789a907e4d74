// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { z } from 'zod';
import { type Order, pay } from './order.ts';
import { Refusal, Session } from './session.ts';

/** A request as the portal of these tests saw it. */
interface Seen {
  readonly line: string;
  readonly cookie: string | undefined;
  readonly token: string | undefined;
}

describe('a session of the demo', () => {
  let server: Server;
  let session: Session;
  let seen: Seen[];

  before(async () => {
    server = createServer((request, response) => {
      const { status, body, cookie, type } = answer(request);
      seen.push({ line: `${request.method} ${request.url}`, ...proofOf(request) });
      response.writeHead(status, { 'Content-Type': type, ...(cookie && { 'Set-Cookie': `${cookie}; HttpOnly` }) });
      response.end(body === undefined ? '' : JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  beforeEach(() => {
    seen = [];
    session = new Session(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });

  after(() => server.close());

  it('when it has logged in › sends the cookie and the CSRF token of the new session', async () => {
    await session.send('POST', '/things', {}, z.unknown());
    await session.logIn('13800000000', 'correct horse 7');
    await session.send('POST', '/things', {}, z.unknown());
    expect(seen.map(({ line }) => line)).to.deep.equal([
      'GET /api/v1/csrf',
      'POST /api/v1/things',
      'POST /api/v1/sessions',
      'GET /api/v1/csrf',
      'POST /api/v1/things',
    ]);
    expect(seen.at(1)).to.include({ cookie: 'session=visitor', token: 'of visitor' });
    expect(seen.at(-1)).to.include({ cookie: 'session=member', token: 'of member' });
  });

  it('when the portal refuses a request › names its code and every field', async () => {
    const refusal = await session.send('POST', '/refused', {}, z.unknown()).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(Refusal).with.property('code', 'invalid-request');
    expect(String(refusal)).to.include('title: required, files.1: too-many');
  });

  it('when an order is paid › tells the amount in yuan and the number of the payment', async () => {
    const paid = (fen: string) => pay(session, { id: fen } as Order);
    expect(await paid('20000')).to.equal('¥200.00, pay-20000');
    expect(await paid('5')).to.equal('¥0.05, pay-5');
    expect(seen.at(-1)?.line).to.equal('POST /api/v1/sandbox/payments/pay-5/confirmation');
  });
});

const proofOf = ({ headers }: IncomingMessage) => ({
  cookie: headers.cookie,
  token: headers['x-csrf-token']?.toString(),
});

/** The token belongs to the session that asks for it, as on the real portal. */
function answer({ method, url = '', headers }: IncomingMessage) {
  const ok = { status: 200, type: 'application/json', cookie: undefined };
  const fen = /\/attestations\/(\d+)\/payments$/.exec(url)?.[1];
  if (url.endsWith('/csrf')) {
    const visitor = headers.cookie === 'session=member' ? undefined : 'session=visitor';
    return { ...ok, cookie: visitor, body: { token: visitor ? 'of visitor' : 'of member' } };
  }
  if (method === 'POST' && url.endsWith('/sessions')) return { ...ok, cookie: 'session=member', body: undefined };
  if (fen !== undefined) return { ...ok, body: { outTradeNo: `pay-${fen}`, amountFen: Number(fen) } };
  if (!url.endsWith('/refused')) return { ...ok, body: {} };
  const errors = [
    { field: 'title', code: 'required' },
    { field: 'files.1', code: 'too-many' },
  ];
  return { ...ok, status: 400, type: 'application/problem+json', body: { code: 'invalid-request', errors } };
}
