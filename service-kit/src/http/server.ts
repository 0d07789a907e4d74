// SPDX-License-Identifier: Apache-2.0
// An HTTP server that keeps connections longer than the proxy in front of it does, and that stops without cutting off
// what is under way.
import { createServer, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http';

export interface StoppableServerOptions extends Pick<ServerOptions, 'requestTimeout'> {
  /** How long a connection without a request is kept, ms. A proxy that keeps it longer may send a request on a
   *  connection that is just being closed, and answers 502. */
  keepAliveMs: number;
  /** How long a stop waits for requests that are being answered, ms. */
  stopWithinMs: number;
  /** A connection could not be accepted, for want of file handles say: that must not end the process. */
  onError: (error: Error) => void;
}

export interface StoppableServer {
  server: Server;
  /** To be called once, before the server listens. */
  serve(app: RequestListener): void;
  /** From then on the application refuses what is new; each answer closes its connection. */
  isStopping(): boolean;
  /** Refuses new connections at once and settles when the last one is closed. */
  stop(): Promise<void>;
}

/** Node counts the time for headers from the first byte of a request, so that limit stays short beside a long keep-alive. */
const HEADERS_WITHIN_MS = 30_000;

export function createStoppableServer(options: StoppableServerOptions): StoppableServer {
  const { keepAliveMs, stopWithinMs, requestTimeout = 0, onError } = options;
  const server = createServer({
    keepAliveTimeout: keepAliveMs,
    headersTimeout: HEADERS_WITHIN_MS,
    // Node looks at its limits only so often, every 30 s by default.
    connectionsCheckingInterval: HEADERS_WITHIN_MS / 6,
    requestTimeout,
  });
  const answering = new Set<ServerResponse>();
  let isStopping = false;
  // Before that, an error is a port that is taken, and its caller's to hear.
  server.once('listening', () => server.on('error', onError));

  const track = (response: ServerResponse) => {
    answering.add(response);
    if (isStopping) closeAfter(response);
    response.once('close', () => {
      answering.delete(response);
      // An answer that had begun before the stop leaves its connection open.
      if (isStopping) server.closeIdleConnections();
    });
  };

  return {
    server,
    serve: (app) => {
      server.on('request', (request, response) => {
        track(response);
        app(request, response);
      });
    },
    isStopping: () => isStopping,
    async stop() {
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const response of answering) closeAfter(response);
      const deadline = setTimeout(() => server.closeAllConnections(), stopWithinMs);
      await closed;
      clearTimeout(deadline);
    },
  };
}

function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
