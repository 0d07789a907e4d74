// SPDX-License-Identifier: Apache-2.0
// Log lines that cannot be written (a full disk, a reader who left) are lost, and end nothing.

/** The most that waits for a destination that takes nothing; lines beyond it are lost. */
export const WAITING_LIMIT_BYTES = 1_048_576;

/** What this needs of pino's destination. */
interface Destination {
  on(event: 'error', listener: () => void): unknown;
  flushSync(): void;
}

/** Without a listener a failed write would be thrown, and so end the process. The next line tries again. */
export function lossyDestination<D extends Destination>(destination: D): D {
  destination.on('error', () => undefined);
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
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
