// SPDX-License-Identifier: Apache-2.0
// One writer per upload among all portals. The lock is in the upload's row and counts up each time it is taken. Whoever
// writes names the generation it holds, so a holder that was stopped, cut off or merely slow changes nothing once another
// has taken over. A holder renews its lock; one that does not is taken to be dead.
import { pause } from '@inkseal/service-kit';
import type { Lock, Locker } from '@tus/utils';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { askForLock, later, releaseLock, renewLock, type TakenLock, takeLock } from './upload-locks.store.ts';

export interface LockTimes {
  /** A lock that was not renewed for so long is free. */
  holdMs: number;
  renewEveryMs: number;
  /** How often a waiting request looks whether the lock is free. */
  lookEveryMs: number;
  /** A request that waited for so long answers that the upload is in use. */
  waitMs: number;
}

export const LOCK_TIMES: LockTimes = Object.freeze({
  holdMs: 10_000,
  renewEveryMs: 1_000,
  lookEveryMs: 150,
  waitMs: 30_000,
});

/** What a writer has to show. */
export interface UploadLock {
  readonly generation: bigint;
  /** As first taken, for the row of a new upload. */
  readonly until: Date;
  /** Throws `upload-conflict` when the time is over, or another has the lock. */
  requireHeld(): void;
}

interface Held extends UploadLock {
  /** Ends the request that holds it, after a moment for what is under way. */
  letGo(): void;
  released: PromiseWithResolvers<void>;
  stop: AbortController;
}

/** Also the locker of the tus server, whose requests hold the lock around all they do. */
export class UploadLocks implements Locker {
  readonly #db: Database;
  readonly #times: LockTimes;
  /** Of this process. */
  readonly #held = new Map<string, Held>();

  constructor(db: Database, times: Partial<LockTimes> = {}) {
    this.#db = db;
    this.#times = { ...LOCK_TIMES, ...times };
  }

  newLock(id: string): Lock {
    let held: Held | undefined;
    return {
      lock: async (signal, letGo) => {
        held = await this.#take(id, signal, letGo);
      },
      unlock: async () => {
        if (held) await this.#release(id, held);
      },
    };
  }

  /** The lock of the request of this process that is at work on the upload. */
  ofRequest(id: string): UploadLock {
    const held = this.#held.get(id);
    if (!held) throw lockLost();
    held.requireHeld();
    return held;
  }

  async #take(id: string, signal: AbortSignal, letGo: () => unknown): Promise<Held> {
    const deadline = performance.now() + this.#times.waitMs;
    for (;;) {
      const before = this.#held.get(id);
      if (before) {
        before.letGo();
        await Promise.race([before.released.promise, pause(this.#times.lookEveryMs, signal)]);
      } else {
        const askedAt = performance.now();
        const taken = await takeLock(this.#db, id, this.#times.holdMs);
        if (taken) return this.#hold(id, taken, { askedAt, letGo });
        await askForLock(this.#db, id);
        await pause(this.#times.lookEveryMs, signal);
      }
      if (signal.aborted || performance.now() > deadline)
        throw new DomainError('upload-conflict', { reason: 'in-use' });
    }
  }

  #hold(id: string, taken: TakenLock, request: { askedAt: number; letGo: () => unknown }): Held {
    const { generation, takenAt } = taken;
    const { holdMs } = this.#times;
    let { isNew } = taken;
    let heldUntil = request.askedAt + holdMs;
    const stop = new AbortController();
    const held: Held = {
      generation,
      until: later(takenAt, holdMs),
      letGo: () => void request.letGo(),
      released: Promise.withResolvers(),
      stop,
      requireHeld: () => {
        if (performance.now() >= heldUntil) throw lockLost();
      },
    };
    const renew = async () => {
      const now = performance.now();
      const until = later(takenAt, now - request.askedAt + holdMs);
      const renewed = await renewLock(this.#db, { id, generation }, until);
      if (!renewed && isNew) return;
      isNew = false;
      heldUntil = renewed ? now + holdMs : 0;
      if (!renewed || renewed.isWanted) held.letGo();
    };
    this.#held.set(id, held);
    void this.#renewOften(renew, stop.signal);
    return held;
  }

  async #renewOften(renew: () => Promise<void>, signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(this.#times.renewEveryMs, signal);
      if (signal.aborted) return;
      // While the database does not answer, the time that is left runs out by itself.
      await renew().catch(() => undefined);
    }
  }

  async #release(id: string, held: Held): Promise<void> {
    held.stop.abort();
    if (this.#held.get(id) === held) this.#held.delete(id);
    // A lock that cannot be given back is free when its time is over.
    await releaseLock(this.#db, { id, generation: held.generation }).catch(() => undefined);
    held.released.resolve();
  }
}

export function lockLost(): DomainError {
  return new DomainError('upload-conflict', { reason: 'lock-lost' });
}
