// SPDX-License-Identifier: Apache-2.0
// Starts the portal and stops it on SIGINT or SIGTERM.
import { once } from 'node:events';
import { createLogger, surviveLostOutput } from '@inkseal/service-kit';
import { composePortal } from './compose.ts';
import { loadConfig } from './config.ts';
import { StartError } from './errors.ts';

/** EX_CONFIG of sysexits(3): a start that would do harm when it is repeated. */
const NOT_AGAIN = 78;

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
  const { server, stopServer, close } = await composePortal(config, logger);
  server.listen(config.port, config.host);
  await once(server, 'listening').catch((cause) => {
    throw new StartError('port-unavailable', `${config.host}:${config.port} (PORT)`, cause);
  });
  logger.info({ url: config.publicUrl }, 'portal ready');

  const stopped = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve());
  await stopped.promise;
  await stopServer();
  await close();
}
