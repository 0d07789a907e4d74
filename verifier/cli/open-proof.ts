// From a path to the bytes of a bundle or absence proof: the file itself, or what a package or a certificate carries.
import { type FileHandle, open } from 'node:fs/promises';
import { MAX_FILE_SIZE } from '../src/index.ts';
import { InputError } from './arguments.ts';
import { proofInPdf } from './pdf.ts';
import { readRange } from './read-range.ts';
import { proofInZip } from './zip.ts';

/** Bytes of the longest certificate that is searched for a proof. */
const MAX_PDF_SIZE = 64 * 2 ** 20;
const ZIP_SIGNATURE = 'PK\x03\x04';
const PDF_SIGNATURE = '%PDF-';

export interface OpenedProof {
  readonly bytes: Uint8Array;
  readonly container: 'none' | 'package' | 'certificate';
}

/** Opens a proof. Throws InputError. */
export async function openProof(path: string): Promise<OpenedProof> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    const start = (await readRange(file, 0, 5)).toString('latin1');
    if (start.startsWith(ZIP_SIGNATURE)) return { bytes: await proofInZip(file, size), container: 'package' };
    if (!start.startsWith(PDF_SIGNATURE)) {
      return { bytes: await readRange(file, 0, MAX_FILE_SIZE + 1), container: 'none' };
    }
    if (size > MAX_PDF_SIZE) throw new InputError(`a certificate of ${size} bytes is too large to be searched`);
    return { bytes: proofInPdf(await readRange(file, 0, size)), container: 'certificate' };
  });
}

/** The first mebibyte and a byte of a file: enough to refuse a longer one. Throws InputError. */
export async function readBounded(path: string): Promise<Uint8Array> {
  return withFile(path, (file) => readRange(file, 0, MAX_FILE_SIZE + 1));
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return await use(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot read ${path}: ${error instanceof Error ? error.message : 'unknown'}`, {
      cause: error,
    });
  } finally {
    await file?.close();
  }
}
