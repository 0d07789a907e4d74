// SPDX-License-Identifier: Apache-2.0
// The parts of a running system: started one after another, each started again when it dies, stopped in reverse.
import { setTimeout as pause } from 'node:timers/promises';
import type { Child } from '../processes/child.ts';
import { endProcess, signal } from '../processes/end.ts';
import { identify, type ProcessIdentity } from '../setup/lock.mjs';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;
/** A part that ran this long has recovered: its next death is retried at once again. */
const STEADY_MS = 60_000;

/** What a part offers to those after it, in the words of the services' settings. */
export type Provided = Readonly<Record<string, string>>;

export interface Part {
  readonly name: string;
  /** Where it answers, for the reader. */
  readonly address: string;
  /** Returns when it is ready. `onSpawn` learns of the process before that. */
  start(provided: Provided, onSpawn: (pid: number) => void): Promise<{ child: Child; provides?: Provided }>;
}

export class System {
  readonly #running: { part: Part; child: Child }[] = [];
  readonly #starting = new Set<number>();
  readonly #stopping = new AbortController();
  readonly #record: (pid: number) => void;
  #provided: Provided = {};

  /** `record` gets the pid of every process as soon as it exists. */
  constructor(record: (pid: number) => void) {
    this.#record = record;
  }

  async start(parts: Part[]): Promise<void> {
    for (const part of parts) {
      if (this.#stopping.signal.aborted) return;
      const startedAt = Date.now();
      console.log(`inkseal: starting ${part.name} ...`);
      const child = await this.#startOne(part);
      console.log(`inkseal: ${part.name} is ready (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
      void this.#keepRunning(part, child);
    }
  }

  /** Also interrupts a start: a part that is not ready yet is killed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const pid of this.#starting) signal(pid, 'SIGKILL');
    for (const { part, child } of [...this.#running].reverse()) {
      console.log(`inkseal: stopping ${part.name} ...`);
      await child.stop();
    }
  }

  async #startOne(part: Part): Promise<Child> {
    const spawned: ProcessIdentity[] = [];
    const onSpawn = (pid: number) => {
      spawned.push(identify(pid));
      this.#starting.add(pid);
      this.#record(pid);
      if (this.#stopping.signal.aborted) signal(pid, 'SIGKILL');
    };
    try {
      const { child, provides } = await part.start(this.#provided, onSpawn);
      this.#provided = { ...this.#provided, ...provides };
      this.#running.push({ part, child });
      return child;
    } catch (error) {
      // Whatever failed after the process began, it must not keep the port from the next try, nor outlive us.
      for (const each of spawned.toReversed()) await endProcess(each);
      throw error;
    } finally {
      for (const { pid } of spawned) this.#starting.delete(pid);
    }
  }

  async #keepRunning(part: Part, first: Child): Promise<void> {
    let child: Child | undefined = first;
    let retryMs = FIRST_RETRY_MS;
    while (child) {
      const readyAt = Date.now();
      const ended = await child.exited;
      this.#running.splice(0, this.#running.length, ...this.#running.filter((each) => each.child !== child));
      if (Date.now() - readyAt > STEADY_MS) retryMs = FIRST_RETRY_MS;
      child = undefined;
      for (
        let reason = ended;
        !child && !this.#stopping.signal.aborted;
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
      ) {
        console.log(`inkseal: ${part.name}: ${reason}; starting it again in ${retryMs / 1000} s`);
        await pause(retryMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
        if (this.#stopping.signal.aborted) return;
        child = await this.#startOne(part).catch((error: Error) => {
          reason = error.message;
          return undefined;
        });
        if (child) console.log(`inkseal: ${part.name} is ready again`);
      }
    }
  }
}
