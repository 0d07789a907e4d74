// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { eventually } from '../../../test/support/eventually.ts';
import { createLogger } from '../log/logger.ts';
import { requestLog } from '../log/request-log.ts';
import {
  currentSpan,
  joinTrace,
  newSpan,
  onRoute,
  parseTraceparent,
  traceIds,
  traceparentOf,
  within,
} from './trace.ts';

const CALLER = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const HEADER = traceparentOf(CALLER);

describe('parseTraceparent', () => {
  it('when the form is another, or an id is zero › answers nothing', () => {
    const [, traceId = '', spanId = ''] = HEADER.split('-');
    const bad = [
      undefined,
      '',
      `01-${traceId}-${spanId}-01`,
      `00-${traceId.toUpperCase()}-${spanId}-01`,
      `00-${'0'.repeat(32)}-${spanId}-01`,
      `00-${traceId}-${'0'.repeat(16)}-01`,
      `${HEADER}-more`,
      `${HEADER}\n`,
      ` ${HEADER}`,
    ];
    expect(bad.filter((text) => parseTraceparent(text))).to.deep.equal([]);
    expect(parseTraceparent(HEADER)).to.deep.equal(CALLER);
  });
});

describe('currentSpan', () => {
  it('when the span ended more than a minute ago › is no span, so that a connection it opened leaves it', () => {
    const span = newSpan({ name: 'test', kind: 'internal' });
    within(span, () => {
      span.endedMs = performance.now() - 1_000;
      expect(currentSpan()).to.equal(span);
      span.endedMs = performance.now() - 61_000;
      expect(currentSpan()).to.equal(undefined);
      expect(traceIds()).to.deep.equal({});
    });
  });
});

describe('the trace of a request', () => {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into lines of every shape
  const lines: any[] = [];
  let url: string;
  let close: () => Promise<unknown>;

  before(async () => {
    const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
    const logger = createLogger({ service: 'test', level: 'info', destination });
    const app = express();
    app.use(requestLog(logger));
    app.use(express.json());
    app.post('/joined/:id', onRoute('/joined/{id}'), async (req, res) => {
      joinTrace(req.get('traceparent'));
      logger.info({ span: currentSpan()?.name }, 'inside');
      res.end();
    });
    app.post('/own', async (_req, res) => {
      await new Promise((resolve) => setImmediate(resolve));
      logger.info('inside');
      res.end();
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is never a string
    close = () => new Promise((resolve) => server.close(resolve));
  });
  after(() => close());
  beforeEach(() => lines.splice(0));

  const send = async (path: string, headers = {}) => {
    const json = { 'Content-Type': 'application/json', ...headers };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers: json, body: '{}' });
    const [inside, request] = await eventually(() => lines.length === 2 && lines);
    return { id: answer.headers.get('x-request-id'), inside, request };
  };

  it('when a stranger sends one › is our own, in the answer and in every line', async () => {
    const { id, inside, request } = await send('/own', { traceparent: HEADER, 'X-Request-Id': 'mine' });
    expect(id)
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(CALLER.traceId);
    expect(request).to.include({ requestId: id, traceId: id });
    expect(inside).to.include({ traceId: id, spanId: request.spanId });
    expect(JSON.stringify(lines)).to.not.include(CALLER.traceId);
  });

  it('when the route joins the caller › is the caller’s from then on, and the request keeps an id of ours', async () => {
    const { id, inside, request } = await send('/joined/7', { traceparent: HEADER });
    expect(inside).to.include({ traceId: CALLER.traceId, span: 'POST /joined/{id}' });
    expect(request).to.include({ traceId: CALLER.traceId, requestId: id });
    expect(id).to.not.equal(CALLER.traceId);
  });

  it('when two requests run at once › each has its own', async () => {
    const ids = await Promise.all(
      ['/own', '/own'].map(async (path) =>
        (await fetch(`${url}${path}`, { method: 'POST' })).headers.get('x-request-id'),
      ),
    );
    const inside = await eventually(() => lines.length === 4 && lines.filter(({ msg }) => msg === 'inside'));
    expect(inside.map(({ traceId }) => traceId)).to.have.members(ids);
    expect(ids[0]).to.not.equal(ids[1]);
  });
});
