// SPDX-License-Identifier: Apache-2.0
// One run of the system: hold the data folder, start the parts, say where they are, wait for a signal, stop.
import { holdDataFolder } from './data-folder.ts';
import type { Settings } from './settings.ts';
import { type Part, System } from './system.ts';

/** Returns when everything has stopped; throws when something could not be started. */
export async function run(settings: Settings, parts: Part[]): Promise<void> {
  const startedAt = Date.now();
  // Lines that nobody can read any more (a closed terminal, a full disk) must not end what they report on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const signalled = nextSignal();
  const data = await holdDataFolder(settings.dataFolder);
  const system = new System(data.record);
  try {
    const started = system.start(parts);
    // A start that a signal interrupts fails, and that failure is not news.
    const isUp = await Promise.race([started.then(() => true), signalled.then(() => false)]);
    if (isUp) {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      const addresses = parts.map(({ name, address }) => `${name} ${address}`).join(', ');
      console.log(`inkseal: ready in ${seconds} s: ${addresses}; data in ${settings.dataFolder}; Ctrl-C stops`);
      console.log(`inkseal: open ${parts.at(-1)?.address}`);
    } else {
      started.catch(() => {});
    }
    await signalled;
  } finally {
    await system.stop();
    data.release();
  }
  console.log('inkseal: stopped');
}

/** The first signal stops in order; what comes after it must not cut that short. */
function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
  });
}
