// SPDX-License-Identifier: Apache-2.0
// Tests kill the process at a named point, to show that what follows may run twice. Without CRASH_AT this does nothing.
import type { Config, CrashPoint } from './config.ts';

export type PassCrashPoint = (point: CrashPoint) => void;

export function crashPoints(crashAt: Config['crashAt']): PassCrashPoint {
  let passings = 0;
  return (point) => {
    if (point !== crashAt?.point) return;
    passings += 1;
    // SIGKILL, as a power cut would: no handler, no flush.
    if (passings === crashAt.passing) process.kill(process.pid, 'SIGKILL');
  };
}
