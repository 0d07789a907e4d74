// SPDX-License-Identifier: Apache-2.0
// Remembers the timers that are open, so that one that keeps a test process alive can be named.
import { createHook } from 'node:async_hooks';

const LONGEST_CALL = 300;

/** Watches from now on. The answer tells, at any time, what the timers that are open then would call. */
export function watchTimers(): () => string[] {
  const timers = new Map<number, object>();
  const init = (id: number, type: string, _trigger: number, resource: object) => {
    // Where it was set would say more, but the stack of each timer costs a twentieth of all the time of the tests.
    if (type === 'Timeout') timers.set(id, resource);
  };
  // Promises are most of what there is, and no timers.
  createHook({ init, destroy: (id) => timers.delete(id), trackPromises: false }).enable();
  return () => [...timers.values()].filter(isOpen).map(describeTimer);
}

function isOpen(timer: object): boolean {
  return 'hasRef' in timer && typeof timer.hasRef === 'function' && timer.hasRef();
}

function describeTimer(timer: object): string {
  const call = '_onTimeout' in timer ? String(timer._onTimeout).slice(0, LONGEST_CALL) : '';
  const ms = '_idleTimeout' in timer ? ` of ${timer._idleTimeout} ms` : '';
  return `a timer${ms}, which calls ${call}`;
}
