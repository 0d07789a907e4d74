// SPDX-License-Identifier: Apache-2.0
// Spans on their way to a collector, which is a real HTTP server.

import { expect } from 'chai';
import { pino } from 'pino';
import { type Collector, startCollector } from '../../../test/support/collector.ts';
import { DomainError } from '../errors.ts';
import { currentSpan, traceIds } from './trace.ts';
import { createTracer, type Tracer } from './tracer.ts';

describe('createTracer', () => {
  let collector: Collector;
  let tracer: Tracer;
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  beforeEach(async () => {
    collector = await startCollector();
    lines.length = 0;
  });
  afterEach(async () => {
    await tracer.stop();
    await collector.stop();
  });

  const start = (more: Partial<{ url: string; headers: Record<string, string>; sampledShare: number }> = {}) => {
    const tracing = { url: collector.url, headers: {}, sampledShare: 1, ...more };
    tracer = createTracer({ service: 'test', tracing, logger });
  };

  it('when work fails › exports its span with a code, the parent, and no word of the message', async () => {
    start({ url: `${collector.url}/`, headers: { 'X-Token': 'hunter2' } });
    const failing = () =>
      tracer.run({ name: 'inner', kind: 'client', parent: currentSpan() }, async (span) => {
        span.facts['http.response.status_code'] = 503;
        Object.assign(span.facts, { title: 'hunter3' });
        throw new DomainError('internal', { what: 'hunter4' });
      });
    const outcome = await tracer.run({ name: 'outer', kind: 'consumer' }, () => failing().catch((error) => error.code));
    expect(outcome).to.equal('internal');
    await tracer.stop();
    const [inner, outer] = collector.spans;
    expect(inner).to.deep.include({ service: 'test', name: 'inner', kind: 3, hasFailed: true });
    expect(inner).to.include({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
    expect(inner?.facts).to.deep.equal({ 'error.type': 'internal', 'http.response.status_code': 503 });
    expect(outer).to.deep.include({ name: 'outer', kind: 5, hasFailed: false, parentSpanId: undefined, facts: {} });
    expect(outer?.tookMs).to.be.within(inner?.tookMs ?? 0, 5_000);
    expect(collector.bodies.join()).to.not.match(/hunter/);
    expect([collector.paths, collector.headers[0]?.['x-token']]).to.deep.equal([['/v1/traces'], 'hunter2']);
  });

  it('when only a share is sampled › exports whole traces, about that many', async () => {
    start({ sampledShare: 0.25 });
    const traceIdsOf = async () => {
      const ids = traceIds();
      await tracer.run({ name: 'inner', kind: 'internal', parent: currentSpan() }, async () => undefined);
      return ids;
    };
    for (let turn = 0; turn < 400; turn += 1) await tracer.run({ name: 'outer', kind: 'internal' }, traceIdsOf);
    await tracer.stop();
    const traces = Map.groupBy(collector.spans, ({ traceId }) => traceId);
    expect(traces.size).to.be.within(50, 150);
    expect([...traces.values()].every((spans) => spans.length === 2)).to.equal(true);
  });
});
