// SPDX-License-Identifier: Apache-2.0
// Loaded into a service before anything else: its clock is ahead of the machine's by as many milliseconds as CLOCK_FILE says,
// and steps when the file changes. Timers and performance.now() go on evenly, as they do when a machine's clock is set.
import { readFileSync, watchFile } from 'node:fs';

const LOOK_EVERY_MS = 200;

const file = process.env.CLOCK_FILE;
const RealDate = Date;
const realNow = Date.now.bind(Date);
let aheadMs = 0;

const now = () => realNow() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
RealDate.prototype.constructor = globalThis.Date;

look();
if (file) watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, look);

function look(): void {
  if (!file) return;
  try {
    aheadMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // Nobody has set it yet.
  }
}
