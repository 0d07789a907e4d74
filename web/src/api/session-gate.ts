// SPDX-License-Identifier: Apache-2.0
// A session that ends while somebody works: whoever needs it waits here until they have signed in again, so nothing
// that was typed or begun is lost.

let waiting: { promise: Promise<void>; resolve: () => void } | undefined;
const listeners = new Set<() => void>();

/** Resolves when somebody has signed in on top of the page. */
export function signInAgain(): Promise<void> {
  if (!waiting) {
    waiting = pending();
    tell();
  }
  return waiting.promise;
}

export function signedIn(): void {
  waiting?.resolve();
  waiting = undefined;
  tell();
}

export const isSessionExpired = (): boolean => waiting !== undefined;

export function subscribeToSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function pending() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function tell(): void {
  for (const listener of listeners) listener();
}
