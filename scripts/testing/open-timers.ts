// SPDX-License-Identifier: Apache-2.0
// Remembers where each timer was set, so that one that keeps a test process alive can be named.
import { createHook } from 'node:async_hooks';

interface SetTimer {
  readonly timer: WeakRef<object>;
  /** Its stack is only written out when it is asked for. */
  readonly place: Error;
}

/** Watches from now on. The answer tells, at any time, where the timers that are open then were set. */
export function watchTimers(): () => string[] {
  const timers = new Map<number, SetTimer>();
  const init = (id: number, type: string, _trigger: number, resource: object) => {
    if (type === 'Timeout') timers.set(id, { timer: new WeakRef(resource), place: new Error('a timer') });
  };
  // Promises are most of what there is, and no timers.
  createHook({ init, destroy: (id) => timers.delete(id), trackPromises: false }).enable();
  return () => [...timers.values()].filter(({ timer }) => isOpen(timer.deref())).map(({ place }) => placeOf(place));
}

function isOpen(timer: object | undefined): boolean {
  return timer !== undefined && 'hasRef' in timer && typeof timer.hasRef === 'function' && timer.hasRef();
}

function placeOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => line.startsWith('    at ') && !line.includes('node:'));
  // The first is ours.
  return `a timer set\n${frames.slice(1, 6).join('\n')}`;
}
