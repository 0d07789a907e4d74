// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { Agent, get, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { createStoppableServer, type StoppableServer } from './server.ts';

function isRefused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}

describe('stoppable server', () => {
  const open: StoppableServer[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  afterEach(async () => {
    for (const each of open.splice(0)) {
      each.server.closeAllConnections();
      each.server.close();
    }
  });
  after(() => agent.destroy());

  /** Answers a GET at once, or after `/slow`'s time, and a POST when its body has come, with the body. */
  async function start(options: { keepAliveMs?: number; stopWithinMs?: number } = {}) {
    const stoppable = createStoppableServer({ keepAliveMs: 5_000, stopWithinMs: 5_000, onError: () => {}, ...options });
    stoppable.serve(async (req, res) => {
      const body = await text(req).catch(() => '');
      res.end(stoppable.isStopping() && req.method === 'GET' ? 'refused' : body);
    });
    open.push(stoppable);
    stoppable.server.listen(0, '127.0.0.1');
    await once(stoppable.server, 'listening');
    return { stoppable, port: (stoppable.server.address() as AddressInfo).port };
  }

  const ask = async (port: number): Promise<IncomingMessage> => {
    const [answer] = await once(get({ port, host: '127.0.0.1', agent }), 'response');
    await text(answer);
    return answer;
  };

  it('when a connection is unused › keeps it as long as the setting says, and tells so', async () => {
    const { port } = await start({ keepAliveMs: 90_000 });
    expect((await ask(port)).headers['keep-alive']).to.equal('timeout=90');
  });

  it('when it stops while a body comes › takes the rest, answers, and closes that connection', async () => {
    const { stoppable, port } = await start();
    const upload = request({ port, host: '127.0.0.1', method: 'POST', agent });
    const answered = once(upload, 'response');
    upload.write('first ');
    await once(stoppable.server, 'request');
    const stopped = stoppable.stop();
    await eventually(() => isRefused(port));
    upload.end('second');
    const [answer] = await answered;
    expect(await text(answer)).to.equal('first second');
    expect(answer.headers.connection).to.equal('close');
    await stopped;
  });

  it('when it stops › refuses new connections at once', async () => {
    const { stoppable, port } = await start();
    const upload = request({ port, host: '127.0.0.1', method: 'POST', agent });
    upload.on('error', () => {});
    upload.write('never ends');
    await once(stoppable.server, 'request');
    const stopped = stoppable.stop();
    expect(await isRefused(port)).to.equal(true);
    upload.destroy();
    await stopped;
  });

  it('when a body never ends › cuts it off after the time of the setting', async () => {
    const patient = await start({ stopWithinMs: 600_000 });
    const hasty = await start({ stopWithinMs: 300 });
    const endless = async ({ stoppable, port }: typeof hasty) => {
      const upload = request({ port, host: '127.0.0.1', method: 'POST', agent });
      upload.write('never ends');
      await once(stoppable.server, 'request');
      return { upload, failed: once(upload, 'error') };
    };
    const [kept, cut] = [await endless(patient), await endless(hasty)];
    const startedAt = performance.now();
    const stopped = patient.stoppable.stop().then(() => 'patient');
    expect(await Promise.race([stopped, hasty.stoppable.stop().then(() => 'hasty')])).to.equal('hasty');
    expect(performance.now() - startedAt).to.be.above(250);
    await cut.failed;
    kept.upload.destroy();
    await Promise.all([stopped, kept.failed]);
  });

  it('when another request follows on the connection › closes it after the answer that is under way', async () => {
    const { stoppable, port } = await start();
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (data) => {
      said += data;
    });
    const body = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab';
    socket.write(body);
    await once(stoppable.server, 'request');
    const stopped = stoppable.stop();
    // The rest of the first request, and a second one right behind it.
    socket.write('cdGET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'close');
    await stopped;
    expect(said).to.match(/Connection: close/i);
    expect(said).to.include('abcd');
  });
});
