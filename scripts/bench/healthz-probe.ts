// SPDX-License-Identifier: Apache-2.0
// A thread that asks for `/healthz` all the time, one request after another. The thread that loads the portal and reads its
// answers would be late with its own clock.
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const PROBE_EVERY_MS = 5;

const { url } = workerData as { url: string }; // from responsiveness.ts
const times: number[] = [];
let isOver = false;
parentPort?.once('message', () => {
  isOver = true;
});
while (!isOver) {
  const startedAt = performance.now();
  await (await fetch(`${url}/healthz`)).arrayBuffer();
  times.push(performance.now() - startedAt);
  await pause(PROBE_EVERY_MS);
}
parentPort?.postMessage(times);
