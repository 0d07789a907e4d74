// SPDX-License-Identifier: Apache-2.0
// Listens, and stops without cutting off an answer that is under way.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../errors.ts';

/** The longest that stopping waits for open requests. */
const DRAIN_MS = 10_000;

export interface HttpServer {
  /** The port in use, also when a free one was asked for. */
  port: number;
  close(): Promise<void>;
}

export async function listen(
  app: RequestListener,
  { host, port, onError }: { host: string; port: number; onError: (error: Error) => void },
): Promise<HttpServer> {
  const server = createServer({ requestTimeout: 60_000, keepAliveTimeout: 65_000 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new StartError('port-unavailable', `${host}:${port} (LEDGER_PORT): ${error.message}`, error)),
    );
    server.listen(port, host, resolve);
  });
  // Failing to accept one connection, for want of file handles, must not end the process.
  server.on('error', onError);
  const { port: actual } = server.address() as AddressInfo; // A TCP server's address is never a string.
  return { port: actual, close: () => drain(server) };
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(deadline);
}
