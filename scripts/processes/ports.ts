// SPDX-License-Identifier: Apache-2.0
// TCP ports on the loopback interface.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Failure } from './failure.ts';

/** Throws an error that names the setting to change when something else listens on the port. */
export async function requireFreePort(port: number, variable: string, use: string): Promise<void> {
  if (await isFree(port)) return;
  throw new Failure(`port ${port} for ${use} is taken by another program: end it, or set ${variable} to a free port`);
}

/**
 * A port that was free a moment ago. Not one that systems give to outgoing connections (from 32768 on): those would take
 * it in the moment before its server starts, or starts again.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_768);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
