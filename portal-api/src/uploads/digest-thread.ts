// SPDX-License-Identifier: Apache-2.0
// The thread of digests.ts: one running pair of hashes per upload.
import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

export type DigestRequest =
  | { what: 'update'; uploadId: string; buffer: ArrayBuffer; length: number }
  | { what: 'finish'; uploadId: string }
  | { what: 'forget'; uploadId: string };

export interface DigestAnswer {
  /** The buffer of an update, to be used again. */
  buffer?: ArrayBuffer;
  digests?: { sha256: Uint8Array; sm3: Uint8Array };
}

const running = new Map<string, { sha256: Hash; sm3: Hash }>();

parentPort?.on('message', ({ call, request }: { call: number; request: DigestRequest }) => {
  const answer = serve(request);
  parentPort?.postMessage({ call, answer }, answer.buffer ? [answer.buffer] : []);
});

function serve(request: DigestRequest): DigestAnswer {
  if (request.what === 'update') {
    const { sha256, sm3 } = hashesOf(request.uploadId);
    const bytes = new Uint8Array(request.buffer, 0, request.length);
    sha256.update(bytes);
    sm3.update(bytes);
    bytes.fill(0);
    return { buffer: request.buffer };
  }
  const hashes = running.get(request.uploadId);
  running.delete(request.uploadId);
  if (request.what === 'forget' || !hashes) return {};
  return { digests: { sha256: hashes.sha256.digest(), sm3: hashes.sm3.digest() } };
}

function hashesOf(uploadId: string): { sha256: Hash; sm3: Hash } {
  let hashes = running.get(uploadId);
  if (!hashes) {
    hashes = { sha256: createHash('sha256'), sm3: createHash('sm3') };
    running.set(uploadId, hashes);
  }
  return hashes;
}
