// SPDX-License-Identifier: Apache-2.0
// Ends processes that are known only by pid and start time.
import { isAlive, type ProcessIdentity } from '../setup/lock.mjs';
import { eventually } from './eventually.ts';

const ENDS_WITHIN_MS = 10_000;

/** Asks the process to end, kills it when it does not, and returns when it is gone. A pid that now belongs to another process is left alone. */
export async function endProcess(target: ProcessIdentity): Promise<void> {
  if (!isAlive(target)) return;
  // For PostgreSQL this is the fast shutdown; SIGTERM would wait for its clients.
  signal(target.pid, 'SIGINT');
  const isGone = async () => !isAlive(target);
  const options = { what: `process ${target.pid}`, withinMs: ENDS_WITHIN_MS };
  await eventually(isGone, options).catch(async () => {
    if (isAlive(target)) signal(target.pid, 'SIGKILL');
    await eventually(isGone, options);
  });
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}
