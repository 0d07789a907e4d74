// SPDX-License-Identifier: Apache-2.0
// A Kubo node that answers late, in part or never. What a real node answers is tested in content-store.long.test.ts.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import {
  type AddressInfo,
  createServer as createSocketServer,
  type Socket,
  type Server as SocketServer,
} from 'node:net';
import { mock } from 'node:test';
import { expect } from 'chai';
import { type ContentStore, ContentStoreError } from './content-store.ts';
import { createKuboStore } from './kubo-store.ts';

const SILENT_MS = 300;
const CID = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy';

describe('a store on a Kubo node that keeps silent', function () {
  this.timeout(30_000);
  let stop: () => Promise<void>;
  afterEach(async () => {
    mock.timers.reset();
    await stop();
  });

  describe('when it accepts connections and never answers', () => {
    let store: ContentStore;
    beforeEach(async () => {
      const sockets = new Set<Socket>();
      const server = createSocketServer((socket) => void sockets.add(socket.on('error', () => undefined)));
      store = createKuboStore(await addressOf(server), SILENT_MS);
      stop = async () => {
        for (const socket of sockets) socket.destroy();
        await closed(server);
      };
    });

    for (const [what, work] of [
      ['storing', () => store.put(pieces('a', 'b'))],
      ['looking', () => store.has(CID)],
      ['reading', () => collect(store.get(CID))],
      ['deleting', () => store.delete(CID)],
    ] as const)
      it(`${what} › is refused as unavailable`, async () => {
        expect(await codeOf(work())).to.equal('content-store-unavailable');
      });
  });

  describe('when it answers in part', () => {
    let store: ContentStore;
    let answer: RequestListener;
    beforeEach(async () => {
      const server = createServer((request, response) => answer(request, response));
      store = createKuboStore(await addressOf(server), SILENT_MS);
      stop = async () => {
        server.closeAllConnections();
        await closed(server);
      };
    });

    it('reading › gives the pieces that came, then says that the store is unavailable', async () => {
      answer = (request, response) => {
        if (isFor(request, 'pin/ls')) return pinned(response);
        response.writeHead(200, { 'Content-Type': 'text/plain' });
        response.write('first');
      };
      const reader = store.get(CID)[Symbol.asyncIterator]();
      expect(Buffer.from((await reader.next()).value).toString()).to.equal('first');
      expect(await codeOf(reader.next())).to.equal('content-store-unavailable');
    });

    it('reading slower than that ourselves › gives all of it', async () => {
      mock.timers.enable({ apis: ['setTimeout'] });
      answer = (request, response) => {
        if (isFor(request, 'pin/ls')) return pinned(response);
        response.writeHead(200, { 'Content-Type': 'text/plain' });
        response.end('all of it');
      };
      const parts: Uint8Array[] = [];
      for await (const part of store.get(CID)) {
        parts.push(part);
        longerThanSilence();
      }
      expect(Buffer.concat(parts).toString()).to.equal('all of it');
    });

    it('storing what comes slower than that › waits for it', async () => {
      mock.timers.enable({ apis: ['setTimeout'] });
      answer = async (request, response) => {
        for await (const _ of request);
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(`${JSON.stringify({ Name: '', Hash: CID, Size: '2' })}\n`);
      };
      const slow = async function* () {
        yield Buffer.from('a');
        longerThanSilence();
        yield Buffer.from('b');
      };
      expect(await store.put(slow())).to.equal(CID);
    });

    it('storing › once all is sent, waits for the answer only so long', async () => {
      answer = async (request) => {
        for await (const _ of request);
      };
      expect(await codeOf(store.put(pieces('a')))).to.equal('content-store-unavailable');
    });
  });
});

/** What we take longer for ourselves. */
const longerThanSilence = () => mock.timers.tick(2 * SILENT_MS);

const isFor = ({ url = '' }: IncomingMessage, command: string) => url.startsWith(`/api/v0/${command}`);

function pinned(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify({ Keys: { [CID]: { Type: 'recursive' } } })}\n`);
}

async function addressOf(server: Server | SocketServer): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
}

async function closed(server: Server | SocketServer): Promise<void> {
  server.close();
  await once(server, 'close');
}

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error instanceof ContentStoreError ? error.code : String(error)),
  );
}
