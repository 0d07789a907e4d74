// SPDX-License-Identifier: Apache-2.0
// Loaded into a portal before it starts (`node --import`): a request to the ledger that contains the text in the file
// DEADLY_FILE ends the process, as the kernel does when memory runs out. No handler of it runs.
import { existsSync, readFileSync } from 'node:fs';

const send = globalThis.fetch;

globalThis.fetch = (input, init) => {
  if (isDeadly(init?.body)) process.kill(process.pid, 'SIGKILL');
  return send(input, init);
};

function isDeadly(body: unknown): boolean {
  const file = process.env.DEADLY_FILE ?? '';
  return typeof body === 'string' && existsSync(file) && body.includes(readFileSync(file, 'utf8'));
}
