// SPDX-License-Identifier: Apache-2.0
// Bytes per second over the last few seconds.

const WINDOW_MS = 5_000;

export interface Speedometer {
  /** Takes how much is sent by now, and tells how fast it goes. */
  measure(sentBytes: number, now: number): number;
}

export function createSpeedometer(): Speedometer {
  let samples: { at: number; bytes: number }[] = [];
  return {
    measure(bytes, at) {
      samples = [...samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, bytes }];
      const first = samples[0];
      if (!first || at === first.at) return 0;
      return Math.max(0, ((bytes - first.bytes) * 1_000) / (at - first.at));
    },
  };
}
