// SHA-256 and SM3 of a file of any size, in one pass.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { FileDigest } from '../src/index.ts';
import { withFile } from './with-file.ts';

const CHUNK_SIZE = 2 ** 20;

/** Digests a file. Throws InputError if it cannot be read. */
export async function digestFile(path: string): Promise<FileDigest> {
  const hashes = { sha256: createHash('sha256'), sm3: createHash('sm3') };
  let size = 0;
  await withFile(path, async (file) => {
    for await (const chunk of file.createReadStream({ highWaterMark: CHUNK_SIZE, autoClose: false })) {
      size += chunk.length;
      hashes.sha256.update(chunk);
      hashes.sm3.update(chunk);
    }
  });
  return { name: basename(path), size, sha256: hashes.sha256.digest('hex'), sm3: hashes.sm3.digest('hex') };
}
