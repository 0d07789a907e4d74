// SPDX-License-Identifier: Apache-2.0
// Copies that are on the disk when they count, with the digest of what was written.
import { createHash, type Hash } from 'node:crypto';
import { chownSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename } from 'node:fs/promises';
import path from 'node:path';

const CHUNK_BYTES = 1024 * 1024;
/** Each file waits for its disk: so many wait together. */
const AT_ONCE = 16;

export interface Digest {
  sizeBytes: number;
  sha256: string;
}

/** Undefined where there is no such file. */
export async function digestOf(file: string): Promise<Digest | undefined> {
  const source = await open(file, 'r').catch(unlessMissing);
  if (!source) return undefined;
  try {
    return await pump(source, () => Promise.resolve());
  } finally {
    await source.close();
  }
}

/** Beside its place, synchronised, then renamed into it. Undefined where the source has gone meanwhile. */
export async function copyDurably(from: string, to: string, mode = 0o600): Promise<Digest | undefined> {
  const source = await open(from, 'r').catch(unlessMissing);
  if (!source) return undefined;
  try {
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
    const digest = await writeDown(source, `${to}.new`, mode);
    await rename(`${to}.new`, to);
    return digest;
  } finally {
    await source.close();
  }
}

async function writeDown(source: FileHandle, file: string, mode: number): Promise<Digest> {
  const target = await open(file, 'w', mode);
  try {
    const digest = await pump(source, (chunk) => writeAll(target, chunk));
    await target.datasync();
    return digest;
  } finally {
    await target.close();
  }
}

/** Answers in the order of the items. */
export async function eachAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const rest = items.entries();
  const takeTurns = async () => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
  return results;
}

/** Files below a folder, by their paths in it with `/`; folders end in `/`. */
export async function listTree(folder: string, isWanted: (name: string) => boolean = () => true): Promise<string[]> {
  const found: string[] = [];
  async function list(prefix: string): Promise<void> {
    const entries = await readdir(path.join(folder, prefix), { withFileTypes: true }).catch(unlessMissing);
    for (const entry of entries ?? []) {
      const name = `${prefix}${entry.name}${entry.isDirectory() ? '/' : ''}`;
      if (!isWanted(name)) continue;
      found.push(name);
      if (entry.isDirectory()) await list(name);
    }
  }
  await list('');
  return found.sort();
}

/** Makes the names in a folder and in all folders below it durable. */
export async function syncTree(folder: string): Promise<void> {
  for (const name of ['', ...(await listTree(folder))]) {
    if (name !== '' && !name.endsWith('/')) continue;
    const handle = await open(path.join(folder, name), 'r');
    await handle.sync().finally(() => handle.close());
  }
}

export async function giveTree(folder: string, owner: { uid: number; gid: number }): Promise<void> {
  for (const name of ['', ...(await listTree(folder))]) chownSync(path.join(folder, name), owner.uid, owner.gid);
}

async function pump(source: FileHandle, write: (chunk: Uint8Array) => Promise<void>): Promise<Digest> {
  const hash: Hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let sizeBytes = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return { sizeBytes, sha256: hash.digest('hex') };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await write(chunk);
    sizeBytes += bytesRead;
  }
}

async function writeAll(target: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length; )
    written += (await target.write(chunk, written, chunk.length - written)).bytesWritten;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
