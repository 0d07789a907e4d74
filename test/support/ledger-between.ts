// SPDX-License-Identifier: Apache-2.0
// Somebody between the portal and a ledger who answers some requests themselves; the others pass through.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Answers a request in the ledger's place: the bytes, or a status without any; undefined to let it pass. */
export type Answer = (path: string) => Promise<Uint8Array | number | undefined> | Uint8Array | number | undefined;

export interface LedgerBetween {
  url: string;
  stop(): void;
}

export async function standBetween(ledgerUrl: string, answer: Answer): Promise<LedgerBetween> {
  const server = createServer((request, response) => {
    respond(ledgerUrl, answer, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // A server that listens on TCP has an address of this form.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function respond(ledgerUrl: string, answer: Answer, request: IncomingMessage, response: ServerResponse) {
  const { method = 'GET', url = '/', headers } = request;
  const own = await answer(url);
  if (typeof own === 'number') return void response.writeHead(own).end();
  if (own) return void response.writeHead(200).end(own);
  const passed = { authorization: headers.authorization ?? '', 'content-type': 'application/json' };
  const body = method === 'GET' ? {} : { body: await text(request) };
  const given = await fetch(ledgerUrl + url, { method, headers: passed, ...body });
  const type = given.headers.get('content-type') ?? '';
  response.writeHead(given.status, { 'content-type': type }).end(await given.bytes());
}
