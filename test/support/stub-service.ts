// SPDX-License-Identifier: Apache-2.0
// The least a service is: it answers /readyz, and here also its environment.
import { createServer } from 'node:http';

/** Milliseconds for which it says that it waits. */
const WAITS_MS = Number(process.env.STUB_WAITS_MS ?? 0);
const startedAt = Date.now();
if (WAITS_MS > 0) console.log(JSON.stringify({ level: 40, waitingFor: 'the chain: Sender account not authorized' }));

/** What it answers instead of being ready. */
const READINESS = process.env.STUB_READINESS ?? '';

const server = createServer((request, response) => {
  if (request.url === '/readyz' && Date.now() - startedAt < WAITS_MS) response.statusCode = 503;
  if (request.url === '/readyz' && READINESS) response.writeHead(503).end(READINESS);
  else response.end(request.url === '/environment' ? JSON.stringify(process.env) : 'ready');
});
server.listen(Number(process.env.LEDGER_PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
