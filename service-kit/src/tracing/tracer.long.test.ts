// SPDX-License-Identifier: Apache-2.0

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { pino } from 'pino';
import { eventually } from '../../../test/support/eventually.ts';
import { createTracer } from './tracer.ts';

/** Queue and the batch under way. */
const MOST_WAITING = 2_048 + 512;

describe('createTracer', function () {
  this.timeout(60_000);

  it('when the collector answers nothing › delays no work, and lets a bounded number of spans wait', async () => {
    const silent: ServerResponse[] = [];
    let isSilent = true;
    let received = 0;
    const server = createServer(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk);
      if (isSilent) silent.push(res);
      else {
        received += Buffer.concat(chunks).toString().split('"spanId"').length - 1;
        res.end('{}');
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
    const tracing = { url: `http://127.0.0.1:${port}`, headers: {}, sampledShare: 1 };
    const tracer = createTracer({ service: 'test', tracing, logger: pino({ level: 'silent' }) });
    const run = () => tracer.run({ name: 'test', kind: 'internal' }, async () => undefined);
    await run();
    await eventually(() => silent.length > 0);

    const startedMs = performance.now();
    for (let turn = 0; turn < 50_000; turn += 1) await run();
    expect(performance.now() - startedMs).to.be.below(5_000);
    isSilent = false;
    for (const res of silent) res.end('{}');
    await tracer.stop();
    expect(received).to.be.within(512, MOST_WAITING);
    server.closeAllConnections();
    server.close();
  });
});
