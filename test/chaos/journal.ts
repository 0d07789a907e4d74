// SPDX-License-Identifier: Apache-2.0
// The client's own record of what it sent and what it was promised: one JSON line an event, on disk before the next
// step. It is one half of the truth that chaos is judged by; the other half is the chain.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

export interface Submission {
  reference: string;
  kind: 'attestation' | 'registration' | 'submission';
  sha256: string;
}

export interface Promised extends Submission {
  /** The entry id that the first answer gave. */
  id: string;
}

export class Journal {
  readonly promised = new Map<string, Promised>();
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a', 0o600);
  }

  intends(submissions: readonly Submission[]): void {
    this.#write(submissions.map((submission) => ({ event: 'intended', ...submission })));
  }

  /** Throws when an answer contradicts an earlier one: the same reference must always get the same entry. */
  wasPromised(promises: readonly Promised[]): void {
    for (const promise of promises) {
      const earlier = this.promised.get(promise.reference);
      if (earlier && earlier.id !== promise.id) throw new Error(`${promise.reference} got two entries`);
      this.promised.set(promise.reference, promise);
    }
    this.#write(promises.map((promise) => ({ event: 'accepted', ...promise })));
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(events: readonly object[]): void {
    writeSync(this.#file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    fsyncSync(this.#file);
  }
}
