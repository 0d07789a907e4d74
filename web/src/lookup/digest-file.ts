// SPDX-License-Identifier: Apache-2.0
// Both digests of a file, each in its own worker. The file never leaves the device.
import type { FileDigest } from '@inkseal/verifier';
import type { DigestNews, DigestTask } from './digest.worker.ts';
import { LookupError } from './portal.ts';

/** The site loads its worker from the server, the one-file verifier from itself. */
export type MakeWorker = () => Worker;

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly bytesPerSecond: number;
}

export interface DigestOptions {
  readonly makeWorker: MakeWorker;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** Digests a file. Rejects when aborted, or when the file cannot be read to its end. */
export async function digestFile(file: File, { makeWorker, onProgress, signal }: DigestOptions): Promise<FileDigest> {
  const started = performance.now();
  const done = { sha256: 0, sm3: 0 };
  const run = (algorithm: DigestTask['algorithm']) =>
    runWorker(makeWorker, { algorithm, file }, signal, (bytes) => {
      done[algorithm] = bytes;
      const slower = Math.min(done.sha256, done.sm3);
      const seconds = (performance.now() - started) / 1_000;
      onProgress({ done: slower, total: file.size, bytesPerSecond: seconds > 0 ? slower / seconds : 0 });
    });
  const [sha256, sm3] = await Promise.all([run('sha256'), run('sm3')]);
  return { name: file.name, size: file.size, sha256, sm3 };
}

function runWorker(
  makeWorker: MakeWorker,
  task: DigestTask,
  signal: AbortSignal,
  onDone: (bytes: number) => void,
): Promise<string> {
  const worker = makeWorker();
  return new Promise<string>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    // Without a message the script of the worker did not come.
    worker.onerror = ({ message }) => reject(message ? new Error(message) : new LookupError('offline'));
    worker.onmessage = ({ data }: MessageEvent<DigestNews>) => {
      if ('done' in data) onDone(data.done);
      else if ('digest' in data) resolve(data.digest);
      else reject(new Error(data.error));
    };
    worker.postMessage(task);
  }).finally(() => worker.terminate());
}
