// SPDX-License-Identifier: Apache-2.0
// The least a service is: it answers /readyz, and here also what it was told about its surroundings.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  response.end(request.url === '/environment' ? JSON.stringify(process.env) : 'ready');
});
server.listen(Number(process.env.LEDGER_PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
