// SPDX-License-Identifier: Apache-2.0
// SHA-256 and SM3 of what arrives, computed while it arrives, in its own thread: SM3 is the slowest step of an
// upload and would otherwise hold up every request. The state is in memory only. After a restart, or when chunks did not
// come here one after the other but to other portals, `finish` knows nothing, and completion feeds the stored chunks again.
import { Worker } from 'node:worker_threads';
import { DomainError } from '../errors.ts';
import { CHUNK_BYTES } from './container.ts';
import type { DigestAnswer, DigestRequest } from './digest-thread.ts';

/** Buffers on their way to the thread; more would only wait there, in memory. */
const MAX_IN_FLIGHT = 8;

export interface FileDigests {
  sha256: Buffer;
  sm3: Buffer;
}

export class Digests {
  /** Bytes fed so far, by upload. */
  readonly #fed = new Map<string, number>();
  /** The generation of the lock under which the last of them were stored. */
  readonly #writers = new Map<string, bigint>();
  readonly #pending = new Map<number, PromiseWithResolvers<DigestAnswer>>();
  readonly #buffers: ArrayBuffer[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  #worker: Worker | undefined;
  #lastCall = 0;

  /** Adds at most a chunk's bytes at `offset`; offset 0 starts again. Bytes that do not follow what was fed end the upload's state. */
  async feed(uploadId: string, offset: number, bytes: Uint8Array): Promise<void> {
    if (offset === 0) this.forget(uploadId);
    if ((this.#fed.get(uploadId) ?? 0) !== offset) return this.forget(uploadId);
    this.#fed.set(uploadId, offset + bytes.length);
    while (this.#inFlight.size >= MAX_IN_FLIGHT) await Promise.race(this.#inFlight);
    const update = this.#update(uploadId, bytes).finally(() => this.#inFlight.delete(update));
    this.#inFlight.add(update);
  }

  /** Goes on only if nobody else wrote since: what was fed here may not be what the upload holds. */
  continueAfter(uploadId: string, writtenGeneration: bigint): void {
    if ((this.#writers.get(uploadId) ?? writtenGeneration) !== writtenGeneration) this.forget(uploadId);
  }

  /** What was fed has been stored. */
  stored(uploadId: string, generation: bigint): void {
    if (this.#fed.has(uploadId)) this.#writers.set(uploadId, generation);
  }

  /** The digests of the whole file, when exactly its `size` bytes were fed in order; else undefined. Ends the state. */
  async finish(uploadId: string, size: number): Promise<FileDigests | undefined> {
    if (this.#fed.get(uploadId) !== size) return undefined;
    this.#fed.delete(uploadId);
    this.#writers.delete(uploadId);
    const { digests } = await this.#call({ what: 'finish', uploadId });
    return digests && { sha256: Buffer.from(digests.sha256), sm3: Buffer.from(digests.sm3) };
  }

  forget(uploadId: string): void {
    this.#writers.delete(uploadId);
    if (this.#fed.delete(uploadId)) this.#call({ what: 'forget', uploadId }).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  /** A lost update leaves no state behind, so `finish` cannot answer for it. */
  async #update(uploadId: string, bytes: Uint8Array): Promise<void> {
    const buffer = this.#buffers.pop() ?? new ArrayBuffer(CHUNK_BYTES);
    new Uint8Array(buffer).set(bytes);
    const request = { what: 'update', uploadId, buffer, length: bytes.length } as const;
    const answer = await this.#call(request, [buffer]).catch(() => undefined);
    if (answer?.buffer && this.#buffers.length < MAX_IN_FLIGHT) this.#buffers.push(answer.buffer);
  }

  #call(request: DigestRequest, transfer: ArrayBuffer[] = []): Promise<DigestAnswer> {
    this.#worker ??= this.#start();
    const answer = Promise.withResolvers<DigestAnswer>();
    this.#lastCall += 1;
    this.#pending.set(this.#lastCall, answer);
    this.#worker.postMessage({ call: this.#lastCall, request }, transfer);
    return answer.promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./digest-thread.ts', import.meta.url));
    worker.unref();
    worker.on('message', ({ call, answer }: { call: number; answer: DigestAnswer }) => {
      this.#pending.get(call)?.resolve(answer);
      this.#pending.delete(call);
    });
    // An error is always followed by the exit.
    worker.on('error', () => undefined);
    worker.on('exit', () => this.#lose());
    return worker;
  }

  /** The thread's states went with it; the next call starts another. */
  #lose(): void {
    this.#worker = undefined;
    this.#fed.clear();
    this.#writers.clear();
    for (const answer of this.#pending.values())
      answer.reject(new DomainError('internal', { reason: 'digest-thread-ended' }));
    this.#pending.clear();
  }
}
