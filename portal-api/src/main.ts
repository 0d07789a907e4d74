// SPDX-License-Identifier: Apache-2.0
// Starts the portal and stops it on SIGINT or SIGTERM.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, surviveLostOutput } from '@inkseal/service-kit';
import { composePortal } from './compose.ts';
import { type Config, loadConfig } from './config.ts';
import { StartError } from './errors.ts';

/** EX_CONFIG of sysexits(3): a start that would do harm when it is repeated. */
const NOT_AGAIN = 78;
const ASK_FOR_PORT_MS = 100;

surviveLostOutput();
try {
  await run();
  // All is closed; a timer that a library left must not hold the process up.
  process.exit(0);
} catch (error) {
  const isExpected = error instanceof StartError;
  console.error(`portal: ${isExpected ? error.message : `start-failed: ${String(error)}`}`);
  process.exit(isExpected && error.code === 'signer-pin-refused' ? NOT_AGAIN : 1);
}

async function run(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger({ service: 'portal', level: config.logLevel, hidesMessages: true });
  const { server, portWithinMs, stopServer, close } = await composePortal(config, logger);
  await listen(server, config, performance.now() + portWithinMs);
  logger.info({ url: config.publicUrl }, 'portal ready');

  const stopped = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve());
  await stopped.promise;
  await stopServer();
  await close();
}

/** Waits until then for a port that is taken. */
async function listen(server: Server, { port, host }: Config, deadline: number): Promise<void> {
  for (;;) {
    server.listen(port, host);
    const failure: unknown = await once(server, 'listening').then(
      () => undefined,
      (cause) => cause,
    );
    if (!failure) return;
    if (performance.now() >= deadline) throw new StartError('port-unavailable', `${host}:${port} (PORT)`, failure);
    await sleep(ASK_FOR_PORT_MS);
  }
}
