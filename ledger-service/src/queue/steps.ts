// SPDX-License-Identifier: Apache-2.0
// Running the steps: each at most once at a time; asked for while it runs, it runs once more. A step that fails is
// logged and runs again at the next nudge, job or sweep: all it knows is in the database.
import type { Logger } from 'pino';
import { DomainError } from '../errors.ts';

export const STEPS = ['seal', 'anchor', 'confirm', 'prove'] as const;
export type Step = (typeof STEPS)[number];

export interface StepRunner {
  /** Settles when the step has run after this call; rejects if that run failed. */
  run(step: Step): Promise<void>;
  /** Runs it without waiting. */
  nudge(step: Step): void;
  /** Whether its last run failed. */
  isFailing(step: Step): boolean;
  /** Settles when nothing runs any more; nothing starts after it. */
  stop(): Promise<void>;
}

export function createStepRunner(steps: Readonly<Record<Step, () => Promise<void>>>, log: Logger): StepRunner {
  const running = new Map<Step, Promise<void>>();
  const queued = new Map<Step, Promise<void>>();
  const failures = new Map<Step, string>();
  let isStopped = false;

  function run(step: Step): Promise<void> {
    if (isStopped) return Promise.resolve();
    const current = running.get(step);
    return current === undefined ? start(step) : runAfter(step, current);
  }

  function start(step: Step): Promise<void> {
    const run = perform(step).finally(() => running.delete(step));
    running.set(step, run);
    return run;
  }

  async function perform(step: Step): Promise<void> {
    try {
      await steps[step]();
      if (failures.delete(step)) log.info({ step }, 'step works again');
    } catch (error) {
      failures.set(step, noteFailure(log, { step, error, before: failures.get(step) }));
      throw error;
    }
  }

  function runAfter(step: Step, current: Promise<void>): Promise<void> {
    const waiting = queued.get(step);
    if (waiting !== undefined) return waiting;
    const again = current
      .catch(() => undefined)
      .then(() => {
        queued.delete(step);
        return run(step);
      });
    queued.set(step, again);
    return again;
  }

  return {
    run,
    nudge: (step) => {
      run(step).catch(() => undefined);
    },
    isFailing: (step) => failures.has(step),
    stop: async () => {
      isStopped = true;
      await Promise.allSettled([...running.values(), ...queued.values()]);
    },
  };
}

/** An outage repeats itself with every sweep: the same failure is logged once. Answers what it is called. */
function noteFailure(log: Logger, run: { step: Step; error: unknown; before: string | undefined }): string {
  const { step, error, before } = run;
  const what = error instanceof DomainError ? error.code : String(error);
  if (before === what) return what;
  if (error instanceof DomainError) log.warn({ step, err: error, details: error.details }, 'step failed');
  else log.error({ step, err: error }, 'step failed');
  return what;
}
