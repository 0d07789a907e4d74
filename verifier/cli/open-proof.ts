// From a path to the bytes of a bundle or absence proof: the file itself, or what a package or a certificate carries.
import { type OpenedProof, openProof as openSource } from '../src/containers/index.ts';
import { MAX_FILE_SIZE } from '../src/index.ts';
import { readRange } from './read-range.ts';
import { withFile } from './with-file.ts';

/** Opens a proof. Throws InputError. */
export async function openProof(path: string): Promise<OpenedProof> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    return openSource({ size, read: (offset, length) => readRange(file, offset, length) });
  });
}

/** The first mebibyte and a byte of a file: enough to refuse a longer one. Throws InputError. */
export async function readBounded(path: string): Promise<Uint8Array> {
  return withFile(path, (file) => readRange(file, 0, MAX_FILE_SIZE + 1));
}
