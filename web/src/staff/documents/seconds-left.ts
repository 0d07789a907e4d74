// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';

/** Counts down by the clock of this device; the portal refuses by its own. */
export function useSecondsLeft(until: string, onEnd: () => void): number {
  const [left, setLeft] = useState(() => secondsTo(until));
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsTo(until)), 1_000);
    return () => clearInterval(timer);
  }, [until]);
  useEffect(() => {
    if (left <= 0) onEnd();
  }, [left, onEnd]);
  return left;
}

/** As minutes and seconds. */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

const secondsTo = (until: string): number => Math.max(0, Math.round((Date.parse(until) - Date.now()) / 1_000));
