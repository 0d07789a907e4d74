// SPDX-License-Identifier: Apache-2.0
// Where sessions are kept. A request moves the end of its session, and its answer waits for that commit: once a minute is
// enough for a session that ends after hours.
import connectPgSimple from 'connect-pg-simple';
import session, { type Store } from 'express-session';
import type { Pool } from 'pg';

const PRUNE_SECONDS = 15 * 60;
const TOUCH_EVERY_MS = 60_000;

export interface SessionStoreOptions {
  pool: Pool;
  onError: (error: unknown) => void;
  /** How much earlier than it is told a session may end. */
  touchEveryMs?: number;
}

export interface SessionStore extends Store {
  /** Stops the pruning timer. */
  close(): void;
}

export function createSessionStore({ pool, onError, touchEveryMs }: SessionStoreOptions): SessionStore {
  const PgStore = connectPgSimple(session);
  const every = touchEveryMs ?? TOUCH_EVERY_MS;
  class RarelyTouched extends PgStore {
    /** Those whose end was moved since. */
    readonly #touched = new Set<string>();
    #since = Date.now();

    override touch(sid: string, data: session.SessionData, callback?: (error?: unknown) => void): void {
      if (Date.now() - this.#since >= every) {
        this.#touched.clear();
        this.#since = Date.now();
      }
      if (this.#touched.has(sid)) {
        callback?.();
        return;
      }
      super.touch(sid, data, (error?: unknown) => {
        if (!error) this.#touched.add(sid);
        callback?.(error);
      });
    }
  }
  return new RarelyTouched({ pool, tableName: 'session', pruneSessionInterval: PRUNE_SECONDS, errorLog: onError });
}
