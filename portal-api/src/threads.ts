// SPDX-License-Identifier: Apache-2.0
// Threads for work during which nobody would be answered. A thread that crashes or runs out of memory fails what it works on,
// and nothing else.
import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import { DomainError } from './errors.ts';

/** Then their memory is given back. */
const IDLE_MS = 20_000;
const LONGEST_MS = 120_000;
const MOST_HEAP_MB = 512;

export interface ThreadsOptions {
  /** What each thread runs. */
  readonly file: URL;
  /** The function of the file that is called. */
  readonly name: string;
  readonly workerData?: unknown;
  readonly most: number;
  /** A thread failed while it had no work: it could not start, for instance for want of file handles. */
  readonly onThreadLost?: ((error: Error) => void) | undefined;
}

export interface Threads<Request, Answer> {
  /** What the function answers, or `internal`. The buffers of `moved` go to the thread; nothing here can use them any more. */
  run(request: Request, moved?: ArrayBuffer[]): Promise<Answer>;
  close(): Promise<void>;
}

export function createThreads<Request, Answer>(options: ThreadsOptions): Threads<Request, Answer> {
  const { file, name, workerData, most, onThreadLost } = options;
  // Nothing waits inside the pool: when a thread ends, the pool starts no other for what waits there, until more comes.
  const limit = pLimit(most);
  let threads: Piscina | undefined;

  function open(): Piscina {
    const opened = new Piscina({
      filename: file.href,
      name,
      workerData,
      minThreads: 0,
      maxThreads: most,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    // Without a listener this would end the process. Such a pool starts no thread any more, and what waits would wait
    // forever: destroying it fails what waits, and the next request gets another pool.
    opened.on('error', (error: Error) => {
      if (threads === opened) threads = undefined;
      onThreadLost?.(error);
      void opened.destroy();
    });
    return opened;
  }

  async function run(request: Request, transferList: ArrayBuffer[]): Promise<Answer> {
    try {
      threads ??= open();
      return await threads.run(request, { transferList, signal: AbortSignal.timeout(LONGEST_MS) });
    } catch (cause) {
      throw new DomainError('internal', { reason: 'thread-failed' }, { cause });
    }
  }

  return {
    run: (request, moved = []) => limit(() => run(request, moved)),
    close: async () => threads?.destroy(),
  };
}

/** The same bytes: a thread's Buffer arrives as an array. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
