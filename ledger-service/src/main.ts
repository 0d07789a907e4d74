// SPDX-License-Identifier: Apache-2.0
// The process: starts the service, stops it on a signal, and says in one line why it could not start.
import { createLogger, surviveLostOutput } from '@inkseal/service-kit';
import { composePipeline, composeService, type Service } from './compose.ts';
import { type Config, loadConfig, type Stage } from './config.ts';
import { DomainError, StartError } from './errors.ts';

/** What runs behind the requests gets this long beyond them; what it leaves half done is finished at the next start. */
const STEPS_STOP_WITHIN_MS = 10_000;

let isStopping = false;

surviveLostOutput();
try {
  await main(loadConfig());
} catch (error) {
  // A start that a signal interrupts fails for no other reason.
  if (!isStopping) die(error);
}

async function main(config: Config): Promise<void> {
  const logger = createLogger({ service: 'ledger', level: config.logLevel });
  const hooks = { onStage: crashHook(config.crashAt), onFatal: die };
  const service = composeService(config, logger, composePipeline(config, hooks));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void shutDown(service, config.http.stopWithinMs));
  await service.start();
}

async function shutDown(service: Service, requestsWithinMs: number): Promise<void> {
  isStopping = true;
  setTimeout(() => process.exit(1), requestsWithinMs + STEPS_STOP_WITHIN_MS).unref();
  await service.stop().catch(die);
  process.exit(0);
}

function die(error: unknown): never {
  const reason = toStartError(error);
  console.error(reason.message);
  if (reason.code === 'start-failed') console.error(error);
  process.exit(1);
}

function toStartError(error: unknown): StartError {
  if (error instanceof StartError) return error;
  if (error instanceof DomainError && error.code === 'database-unavailable') {
    return new StartError('database-unreachable', 'PostgreSQL does not answer at LEDGER_DATABASE_URL', error);
  }
  return new StartError('start-failed', error instanceof Error ? error.message : String(error), error);
}

/** Dies as a machine does that loses its power: no handler runs, nothing is flushed. */
function crashHook(crashAt: Config['crashAt']): (stage: Stage) => void {
  let passings = 0;
  return (stage) => {
    if (stage !== crashAt?.stage) return;
    passings += 1;
    if (passings === crashAt.passing) process.kill(process.pid, 'SIGKILL');
  };
}
