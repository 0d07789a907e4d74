// SPDX-License-Identifier: Apache-2.0
// A process of the system, as whoever wants to break it sees it.
import { signal } from '../../scripts/processes/end.ts';

export interface Part {
  readonly name: string;
  /** Of the process that runs now, if one does. */
  pid(): number | undefined;
  /** MB of its heap and its buffers; undefined while it does not answer. */
  heldMb?(): Promise<number | undefined>;
  kill(): Promise<void>;
  /** Returns once it runs again, and not before it can be asked for its work. */
  start(): Promise<void>;
}

/** Stops its time: to all others it is there, and silent. */
export function freeze(part: Part): void {
  const pid = part.pid();
  if (pid) signal(pid, 'SIGSTOP');
}

export function thaw(part: Part): void {
  const pid = part.pid();
  if (pid) signal(pid, 'SIGCONT');
}

/** A part that is started and killed, around what starts its process. */
export function partOf<Running extends { pid: number; kill(): Promise<void> }>(
  name: string,
  launch: () => Promise<Running>,
): Part & { readonly now: () => Running | undefined } {
  let running: Running | undefined;
  return {
    name,
    now: () => running,
    pid: () => running?.pid,
    async kill() {
      const ended = running;
      running = undefined;
      await ended?.kill();
    },
    async start() {
      running = await launch();
    },
  };
}
