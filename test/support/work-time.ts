// SPDX-License-Identifier: Apache-2.0
// How much this process works, for limits on hostile input: time on the clock also counts what others do on the machine.

/** Starts to measure; the answer gives the milliseconds of processor time since then, of all threads. */
export function measureWork(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  };
}
