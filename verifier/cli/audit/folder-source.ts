// Files and folders as an audit reads them: every regular file, in an order that stays; links are not followed.
import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ItemSource, ItemUnreadable } from '../../src/audit/index.ts';
import type { ByteSource } from '../../src/containers/index.ts';
import { InputError } from '../input-error.ts';
import { readRange } from '../read-range.ts';
import { withFile } from '../with-file.ts';

/** The files under these paths. A name is its path as given, and what is below. */
export function folderSource(paths: readonly string[]): ItemSource {
  return {
    async *names() {
      for (const path of paths) yield* filesUnder(path);
    },
    sizeOf: async (name) => (await lstat(name).catch(asUnreadable)).size,
    read: (name, use) => readFile(name, use),
  };
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** What is thrown while the file is judged passes through: only the file itself can be unreadable. */
async function readFile<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const outcome = await withFile(path, async (file): Promise<Outcome<T>> => {
    const { size } = await file.stat();
    // Whoever asks for the most that a proof may have gets no buffer of that size for a smaller file.
    const read = (offset: number, length: number) =>
      readRange(file, offset, Math.max(0, Math.min(length, size - offset))).catch(asUnreadable);
    return use({ size, read }).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
  }).catch(asUnreadable);
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

function asUnreadable(error: unknown): never {
  const system = error instanceof InputError ? error.cause : error;
  const reason = system instanceof Error && 'code' in system ? String(system.code) : 'not-a-file';
  throw new ItemUnreadable(reason, { cause: error });
}

async function* filesUnder(path: string): AsyncGenerator<string> {
  const found = await lstat(path).catch((error: unknown) => {
    throw new InputError('cannot-read', path, { cause: error });
  });
  if (found.isFile()) yield path;
  else if (found.isDirectory()) yield* filesIn(path);
  else throw new InputError('not-a-file', path);
}

async function* filesIn(folder: string): AsyncGenerator<string> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile()) yield path;
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    throw new InputError('cannot-read', folder, { cause: error });
  }
}
