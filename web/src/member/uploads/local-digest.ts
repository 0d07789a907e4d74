// SPDX-License-Identifier: Apache-2.0
// SHA-256 of a file on this device, in a worker: it is compared with what the portal stored.
import type { DigestNews } from '../../lookup/digest.worker.ts';

export function localDigest(file: File): Promise<string> {
  const worker = new Worker(new URL('../../lookup/digest.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<string>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message || 'no worker'));
    worker.onmessage = ({ data }: MessageEvent<DigestNews>) => {
      if ('digest' in data) resolve(data.digest);
      else if ('error' in data) reject(new Error(data.error));
    };
    worker.postMessage({ algorithm: 'sha256', file });
  }).finally(() => worker.terminate());
}
