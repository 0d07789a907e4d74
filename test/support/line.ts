// SPDX-License-Identifier: Apache-2.0
// A line to a server that can be slow, be cut and fall silent. What a browser emulates of that spares the requests under way.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Line {
  readonly port: number;
  /** Where the server is reached through it. */
  readonly url: string;
  /** Bytes a second that it takes towards the server, on each connection. */
  slow(bytesPerSecond: number): void;
  /** Breaks every connection, and takes no new one. */
  cut(): void;
  /** Lets nothing through either way, and tells nobody. */
  hold(): void;
  /** As fast as it can be, for new connections too. */
  mend(): void;
  /** New connections go to these, in turn. */
  lead(...targets: string[]): void;
  close(): Promise<void>;
}

/** The targets are addresses with a port, of which only host and port count. */
export async function openLine(...targets: string[]): Promise<Line> {
  let servers = targets.map((target) => new URL(target));
  let turn = 0;
  const sockets = new Set<Socket>();
  let bytesPerSecond = Number.POSITIVE_INFINITY;
  let isCut = false;
  let isHeld = false;

  const server = createServer((client) => {
    if (isCut) return client.destroy();
    turn += 1;
    const { hostname = '', port } = servers[turn % servers.length] ?? {};
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // A broken connection is what it is for.
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      if (isHeld) socket.pause();
    }
    client.on('end', () => upstream.end()).on('close', () => upstream.destroy());
    upstream.on('end', () => client.end()).on('close', () => client.destroy());
    upstream.on('data', (bytes) => {
      if (client.write(bytes)) return;
      upstream.pause();
      client.once('drain', () => isHeld || upstream.resume());
    });
    client.on('data', (bytes) => {
      client.pause();
      const goOn = () => isHeld || client.resume();
      const waitMs = (1_000 * bytes.length) / bytesPerSecond;
      upstream.write(bytes, () => (waitMs > 0 ? setTimeout(goOn, waitMs) : goOn()));
    });
  });
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    slow: (rate) => {
      bytesPerSecond = rate;
    },
    cut: () => {
      isCut = true;
      breakAll();
    },
    hold: () => {
      isHeld = true;
      for (const socket of sockets) socket.pause();
    },
    mend: () => {
      isCut = false;
      isHeld = false;
      bytesPerSecond = Number.POSITIVE_INFINITY;
      for (const socket of sockets) socket.resume();
    },
    lead: (...others) => {
      servers = others.map((target) => new URL(target));
    },
    close: async () => {
      server.close();
      breakAll();
      await once(server, 'close');
    },
  };
}
