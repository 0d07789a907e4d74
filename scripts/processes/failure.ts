// SPDX-License-Identifier: Apache-2.0

/** A failure that its message explains in full: printed without a stack trace. */
export class Failure extends Error {
  override name = 'Failure';
}

/** Runs a job's main function; what it throws becomes a message and exit code 1. A job ends with its parent. */
export async function runJob(main: () => Promise<number | undefined>): Promise<void> {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure ? `inkseal: ${error.message}` : error);
    process.exitCode = 1;
  }
}
