// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { createLogger } from '../log/logger.ts';
import { requestLog } from '../log/request-log.ts';
import { refuseOtherMethods, refuseUnknownRoutes } from './guards.ts';
import { createProblems } from './problems.ts';

const kind = (status: number) => ({ status, title: 'A title' });
const problems = createProblems({
  kinds: {
    'tea-cold': kind(418),
    'database-unavailable': { ...kind(503), retryAfter: 2 },
    'store-unavailable': kind(503),
    'payload-too-large': kind(413),
    'method-not-allowed': kind(405),
    'route-not-found': kind(404),
    'rate-limited': kind(429),
    'not-ready': kind(503),
    internal: kind(500),
  },
  typeBase: 'urn:test:',
  instanceBase: 'urn:uuid:',
  challenge: 'Bearer',
  recognise: (thrown) => (thrown instanceof DomainError ? thrown : new DomainError('internal', {}, { cause: thrown })),
});

describe('problem answers', () => {
  const lines: string[] = [];
  let base: string;
  let close: () => Promise<unknown>;

  before(async () => {
    const logger = createLogger({
      service: 'test',
      level: 'info',
      hidesMessages: true,
      destination: { write: (line) => void lines.push(line) },
    });
    const app = express();
    app.use(requestLog(logger));
    app.get('/tea', () => {
      const errors = [{ field: 'cup', code: 'missing' }];
      throw new DomainError('tea-cold', { degrees: 12 }, { errors, retryAfter: 0.2 });
    });
    app.get('/down', () => {
      throw new DomainError('database-unavailable');
    });
    app.get('/bug', () => {
      throw new RangeError('the password is hunter2');
    });
    app.get('/row', () => {
      z.object({ title: z.string(), by: z.record(z.string(), z.int()) }).parse({ title: null, by: { 'hunter 2': '' } });
    });
    app.get('/cut', (_req, res) => {
      res.write('half of');
      throw new RangeError('too late');
    });
    refuseOtherMethods(app, '/tea', ['GET']);
    app.use(refuseUnknownRoutes, problems.handler(logger));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is never a string
    close = () => new Promise((resolve) => server.close(resolve));
  });
  after(() => close());

  it('when a handler throws a known error › answers all that it holds, and the id that the log has', async () => {
    const answer = await fetch(`${base}/tea`);
    const id = answer.headers.get('x-request-id');
    expect(answer.headers.get('content-type')).to.equal('application/problem+json');
    expect(answer.headers.get('retry-after'), 'whole seconds, at least one').to.equal('1');
    expect(await answer.json()).to.deep.equal({
      type: 'urn:test:tea-cold',
      title: 'A title',
      status: 418,
      code: 'tea-cold',
      instance: `urn:uuid:${id}`,
      details: { degrees: 12 },
      errors: [{ field: 'cup', code: 'missing' }],
    });
    expect(lines.some((line) => JSON.parse(line).req?.id === id)).to.equal(true);
  });

  it('when a part is down › says when to come back', async () => {
    expect((await fetch(`${base}/down`)).headers.get('retry-after')).to.equal('2');
  });

  it('when a handler fails otherwise › says nothing of it, and the log nothing of its message', async () => {
    const answer = await fetch(`${base}/bug`);
    expect([answer.status, await answer.text()].join())
      .to.include('"code":"internal"')
      .and.not.include('hunter2');
    const logged = lines.find((line) => line.includes('"internal"') && line.includes('RangeError'));
    expect(logged).to.be.a('string').and.not.include('hunter2');
  });

  it('when a row is not as it must be › the log says in which columns, and nothing that was typed', async () => {
    expect((await fetch(`${base}/row`)).status).to.equal(500);
    const logged = lines.find((line) => line.includes('ZodError'));
    expect(JSON.parse(logged ?? '{}').err.at).to.deep.equal(['title: invalid_type', 'by.?: invalid_type']);
    expect(logged).to.not.include('hunter');
  });

  it('when the answer has begun › cuts it off, so that nobody takes it for whole', async () => {
    const cut = await fetch(`${base}/cut`)
      .then((answer) => answer.text())
      .catch(() => 'cut');
    expect(cut).to.equal('cut');
  });

  it('when the path has no such method › names those it has, HEAD with GET', async () => {
    const answer = await fetch(`${base}/tea`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
    expect((await fetch(`${base}/coffee`)).status).to.equal(404);
  });
});
