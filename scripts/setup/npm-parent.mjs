// SPDX-License-Identifier: Apache-2.0
// npm runs a script through a shell and passes no SIGTERM beyond it, nor can it pass on a SIGKILL: whoever ends
// `npm start` would leave the system running behind it. So the script watches npm and its shell.
import { identify, isAlive, parentOf } from './lock.mjs';

const POLL_MS = 500;

/** Calls back once when the npm that runs this script, or its shell, has ended. Without npm it never does. */
export function whenNpmEnds(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const watched = [shell, parentOf(shell)].filter((pid) => pid > 1).map(identify);
  const timer = setInterval(() => {
    if (watched.every(isAlive)) return;
    clearInterval(timer);
    callback();
  }, POLL_MS);
  timer.unref();
}
