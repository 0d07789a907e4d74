// SPDX-License-Identifier: Apache-2.0
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import type { Response } from 'express';
import { sendStream } from './send-stream.ts';

describe('sendStream', () => {
  const endless = () => Readable.from(Array.from({ length: 10_000 }, () => Buffer.alloc(65_536)));

  it('when the reader went away before the first byte, or goes away meanwhile › ends the stream, and nothing fails', async () => {
    for (const isGone of [true, false]) {
      const stream = endless();
      await answering(async (res, leave) => {
        if (isGone) leave();
        if (isGone) await new Promise((resolve) => res.once('close', resolve));
        else stream.once('data', leave);
        await sendStream(stream, res as Response); // only what a server's answer has is used
      });
      expect(stream.destroyed).to.equal(true);
    }
  });

  it('when the stream fails › throws what it failed with', async () => {
    const failing = new Readable({ read: () => failing.destroy(new RangeError('damaged')) });
    await answering(async (res) => {
      const error = await sendStream(failing, res as Response).catch((each) => each); // as above
      expect(error).to.be.instanceOf(RangeError);
    });
  });
});

/** What happens with the answer to one request, whose sender can leave. */
async function answering(work: (res: ServerResponse, leave: () => void) => Promise<void>): Promise<void> {
  const outcome = Promise.withResolvers<void>();
  const server = createServer((_, res) => work(res, () => asked.destroy()).then(outcome.resolve, outcome.reject));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const asked = request({ port, host: '127.0.0.1' }, (answer) => answer.resume().on('error', () => undefined));
  asked.on('error', () => undefined).end();
  try {
    await outcome.promise;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
