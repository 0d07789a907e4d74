// SPDX-License-Identifier: Apache-2.0
// Work that is done again and again, one run at a time.
export interface Periodic {
  /** Waits for the run that is under way. */
  stop(): Promise<void>;
}

/** A run that fails is told of and tried again at the next turn. */
export function startPeriodic(
  work: () => Promise<unknown>,
  { everyMs, onFailure }: { everyMs: number; onFailure: (error: unknown) => void },
): Periodic {
  const stopping = Promise.withResolvers<void>();
  let isStopping = false;
  const loop = async () => {
    while (!isStopping) {
      await work().catch(onFailure);
      await pause(everyMs, stopping.promise);
    }
  };
  const done = loop();
  return {
    async stop() {
      isStopping = true;
      stopping.resolve();
      await done;
    },
  };
}

function pause(ms: number, until: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void until.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
