// SPDX-License-Identifier: Apache-2.0
// What the threads of durable-blockstore.ts run: the digest of a leaf, its file, and the wait for the disk.
import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { NextToLast } from 'blockstore-fs/sharding';
import { CID } from 'multiformats/cid';
import { code } from 'multiformats/codecs/raw';
import { create } from 'multiformats/hashes/digest';
import { sha256 } from 'multiformats/hashes/sha2';
import { move, transferableSymbol, valueSymbol } from 'piscina';

export interface LeafRequest {
  readonly folder: string;
  readonly leaf: Uint8Array<ArrayBuffer>;
}

export interface LeafAnswer {
  /** Of its multihash. */
  readonly digest: Uint8Array;
  readonly leaf: Uint8Array<ArrayBuffer>;
  /** Errors lose their codes on the way between threads. */
  readonly failure?: { readonly message: string; readonly code: string | undefined };
}

const layout = new NextToLast();

/** Answers a `LeafAnswer` whose memory moves to the thread that asked. */
export function putLeaf({ folder, leaf }: LeafRequest): unknown {
  const digest = createHash('sha256').update(leaf).digest();
  const { dir, file } = layout.encode(CID.createV1(code, create(sha256.code, digest)));
  let failure: LeafAnswer['failure'];
  try {
    mkdirSync(join(folder, dir), { recursive: true, mode: 0o700 });
    writeDurably(join(folder, dir, file), leaf);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException; // what node:fs throws
    failure = { message, code };
  }
  const answer: LeafAnswer = { digest, leaf, ...(failure && { failure }) };
  return move({ [transferableSymbol]: [leaf.buffer], [valueSymbol]: answer });
}

function writeDurably(file: string, block: Uint8Array): void {
  const handle = openSync(file, 'w', 0o600);
  try {
    for (let at = 0; at < block.length; ) at += writeSync(handle, block, at);
    fdatasyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
