// SPDX-License-Identifier: Apache-2.0
// What a soak saw: how long each act took people, what was done to the system and when, and everything that should not be.

export interface SoakEvent {
  /** Since the start of the faults. */
  atSeconds: number;
  what: string;
}

export interface Latency {
  acts: number;
  /** Requests that got no answer, or one that asks to come back. */
  retries: number;
  p50: number;
  p99: number;
  longest: number;
}

/** So many faults are kept by their words, and all of them are counted. */
const MAX_FAULTS = 200;

export class SoakRecord {
  readonly events: SoakEvent[] = [];
  readonly faults: string[] = [];
  /** How often each invariant was looked at. */
  readonly looks: Record<string, number> = {};
  faultCount = 0;
  readonly #acts = new Map<string, { ms: number[]; retries: number }>();
  readonly #startedAt = Date.now();
  readonly #log: (line: string) => void;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  get seconds(): number {
    return Math.round((Date.now() - this.#startedAt) / 100) / 10;
  }

  happened(what: string): void {
    this.events.push({ atSeconds: this.seconds, what });
    this.#log(what);
  }

  /** `invariant` broke, in this way. */
  fault(invariant: string, how: string): void {
    this.faultCount += 1;
    const line = `${this.seconds} s: ${invariant}: ${how}`;
    if (this.faults.length < MAX_FAULTS) this.faults.push(line);
    this.#log(`FAULT ${line}`);
  }

  looked(invariant: string): void {
    this.looks[invariant] = (this.looks[invariant] ?? 0) + 1;
  }

  took(act: string, ms: number, retries: number): void {
    const found = this.#acts.get(act) ?? { ms: [], retries: 0 };
    found.ms.push(ms);
    found.retries += retries;
    this.#acts.set(act, found);
  }

  latencies(): Record<string, Latency> {
    return Object.fromEntries([...this.#acts].map(([act, { ms, retries }]) => [act, latencyOf(ms, retries)]));
  }
}

function latencyOf(all: readonly number[], retries: number): Latency {
  const ms = all.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(ms[Math.min(ms.length - 1, Math.floor(share * ms.length))] ?? 0);
  return { acts: ms.length, retries, p50: at(0.5), p99: at(0.99), longest: at(1) };
}
