// SPDX-License-Identifier: Apache-2.0
// One digest of one file, slice by slice: memory stays flat whatever the size.
import { createSHA256, createSM3 } from 'hash-wasm';

export interface DigestTask {
  readonly algorithm: 'sha256' | 'sm3';
  readonly file: Blob;
}

export type DigestNews = { readonly done: number } | { readonly digest: string } | { readonly error: string };

const SLICE_SIZE = 4 * 2 ** 20;

// The worker's own global, which the page's types know as a window.
const scope = self as unknown as { onmessage: unknown; postMessage(news: DigestNews): void };

scope.onmessage = ({ data }: MessageEvent<DigestTask>) => {
  digest(data).catch((error: unknown) => scope.postMessage({ error: String(error) }));
};

async function digest({ algorithm, file }: DigestTask): Promise<void> {
  const hasher = await (algorithm === 'sha256' ? createSHA256() : createSM3());
  hasher.init();
  // The next slice is read while this one is digested.
  let next = read(file, 0);
  for (let at = 0; at < file.size; at += SLICE_SIZE) {
    const bytes = await next;
    next = read(file, at + SLICE_SIZE);
    hasher.update(bytes);
    scope.postMessage({ done: Math.min(at + SLICE_SIZE, file.size) });
  }
  await next;
  scope.postMessage({ digest: hasher.digest('hex') });
}

async function read(file: Blob, at: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(at, at + SLICE_SIZE).arrayBuffer());
}
