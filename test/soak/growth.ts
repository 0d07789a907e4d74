// SPDX-License-Identifier: Apache-2.0
// Memory and open files of each process over time: what grows for ever is found by comparing a late quarter with an early one,
// of processes that were past their start. Node gives memory back late, so of its processes it is what they hold that counts:
// the least of their heap and their buffers in a quarter, which is what a collection leaves.
import { readdirSync, readFileSync } from 'node:fs';
import type { Part } from './part.ts';

const SAMPLE_EVERY_MS = 5_000;
/** Before that a process still fills its caches. */
const GROWN_UP_MS = 90_000;
/** Of a process that only breathes. */
const MOST_GROWTH = 1.35;
const LEAST_GROWTH_MB = 40;
/** A quarter of an hour: fewer say nothing. */
const LEAST_SAMPLES = 180;

interface Sample {
  atMs: number;
  ageMs: number;
  rssMb: number;
  openFiles: number;
  /** Heap and buffers, where the process tells. */
  heldMb?: number | undefined;
}

export interface Growth {
  processes: number;
  samples: number;
  firstMb: number;
  lastMb: number;
  mostMb: number;
  mostOpenFiles: number;
  /** What it held at least in the first and in the last quarter. */
  heldMb?: { first: number; last: number };
  grows: boolean;
}

export interface GrowthWatch {
  stop(): void;
  result(): Record<string, Growth>;
  /** The memory of each part, a value a minute, MB. */
  overTime(): Record<string, number[]>;
}

export function watchGrowth(parts: () => readonly Part[]): GrowthWatch {
  const samples = new Map<string, Sample[]>();
  const firstSeen = new Map<number, number>();
  const processes = new Map<string, Set<number>>();
  const startedAt = Date.now();
  const sample = async ({ name, pid: pidOf, heldMb }: Part) => {
    const pid = pidOf();
    const found = pid && usageOf(pid);
    if (!pid || !found) return;
    const now = Date.now();
    if (!firstSeen.has(pid)) firstSeen.set(pid, now);
    processes.set(name, (processes.get(name) ?? new Set()).add(pid));
    const ageMs = now - (firstSeen.get(pid) ?? now);
    const taken = { atMs: now - startedAt, ageMs, ...found, heldMb: await heldMb?.() };
    samples.set(name, [...(samples.get(name) ?? []), taken]);
  };
  const sampleAll = () => void Promise.all(parts().map(sample));
  const timer = setInterval(sampleAll, SAMPLE_EVERY_MS).unref();
  sampleAll();
  return {
    stop: () => clearInterval(timer),
    result: () =>
      Object.fromEntries([...samples].map(([name, all]) => [name, growthOf(all, processes.get(name)?.size ?? 0)])),
    overTime: () => Object.fromEntries([...samples].map(([name, all]) => [name, byMinute(all)])),
  };
}

export function growthOf(all: readonly Sample[], processes: number): Growth {
  const grownUp = all.filter(({ ageMs }) => ageMs >= GROWN_UP_MS);
  const used = grownUp.length > 0 ? grownUp : all;
  const quarter = Math.max(1, Math.floor(used.length / 4));
  const [first, last] = [used.slice(0, quarter), used.slice(-quarter)];
  const [firstMb, lastMb] = [median(first), median(last)];
  const heldMb = { first: leastHeld(first), last: leastHeld(last) };
  const isHeldKnown = Number.isFinite(heldMb.first) && Number.isFinite(heldMb.last);
  const [from, to] = isHeldKnown ? [heldMb.first, heldMb.last] : [firstMb, lastMb];
  const grows = grownUp.length >= LEAST_SAMPLES && to > from * MOST_GROWTH && to - from > LEAST_GROWTH_MB;
  return {
    processes,
    samples: all.length,
    firstMb,
    lastMb,
    mostMb: Math.max(...all.map(({ rssMb }) => rssMb)),
    mostOpenFiles: Math.max(...all.map(({ openFiles }) => openFiles)),
    ...(isHeldKnown && { heldMb }),
    grows,
  };
}

/** Infinite where nobody told. */
const leastHeld = (samples: readonly Sample[]): number => Math.min(...samples.flatMap(({ heldMb }) => heldMb ?? []));

function median(samples: readonly Sample[]): number {
  const all = samples.map(({ rssMb }) => rssMb).toSorted((one, other) => one - other);
  return all[Math.floor(all.length / 2)] ?? 0;
}

function byMinute(all: readonly Sample[]): number[] {
  const minutes = new Map(all.map(({ atMs, rssMb }) => [Math.floor(atMs / 60_000), rssMb]));
  return [...minutes.values()];
}

/** Undefined where there is no /proc, and for a process that has just ended. */
function usageOf(pid: number): { rssMb: number; openFiles: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kb = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
    return { rssMb: Math.round(kb / 1_024), openFiles: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return undefined;
  }
}
