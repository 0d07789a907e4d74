// SPDX-License-Identifier: Apache-2.0
// Fills the content store with an upload while it still arrives, so that little is left to do after the last byte. It is a
// head start and no more: the completion, which knows the rows, asks whether exactly their parts went into it, and begins
// anew when they did not or when anything went wrong. Until then nothing shows in the store, and a kill leaves what it
// always leaves there.
import { PassThrough } from 'node:stream';
import type { ContentStore } from '../storage/content-store.ts';
import { CHUNK_BYTES, type UploadKey } from './container.ts';
import { containerOf, type Source } from './container-of.ts';
import { PART_CHUNKS, type Part } from './part-places.ts';

/** Uploads at a time: each has a part in memory, and costs the requests beside it some of the processor. */
const MOST_AT_ONCE = 4;
/** Whoever sends nothing for so long may never come back: the disk gets its room back. */
const IDLE_MS = 60_000;

interface Options extends Source {
  readonly store: ContentStore;
  readonly idleMs?: number;
}

interface Run {
  /** Parts on their way into the store. */
  readonly queue: PassThrough;
  readonly taken: Part[];
  /** Undefined when it came to nothing. */
  readonly cid: Promise<string | undefined>;
  readonly idle: NodeJS.Timeout;
}

export class StoreAhead {
  readonly #options: Options;
  readonly #runs = new Map<string, Run>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** This part counts. One that does not follow the last one is left to the completion. */
  offer(upload: UploadKey, part: Part): void {
    const run = this.#runs.get(upload.id) ?? this.#begin(upload, part);
    const last = run?.taken.at(-1);
    if (!run || part.startByte !== (last ? last.startByte + last.sizeBytes : 0)) return;
    take(run, part);
    run.idle.refresh();
  }

  /** The CID of the whole container, once these parts, all that the upload has, are in the store; undefined: nothing is there. */
  async finish(uploadId: string, parts: readonly Part[]): Promise<string | undefined> {
    const run = this.#runs.get(uploadId);
    if (!run) return undefined;
    if (!run.taken.every(({ key }, place) => key === parts[place]?.key)) {
      await this.forget(uploadId);
      return undefined;
    }
    clearTimeout(run.idle);
    for (const part of parts.slice(run.taken.length)) take(run, part);
    run.queue.end();
    return run.cid;
  }

  /** Settles when nothing of it is left. */
  async forget(uploadId: string): Promise<void> {
    const run = this.#runs.get(uploadId);
    run?.queue.destroy(new Error('given up'));
    await run?.cid;
  }

  async close(): Promise<void> {
    for (const uploadId of this.#runs.keys()) await this.forget(uploadId);
  }

  #begin(upload: UploadKey, part: Part): Run | undefined {
    // A shorter one belongs to a small file, or to a sender of small requests, who is slow anyway.
    const isWorthIt = part.sizeBytes === PART_CHUNKS * CHUNK_BYTES && part.sizeBytes < upload.size;
    if (part.startByte !== 0 || !isWorthIt || this.#runs.size >= MOST_AT_ONCE) return undefined;
    const queue = new PassThrough({ objectMode: true });
    // Whoever reads it gets the failure; before anybody reads, it would end the process.
    queue.on('error', () => undefined);
    const idle = setTimeout(() => queue.destroy(new Error('idle')), this.#options.idleMs ?? IDLE_MS).unref();
    const cid = this.#options.store
      .put(containerOf(this.#options, upload, queue))
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(idle);
        queue.destroy();
        this.#runs.delete(upload.id);
      });
    const run = { queue, taken: [], cid, idle };
    this.#runs.set(upload.id, run);
    return run;
  }
}

function take({ queue, taken }: Run, part: Part): void {
  taken.push(part);
  queue.write(part);
}
