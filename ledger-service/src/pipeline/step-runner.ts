// SPDX-License-Identifier: Apache-2.0
// Running the steps: each at most once at a time; asked for while it runs, it runs once more. A step that fails is
// reported and runs again at the next nudge, job or sweep: all it knows is in the database.
import type { Logger } from 'pino';
import { type Failure, failuresOf } from '../apart.ts';
import { DomainError } from '../errors.ts';
import type { Step } from '../queue/index.ts';

/** What fails is tried again within this time, so that what was not found for so long is over. */
const OVER_AFTER_MS = 30_000;

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

export interface StepRunnerOptions {
  readonly log: Logger;
  /** Called for each failure, including repeated ones that are not logged again. */
  readonly onFailure: (failure: Failure) => void;
}

export function createStepRunner(
  steps: Readonly<Record<Step, () => Promise<void>>>,
  options: StepRunnerOptions,
): StepRunner {
  const running = new Map<Step, Promise<void>>();
  const queued = new Map<Step, Promise<void>>();
  const { perform, isFailing } = createPerforming(steps, options);
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
    isFailing,
    stop: async () => {
      isStopped = true;
      await Promise.allSettled([...running.values(), ...queued.values()]);
    },
  };
}

/** Runs a step, and reports how that went. */
function createPerforming(steps: Readonly<Record<Step, () => Promise<void>>>, { log, onFailure }: StepRunnerOptions) {
  const failing = new Set<Step>();
  const notes = { closeBatch: createNotes(), anchor: createNotes(), confirm: createNotes(), prove: createNotes() };

  async function perform(step: Step): Promise<void> {
    try {
      await steps[step]();
      failing.delete(step);
      if (notes[step].areOver()) log.info({ step }, 'step works again');
    } catch (error) {
      const found = failuresOf(step, error);
      found.forEach(onFailure);
      failing.add(step);
      for (const failure of found) if (notes[step].isNew(failure)) logFailure(log, step, failure);
      throw error;
    }
  }

  return { perform, isFailing: (step: Step) => failing.has(step) };
}

interface Notes {
  /** True unless the same was found of the same work and row a short while ago. */
  isNew(failure: Failure): boolean;
  /** True once when nothing that was found is found any more. */
  areOver(): boolean;
}

/** An outage repeats itself with every sweep, and not every run comes to the work that fails: the same is logged once. */
function createNotes(): Notes {
  const found = new Map<string, { what: string; at: number }>();
  return {
    isNew({ work, id = '', error }) {
      const subject = `${work} ${id}`;
      const what = error instanceof DomainError ? error.code : String(error);
      const before = found.get(subject);
      found.set(subject, { what, at: Date.now() });
      return before?.what !== what;
    },
    areOver() {
      if (found.size === 0) return false;
      for (const [subject, { at }] of found) if (at < Date.now() - OVER_AFTER_MS) found.delete(subject);
      return found.size === 0;
    },
  };
}

function logFailure(log: Logger, step: Step, { work, id, error }: Failure): void {
  const failed = { step, work, id, err: error };
  if (error instanceof DomainError) log.warn({ ...failed, details: error.details }, 'step failed');
  else log.error(failed, 'step failed');
}
