// SPDX-License-Identifier: Apache-2.0
// A line to a server that can be slow and be cut. What a browser emulates of that spares the requests under way.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Line {
  /** Where the server is reached through it. */
  readonly url: string;
  /** Bytes a second that it takes towards the server, on each connection. */
  slow(bytesPerSecond: number): void;
  /** Breaks every connection, and takes no new one. */
  cut(): void;
  /** As fast as it can be, for new connections too. */
  mend(): void;
  close(): Promise<void>;
}

export async function openLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let bytesPerSecond = Number.POSITIVE_INFINITY;
  let isCut = false;

  const server = createServer((client) => {
    if (isCut) return client.destroy();
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // A broken connection is what it is for.
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    upstream.pipe(client);
    client.on('end', () => upstream.end()).on('close', () => upstream.destroy());
    client.on('data', (bytes) => {
      client.pause();
      const goOn = () => client.resume();
      const waitMs = (1_000 * bytes.length) / bytesPerSecond;
      upstream.write(bytes, () => (waitMs > 0 ? setTimeout(goOn, waitMs) : goOn()));
    });
  });
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${address.port}`,
    slow: (rate) => {
      bytesPerSecond = rate;
    },
    cut: () => {
      isCut = true;
      breakAll();
    },
    mend: () => {
      isCut = false;
      bytesPerSecond = Number.POSITIVE_INFINITY;
    },
    close: async () => {
      server.close();
      breakAll();
      await once(server, 'close');
    },
  };
}
