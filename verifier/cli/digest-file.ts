// SHA-256 and SM3 of a file of any size, in one pass.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { FileDigest } from '../src/index.ts';
import { InputError } from './arguments.ts';

const CHUNK_SIZE = 2 ** 20;

/** Digests a file. Throws InputError if it cannot be read. */
export async function digestFile(path: string): Promise<FileDigest> {
  const hashes = { sha256: createHash('sha256'), sm3: createHash('sm3') };
  let size = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_SIZE })) {
      size += chunk.length;
      hashes.sha256.update(chunk);
      hashes.sm3.update(chunk);
    }
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${error instanceof Error ? error.message : 'unknown'}`, {
      cause: error,
    });
  }
  return { name: basename(path), size, sha256: hashes.sha256.digest('hex'), sm3: hashes.sm3.digest('hex') };
}
