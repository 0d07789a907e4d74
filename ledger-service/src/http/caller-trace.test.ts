// SPDX-License-Identifier: Apache-2.0
import { assert } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';

describe('the trace of a caller', () => {
  const lines: string[] = [];
  let ledger: TestLedger;
  before(async () => {
    ledger = await startLedger({ log: (line) => lines.push(line) });
  });
  after(() => ledger.stop());

  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  const logged = async (...[method, route, options]: Parameters<TestLedger['send']>) => {
    const answer = await ledger.send(method, route, { headers, ...options });
    const id = answer.headers.get('x-request-id');
    const line = await eventually(() => lines.find((each) => each.includes(`"requestId":"${id}"`)));
    return { id, line: JSON.parse(line) };
  };

  it('when it has shown a good key, is in the log beside an id of ours', async () => {
    const { id, line } = await logged('GET', '/v1/batches');
    assert.equal(line.traceId, traceId);
    assert.notEqual(id, traceId);
  });

  it('when it has shown no good key, or needs none, is ignored', async () => {
    for (const [route, key] of [
      ['/v1/batches', null],
      ['/v1/batches', `inkseal_${'A'.repeat(43)}`],
      ['/v1/openapi.json', undefined],
    ] as const) {
      const { id, line } = await logged('GET', route, { headers, ...(key === undefined ? {} : { key }) });
      assert.equal(line.traceId, id, route);
      assert.notInclude(JSON.stringify(line), traceId);
    }
  });
});
