// SPDX-License-Identifier: Apache-2.0
// Log lines that cannot be written (a full disk, a reader who left) are counted, lost in the end, and end nothing.

/** Of this process since its start. */
export interface LogLosses {
  /** Writes that failed. Their lines wait for the next write. */
  failedWrites: number;
  /** Lines that were thrown away, for too many waited already. */
  lostLines: number;
}

const losses: LogLosses = { failedWrites: 0, lostLines: 0 };

/** The whole process writes to one output, so it is counted in one place. */
export const logLosses = (): Readonly<LogLosses> => ({ ...losses });

/** The most that waits for a destination that takes nothing; lines beyond it are lost. */
export const WAITING_LIMIT_BYTES = 1_048_576;

/** What this needs of pino's destination. */
interface Destination {
  removeAllListeners(event: 'error'): unknown;
  on(event: 'error' | 'drop', listener: () => void): unknown;
  flushSync(): void;
}

/** Without a listener a failed write would be thrown, and so end the process. The next line tries again. */
export function lossyDestination<D extends Destination>(destination: D): D {
  // pino's own listener drops every later line, uncounted, once the reader has left.
  destination.removeAllListeners('error');
  destination.on('error', countFailure);
  destination.on('drop', () => {
    losses.lostLines += 1;
  });
  const flushSync = destination.flushSync.bind(destination);
  // pino calls it when the process exits, where a throw would change the exit code.
  destination.flushSync = () => {
    try {
      flushSync();
    } catch {
      // These lines are lost.
    }
  };
  return destination;
}

/** The same for what a process prints beside its log. */
export function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', countFailure);
}

function countFailure(): void {
  losses.failedWrites += 1;
}
